//! Turns a transport into a tower service.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use talon_client::{Transport, TransportError};
use tower_service::Service;

/// A tower service over a [`Transport`], to be wrapped in layers. Always ready; clones share the
/// transport.
///
/// See the [crate](crate) for an example. Bodies are complete in both directions, never streamed.
#[derive(Debug)]
pub struct TransportService<T> {
    transport: Arc<T>,
}

impl<T: Transport> TransportService<T> {
    /// Creates a service that sends requests over `transport`.
    pub fn new(transport: T) -> Self {
        Self { transport: Arc::new(transport) }
    }
}

impl<T> Clone for TransportService<T> {
    fn clone(&self) -> Self {
        Self { transport: Arc::clone(&self.transport) }
    }
}

impl<T: Transport> Service<Request<Full<Bytes>>> for TransportService<T> {
    type Response = Response<Full<Bytes>>;
    type Error = TransportError;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, TransportError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Full<Bytes>>) -> Self::Future {
        let transport = Arc::clone(&self.transport);
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = body.collect().await.unwrap_or_else(|never| match never {}).to_bytes();
            let response = transport.send(Request::from_parts(head, body)).await?;
            Ok(response.map(Full::new))
        })
    }
}
