//! Handling a request whose operation is known.

use std::fmt::Debug;
use std::pin::Pin;
use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Response};

use super::{Route, Visitor, error_to_http};
use crate::api::Call;
use crate::{IntegrationApi, Result};

/// Handles requests of the API after routing and authentication.
///
/// Every `Arc<dyn IntegrationApi>` is a handler. Implement it for a type that needs the request
/// itself, such as its headers, or that breaks connections.
///
/// ```
/// use std::sync::Arc;
/// use bytes::Bytes;
/// use http::Request;
/// use talon_core::dispatch::{Answer, Handler, Route};
/// use talon_core::{IntegrationApi, async_trait};
///
/// /// Adds the header `x-request-id` of each request to its response.
/// #[derive(Debug)]
/// struct WithRequestId(Arc<dyn IntegrationApi>);
///
/// #[async_trait]
/// impl Handler for WithRequestId {
///     async fn handle(&self, route: Route, request: &Request<Bytes>) -> Answer {
///         let mut reply = route.handle(&*self.0, request).await;
///         if let Some(id) = request.headers().get("x-request-id") {
///             reply.headers_mut().insert("x-request-id", id.clone());
///         }
///         reply.into()
///     }
/// }
/// ```
#[async_trait]
pub trait Handler: Debug + Send + Sync + 'static {
    /// Answers a request of the operation of `route`.
    async fn handle(&self, route: Route, request: &Request<Bytes>) -> Answer;
}

/// Answer to a request over HTTP: a reply, or a connection that breaks.
///
/// ```
/// use http::Response;
/// use talon_core::dispatch::Answer;
///
/// let answer: Answer = Response::new("[]".into()).into();
/// assert!(matches!(answer, Answer::Reply(_)));
/// ```
#[derive(Debug)]
pub enum Answer {
    /// The whole reply.
    ///
    /// The server frames it: it sets `Content-Length`, and sends no body to `HEAD`. A status below
    /// 200 is not the end of a reply; the server sends a 500 in its place.
    Reply(Response<Bytes>),
    /// The head and the first half of the body; then the connection is closed.
    ///
    /// A reply without a body is treated as [`HangUp`](Self::HangUp).
    CutOff(Response<Bytes>),
    /// No reply: the connection is closed.
    HangUp,
}

impl From<Response<Bytes>> for Answer {
    fn from(reply: Response<Bytes>) -> Self {
        Self::Reply(reply)
    }
}

#[async_trait]
impl Handler for Arc<dyn IntegrationApi> {
    async fn handle(&self, route: Route, request: &Request<Bytes>) -> Answer {
        route.handle(&**self, request).await.into()
    }
}

#[async_trait]
impl<H: Handler + ?Sized> Handler for Arc<H> {
    async fn handle(&self, route: Route, request: &Request<Bytes>) -> Answer {
        (**self).handle(route, request).await
    }
}

impl Route {
    /// Decodes the request, calls `api` and encodes the reply. Every error is a reply as well.
    pub fn handle<'a>(
        &self,
        api: &'a dyn IntegrationApi,
        request: &'a Request<Bytes>,
    ) -> ResponseFuture<'a> {
        self.visit(request, Encode(api))
    }
}

type ResponseFuture<'a> = Pin<Box<dyn Future<Output = Response<Bytes>> + Send + 'a>>;

/// Calls an implementation of the API and encodes the result.
struct Encode<'a>(&'a dyn IntegrationApi);

impl<'a> Visitor for Encode<'a> {
    type Output = ResponseFuture<'a>;

    fn visit<O: Call>(self, request: Result<O>) -> ResponseFuture<'a> {
        Box::pin(async move {
            let reply = match request {
                Ok(request) => request.call(self.0).await,
                Err(error) => Err(error),
            };
            reply.and_then(|reply| O::reply_to_http(&reply)).unwrap_or_else(error_to_http)
        })
    }
}
