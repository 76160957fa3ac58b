//! Errors of reqwest as errors of a transport, for transports around a client of your own.
//!
//! A wrapper of `reqwest::Client`, such as reqwest-middleware, becomes a transport with
//! [`request_error`] and [`read_response`]:
//!
//! ```
//! use talon_client::{Transport, TransportError};
//! use talon_core::bytes::Bytes;
//! use talon_core::http::{Request, Response};
//! use talon_reqwest::error::{read_response, request_error};
//!
//! #[derive(Debug)]
//! struct Wrapped(reqwest::Client);
//!
//! #[talon_core::async_trait]
//! impl Transport for Wrapped {
//!     async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
//!         let request = request.try_into().map_err(request_error)?;
//!         let response = self.0.execute(request).await.map_err(request_error)?;
//!         read_response(response).await
//!     }
//! }
//! ```

use std::error::Error;

use bytes::Bytes;
use http::Response;
use talon_client::transport::{hyper_error, read_body};
use talon_client::{TransportError, TransportErrorKind};

/// Classifies an error that reqwest returns instead of a response, and removes the URL from it.
pub fn request_error(error: reqwest::Error) -> TransportError {
    classify(error, hyper_error::classify_request_error)
}

/// Classifies an error of the body of a response, and removes the URL from it.
///
/// Never [`Unprocessed`](TransportErrorKind::Unprocessed): a server that has started to reply has
/// processed the request.
pub fn body_error(error: reqwest::Error) -> TransportError {
    classify(error, hyper_error::classify_body_error)
}

/// Reads the body of a response, up to
/// [`MAX_REPLY_BYTES`](talon_client::transport::MAX_REPLY_BYTES).
///
/// # Errors
/// [`Decode`](TransportErrorKind::Decode) when the body is longer; otherwise [`body_error`].
pub async fn read_response(response: reqwest::Response) -> Result<Response<Bytes>, TransportError> {
    let (head, body) = Response::<reqwest::Body>::from(response).into_parts();
    Ok(Response::from_parts(head, read_body(body, body_error).await?))
}

fn classify(
    error: reqwest::Error,
    kind: fn(&(dyn Error + 'static)) -> Option<TransportErrorKind>,
) -> TransportError {
    let error = error.without_url();
    // A connect timeout is both a connect error and a timeout: nothing was sent.
    let kind = if error.is_connect() {
        TransportErrorKind::Connect
    } else if error.is_builder() {
        TransportErrorKind::Other
    } else if let Some(kind) = kind(&error) {
        kind
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else {
        TransportErrorKind::Interrupted
    };
    TransportError::new(kind, error)
}
