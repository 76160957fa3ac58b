//! The seam between calling and sending.

use std::fmt::Debug;
use std::ops::Deref;
use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Response};

mod body;
mod connection;
mod cost;
mod error;
#[cfg(feature = "hyper")]
pub mod hyper_error;

pub(crate) use body::ReplyTooLarge;
pub use body::{MAX_REPLY_BYTES, read_body};
pub use connection::{HTTP2_PING_INTERVAL, HTTP2_PING_TIMEOUT, POOL_IDLE_TIMEOUT};
pub use cost::MAX_REPLY_COST;
pub(crate) use cost::check_cost;
pub use error::{TransportError, TransportErrorKind};

/// Sends one HTTP request and returns its reply.
///
/// Nothing of the API is known here: no keys, no retries, no meaning of statuses.
///
/// ```
/// use talon_client::{Transport, TransportError};
/// use bytes::Bytes;
/// use http::{Request, Response};
///
/// /// Answers every request with an empty 200.
/// #[derive(Debug)]
/// struct Agreeable;
///
/// #[talon_core::async_trait]
/// impl Transport for Agreeable {
///     async fn send(&self, _: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
///         Ok(Response::new(Bytes::new()))
///     }
/// }
/// ```
///
/// # Contract
/// - The URI is absolute; its path and query are sent byte for byte.
/// - A reply of any status is `Ok`: 404 and 503 are replies. Redirects are replies too and are
///   never followed, for the request carries a key.
/// - One call sends the request at most once, as far as the service can tell. Only what is known
///   not to have been sent may be sent again; what the service refused unprocessed is an error,
///   [`Unprocessed`](TransportErrorKind::Unprocessed), which the client pays for when it retries.
/// - The whole body is read before the reply is returned, up to [`MAX_REPLY_BYTES`].
/// - A compressed body is returned as it is: the client offers `gzip` and unpacks it. A transport
///   that unpacks bodies itself removes `Content-Encoding`.
/// - Errors say nothing of the request: no URI, header or body in `Display` or in their sources.
/// - Dropping the future abandons the request. The client does so when its deadline passes.
/// - `send` may be called concurrently.
#[async_trait]
pub trait Transport: Debug + Send + Sync + 'static {
    /// Sends `request`.
    ///
    /// # Errors
    /// [`TransportError`], whose kind says whether the request may have reached the service.
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError>;
}

#[async_trait]
impl<T: Transport + ?Sized> Transport for Arc<T> {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        self.deref().send(request).await
    }
}

#[async_trait]
impl<T: Transport + ?Sized> Transport for Box<T> {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        self.deref().send(request).await
    }
}
