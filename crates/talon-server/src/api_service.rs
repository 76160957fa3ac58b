//! The API as a service.

use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use http::request::Parts;
use http::{Method, Request, Response, Uri};
use talon_core::dispatch::Route;
use talon_core::{IntegrationApi, OperationInfo};

use crate::{Answer, Authenticator, Open, Service};

/// Serves the API: routes, authenticates, calls, replies.
///
/// Unknown paths are refused with 404 and unknown methods with 405 before anyone is authenticated;
/// `OPTIONS` names the methods of a path. All of that, and an unknown key, is found out before the
/// body of a request is read.
///
/// ```
/// # #[derive(Debug)] struct Fake;
/// # impl talon_core::IntegrationApi for Fake {}
/// # let api = std::sync::Arc::new(Fake);
/// use talon_server::{ApiService, OneApplication};
///
/// let service = ApiService::new(OneApplication::new("fefecafe", api));
/// # let _ = service;
/// ```
#[derive(Debug)]
pub struct ApiService<A> {
    authenticator: A,
}

impl<A: Authenticator> ApiService<A> {
    /// Serves whatever `authenticator` grants a request.
    pub fn new(authenticator: A) -> Self {
        Self { authenticator }
    }
}

impl ApiService<Open> {
    /// Serves `api` to everyone, whatever credentials they send.
    pub fn open(api: Arc<dyn IntegrationApi>) -> Self {
        Self::new(Open(api))
    }
}

#[async_trait]
impl<A: Authenticator> Service for ApiService<A> {
    async fn handle(&self, request: Request<Bytes>) -> Answer {
        let route = match find(request.method(), request.uri()) {
            Ok(route) => route,
            Err(reply) => return (*reply).into(),
        };
        let reply = match self.authenticator.authenticate(route.info(), &request) {
            Ok(api) => route.handle(&api, &request).await,
            Err(refusal) => refusal.to_http(),
        };
        log(route.info(), &reply);
        reply.into()
    }

    fn refuse_early(&self, head: &Parts) -> Option<Answer> {
        let route = match find(&head.method, &head.uri) {
            Ok(route) => route,
            Err(reply) => return Some((*reply).into()),
        };
        let reply = self.authenticator.refuse_early(route.info(), head)?.to_http();
        log(route.info(), &reply);
        Some(reply.into())
    }
}

/// The operation that a request asks for, or the reply that there is none.
fn find(method: &Method, uri: &Uri) -> Result<Route, Box<Response<Bytes>>> {
    Route::find(method, uri.path()).map_err(|no_route| {
        let reply = no_route.to_http(method);
        // Neither method nor path is one we know, so they may hold anything.
        tracing::debug!(status = reply.status().as_u16(), "no operation takes the request");
        reply.into()
    })
}

fn log(operation: &OperationInfo, reply: &Response<Bytes>) {
    tracing::debug!(
        operation = operation.id,
        method = %operation.method,
        route = operation.path,
        status = reply.status().as_u16(),
        "answered"
    );
}
