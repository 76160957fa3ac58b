//! The API as a service.

use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Response};
use talon_core::IntegrationApi;
use talon_core::dispatch::Route;

use crate::{Answer, Authenticator, Open, Service};

/// Serves the API: routes, authenticates, calls, replies.
///
/// Unknown paths are refused with 404 and unknown methods with 405 before anyone is authenticated;
/// `OPTIONS` names the methods of a path.
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
        match Route::find(request.method(), request.uri().path()) {
            Ok(route) => self.call(route, &request).await.into(),
            Err(no_route) => {
                let reply = no_route.to_http(request.method());
                // Neither method nor path is one we know, so they may hold anything.
                tracing::debug!(status = reply.status().as_u16(), "no operation takes the request");
                reply.into()
            }
        }
    }
}

impl<A: Authenticator> ApiService<A> {
    async fn call(&self, route: Route, request: &Request<Bytes>) -> Response<Bytes> {
        let operation = route.info();
        let reply = match self.authenticator.authenticate(operation, request) {
            Ok(api) => route.handle(&api, request).await,
            Err(refusal) => refusal.to_http(),
        };
        tracing::debug!(
            operation = operation.id,
            method = %operation.method,
            route = operation.path,
            status = reply.status().as_u16(),
            "answered"
        );
        reply
    }
}
