//! The seam between a server and what it serves.

use std::fmt::Debug;
use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use http::request::Parts;
use http::{Method, Request, Response, StatusCode, Uri};
use talon_core::ApiError;

use crate::Answer;

/// A request that the server itself refused; for [`Service::on_refusal`].
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct RefusedRequest<'a> {
    /// Method; `None` of what is not valid HTTP.
    pub method: Option<&'a Method>,
    /// Path and query; `None` of what is not valid HTTP. A path that is too long is cut.
    pub uri: Option<&'a Uri>,
    /// Status of the refusal; `None` when the connection was closed without one.
    pub status: Option<StatusCode>,
}

/// Answers requests over HTTP.
///
/// [`ApiService`](crate::ApiService) serves the API. Wrap it in a service of your own to add other
/// paths:
///
/// ```
/// use bytes::Bytes;
/// use http::{Request, Response};
/// use talon_server::{Answer, Service, async_trait};
///
/// #[derive(Debug)]
/// struct WithHealth<S>(S);
///
/// #[async_trait]
/// impl<S: Service> Service for WithHealth<S> {
///     async fn handle(&self, request: Request<Bytes>) -> Answer {
///         match request.uri().path() {
///             "/health" => Response::new("ok".into()).into(),
///             _ => self.0.handle(request).await,
///         }
///     }
/// }
/// ```
///
/// # Contract
/// - Calls run concurrently. A call that waits for something runs in its own task.
/// - A call runs to its end although the client closed the connection, as at a real service. Only
///   the end of the server's grace period drops it.
/// - A panic is answered with 500 and does not affect other calls.
/// - The URI is the one that was sent: its path is not decoded, and it may have a host.
/// - Reply to `HEAD` as to `GET`; the server leaves the body out.
#[async_trait]
pub trait Service: Debug + Send + Sync + 'static {
    /// Answers a request.
    async fn handle(&self, request: Request<Bytes>) -> Answer;

    /// Refuses a request by its head alone, before its body is read, so that the bodies of refused
    /// requests take no memory. After `None`, the default, [`handle`](Self::handle) is called, which
    /// checks again.
    ///
    /// Called only for requests with a body.
    fn refuse_early(&self, head: &Parts) -> Option<Answer> {
        let _ = head;
        None
    }

    /// The reply to a request that the server itself refuses, such as one whose body is too long.
    /// Override it to add headers.
    fn refuse(&self, uri: &Uri, refusal: ApiError) -> Response<Bytes> {
        let _ = uri;
        refusal.to_http()
    }

    /// Told of each request that the server itself refused, and that it calls no other method for
    /// afterwards: its head or body is too long, too slow or not valid HTTP, the server has no memory
    /// left, or the service panicked. Does nothing by default.
    fn on_refusal(&self, request: &RefusedRequest<'_>) {
        let _ = request;
    }
}

#[async_trait]
impl<S: Service + ?Sized> Service for Arc<S> {
    async fn handle(&self, request: Request<Bytes>) -> Answer {
        (**self).handle(request).await
    }

    fn refuse_early(&self, head: &Parts) -> Option<Answer> {
        (**self).refuse_early(head)
    }

    fn refuse(&self, uri: &Uri, refusal: ApiError) -> Response<Bytes> {
        (**self).refuse(uri, refusal)
    }

    fn on_refusal(&self, request: &RefusedRequest<'_>) {
        (**self).on_refusal(request);
    }
}
