//! The API as a service.

use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use http::request::Parts;
use http::{Request, Response};
use talon_core::dispatch::{Handler as _, NoRoute, Route};
use talon_core::{IntegrationApi, OperationInfo};

use crate::{Answer, Authenticator, Fallback, NotFound, OpenAccess, Service};

/// Serves the API: routes a request, authenticates it, and has its handler answer it.
///
/// Routing and authentication come first: a request to an unknown path, or with an unknown key, is
/// refused before its body is read. Every request leaves one event of `tracing` at level `DEBUG`,
/// with its operation, method, path template and status, and without ids, bodies and keys.
///
/// ```
/// # #[derive(Debug)] struct Fake;
/// # impl talon_core::IntegrationApi for Fake {}
/// # let api = std::sync::Arc::new(Fake);
/// use talon_server::{ApiService, SingleApplication};
///
/// let service = ApiService::new(SingleApplication::new("fefecafe", api));
/// # let _ = service;
/// ```
#[derive(Clone, Debug)]
pub struct ApiService<A, F = NotFound> {
    authenticator: A,
    fallback: F,
}

impl<A: Authenticator> ApiService<A> {
    /// Serves requests by the handlers that `authenticator` finds.
    pub fn new(authenticator: A) -> Self {
        Self { authenticator, fallback: NotFound }
    }
}

impl ApiService<OpenAccess> {
    /// Serves `api` to all callers, whatever their credentials.
    pub fn open(api: Arc<dyn IntegrationApi>) -> Self {
        Self::new(OpenAccess(api))
    }
}

impl<A: Authenticator, F: Fallback> ApiService<A, F> {
    /// Answers requests that match no operation by `fallback`; by default [`NotFound`].
    #[must_use]
    pub fn fallback<G: Fallback>(self, fallback: G) -> ApiService<A, G> {
        ApiService { authenticator: self.authenticator, fallback }
    }

    fn answer_unknown(&self, head: &Parts, no_route: &NoRoute) -> Answer {
        let reply = self.fallback.answer(head, no_route);
        // Method and path are unknown, so they may contain anything.
        tracing::debug!(status = reply.status().as_u16(), "no operation takes the request");
        reply.into()
    }
}

#[async_trait]
impl<A: Authenticator, F: Fallback> Service for ApiService<A, F> {
    async fn handle(&self, request: Request<Bytes>) -> Answer {
        let route = match Route::find(request.method(), request.uri().path()) {
            Ok(route) => route,
            Err(no_route) => return self.answer_unknown(&request.into_parts().0, &no_route),
        };
        let answer = match self.authenticator.authenticate(route.info(), &request) {
            Ok(handler) => handler.handle(route, &request).await,
            Err(refusal) => refusal.to_http().into(),
        };
        log(route.info(), &answer);
        answer
    }

    fn refuse_early(&self, head: &Parts) -> Option<Answer> {
        let route = match Route::find(&head.method, head.uri.path()) {
            Ok(route) => route,
            Err(no_route) => return Some(self.answer_unknown(head, &no_route)),
        };
        let refusal = self.authenticator.refuse_early(route.info(), head)?;
        let answer = refusal.to_http().into();
        log(route.info(), &answer);
        Some(answer)
    }
}

fn log(operation: &OperationInfo, answer: &Answer) {
    let status = |reply: &Response<Bytes>| Some(reply.status().as_u16());
    let (status, message) = match answer {
        Answer::Reply(reply) => (status(reply), "answered"),
        Answer::CutOff(reply) => (status(reply), "cut off the reply"),
        Answer::HangUp => (None, "closed the connection without a reply"),
    };
    tracing::debug!(
        message,
        operation = operation.id,
        method = %operation.method,
        route = operation.path,
        status,
    );
}
