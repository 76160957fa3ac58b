//! What a server serves.

use std::fmt::Debug;
use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use http::request::Parts;
use http::{Request, Response, Uri};
use talon_core::ApiError;

use crate::Answer;

/// One complete request in, one answer out.
///
/// [`ApiService`](crate::ApiService) is the one that serves the API. Put another in front to add
/// paths of your own:
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
/// - Calls run concurrently, those that wait for something each in a task of its own.
/// - A call runs to its end although the client went away, as at a real service; only the end of
///   the server's grace period drops it.
/// - A panic is answered with 500 and harms no other call.
/// - The URI is as it was sent: the path is not decoded, and there may be a host in it.
/// - For `HEAD` reply as for `GET`; the server leaves the body out.
#[async_trait]
pub trait Service: Debug + Send + Sync + 'static {
    /// Answers a request.
    async fn handle(&self, request: Request<Bytes>) -> Answer;

    /// Refuses a request by its head alone, before its body is read: nobody's bytes are buffered
    /// who may not call. `None`, the default, goes on to [`handle`](Self::handle), which checks
    /// again.
    ///
    /// Asked only when there is a body.
    fn refuse_early(&self, head: &Parts) -> Option<Answer> {
        let _ = head;
        None
    }

    /// The reply to a request that the server itself refuses, such as one whose body is too long.
    /// As it is, by default; override it to add headers.
    fn refuse(&self, uri: &Uri, refusal: ApiError) -> Response<Bytes> {
        let _ = uri;
        refusal.to_http()
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
}
