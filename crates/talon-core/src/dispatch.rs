//! From a request over HTTP to an implementation of the API, and back.

use bytes::Bytes;
use http::{Request, Response, StatusCode};

use crate::{ApiError, Error, ErrorKind, IntegrationApi};

mod handler;
mod route;

pub use handler::{Answer, Handler};
#[doc(hidden)]
pub use route::RouteOperation;
pub use route::{NoRoute, Route, Visitor};

/// Routes a request to `api` and returns the reply. Every error is a reply as well.
///
/// A server without authentication and sockets, in one function.
///
/// ```
/// use http::{Request, StatusCode};
/// use talon_core::{IntegrationApi, dispatch};
///
/// /// Implements no operation.
/// #[derive(Debug)]
/// struct Nothing;
///
/// impl IntegrationApi for Nothing {}
///
/// # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
/// let known = Request::put("/v2/customer_profiles/anna").body("{}".into())?;
/// let unknown = Request::get("/v2/customer_carts").body("".into())?;
///
/// let status = dispatch::dispatch(&Nothing, &known).await.status();
/// assert_eq!(status, StatusCode::NOT_IMPLEMENTED);
/// let status = dispatch::dispatch(&Nothing, &unknown).await.status();
/// assert_eq!(status, StatusCode::NOT_FOUND);
/// # Ok::<(), http::Error>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub async fn dispatch(api: &dyn IntegrationApi, request: &Request<Bytes>) -> Response<Bytes> {
    match Route::find(request.method(), request.uri().path()) {
        Ok(route) => route.handle(api, request).await,
        Err(no_route) => no_route.to_http(request.method()),
    }
}

/// Encodes an error as a reply over HTTP.
pub fn error_to_http(error: Error) -> Response<Bytes> {
    let status = match error.kind() {
        ErrorKind::Api | ErrorKind::Encode => StatusCode::BAD_REQUEST,
        ErrorKind::Timeout => StatusCode::GATEWAY_TIMEOUT,
        ErrorKind::Connect
        | ErrorKind::Unprocessed
        | ErrorKind::Interrupted
        | ErrorKind::Decode => StatusCode::BAD_GATEWAY,
        ErrorKind::Unimplemented => StatusCode::NOT_IMPLEMENTED,
        ErrorKind::Config => StatusCode::INTERNAL_SERVER_ERROR,
    };
    match error.into_api() {
        Ok(refusal) => refusal.to_http(),
        Err(error) => ApiError::new(status, error.to_string()).to_http(),
    }
}
