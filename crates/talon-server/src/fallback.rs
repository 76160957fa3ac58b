//! Requests that match no operation.

use std::fmt::Debug;

use bytes::Bytes;
use http::Response;
use http::request::Parts;
use talon_core::dispatch::NoRoute;

/// Answers requests that match no operation; for [`ApiService::fallback`](crate::ApiService::fallback).
///
/// The body of the request may not have been read yet.
///
/// ```
/// use bytes::Bytes;
/// use http::request::Parts;
/// use http::{Response, StatusCode};
/// use talon_core::ApiError;
/// use talon_core::dispatch::NoRoute;
/// use talon_server::{Fallback, NotFound};
///
/// /// Answers a path that is no longer served.
/// #[derive(Debug)]
/// struct Gone;
///
/// impl Fallback for Gone {
///     fn answer(&self, head: &Parts, no_route: &NoRoute) -> Response<Bytes> {
///         match head.uri.path() {
///             "/v1/old" => ApiError::new(StatusCode::GONE, "Gone: call /v2").to_http(),
///             _ => NotFound.answer(head, no_route),
///         }
///     }
/// }
/// ```
pub trait Fallback: Debug + Send + Sync + 'static {
    /// The reply to a request with this head.
    fn answer(&self, head: &Parts, no_route: &NoRoute) -> Response<Bytes>;
}

/// Refuses unknown paths with 404 and unknown methods with 405; `OPTIONS` names the methods of a
/// path. The default of [`ApiService`](crate::ApiService).
#[derive(Clone, Copy, Debug, Default)]
pub struct NotFound;

impl Fallback for NotFound {
    fn answer(&self, head: &Parts, no_route: &NoRoute) -> Response<Bytes> {
        no_route.to_http(&head.method)
    }
}
