//! The interface between the client and an HTTP library.

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
/// A transport knows nothing of the API: authentication, retries and the meaning of statuses are up
/// to the client.
///
/// ```
/// use talon_client::{Transport, TransportError};
/// use bytes::Bytes;
/// use http::{Request, Response};
///
/// /// Replies to every request with an empty 200.
/// #[derive(Debug)]
/// struct AlwaysOk;
///
/// #[talon_core::async_trait]
/// impl Transport for AlwaysOk {
///     async fn send(&self, _: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
///         Ok(Response::new(Bytes::new()))
///     }
/// }
/// ```
///
/// # Contract
/// - The URI is absolute; its path and query are sent byte for byte.
/// - A reply of any status is `Ok`, 404 and 503 included. Redirects are replies too and are never
///   followed, since the request carries a key.
/// - One call sends the request at most once. It may be sent again only when no byte of it was
///   written before. A request that the service refused unprocessed is an error,
///   [`Unprocessed`](TransportErrorKind::Unprocessed), which the client retries within its budget.
/// - The whole body is read before the reply is returned, up to [`MAX_REPLY_BYTES`].
/// - A compressed body is returned unchanged: the client offers `gzip` and decompresses it. A
///   transport that decompresses bodies itself removes `Content-Encoding`.
/// - Errors and their sources contain nothing of the request in `Display`: no URI, header or body.
/// - Dropping the future cancels the request. The client does so when its deadline expires.
/// - `send` may be called concurrently.
#[async_trait]
pub trait Transport: Debug + Send + Sync + 'static {
    /// Sends `request`.
    ///
    /// # Errors
    /// [`TransportError`]; its kind says whether the service may have processed the request.
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
