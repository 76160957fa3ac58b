//! A transport that calls an implementation in the same process.

use std::io;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use talon_core::api::Call;
use talon_core::dispatch::{self, Answer, Handler, Route, Visitor};
use talon_core::{Error, ErrorKind, IntegrationApi, OperationInfo, async_trait};

use crate::{Client, ClientConfig, Transport, TransportError};

/// [`Transport`] that calls an implementation of the API in the same process.
///
/// A `Client<Loopback>` encodes and decodes requests and replies as over a socket; keys are not
/// checked. Errors of the implementation other than refusals, such as an injected lost connection
/// of a fake, become errors of the transport.
///
/// An implementation of [`IntegrationApi`] gets typed requests without headers. A [`Handler`],
/// such as the fake, gets the request itself, and so supports `Idempotency-Key`.
///
/// ```
/// use std::sync::Arc;
/// use talon_client::Loopback;
/// use talon_core::{IntegrationApi, operations::GetReservedCustomers};
///
/// #[derive(Debug)]
/// struct Nothing;
/// impl IntegrationApi for Nothing {}
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let client = Loopback::client(Arc::new(Nothing));
/// let error = client.get_reserved_customers(GetReservedCustomers::new("SUMMER10")).await.unwrap_err();
/// assert_eq!(error.status().unwrap(), 501);
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Loopback {
    target: Target,
}

#[derive(Clone, Debug)]
enum Target {
    Api(Arc<dyn IntegrationApi>),
    Handler(Arc<dyn Handler>),
}

impl Loopback {
    /// Creates a transport that calls `api`. The base URL of the client must have no path.
    pub fn new(api: Arc<dyn IntegrationApi>) -> Self {
        Self { target: Target::Api(api) }
    }

    /// Creates a transport that calls `handler`, which gets the headers of requests. The base URL of
    /// the client must have no path.
    pub fn with_handler(handler: Arc<dyn Handler>) -> Self {
        Self { target: Target::Handler(handler) }
    }

    /// Creates a client of `api` with default settings and a placeholder for URL and key.
    #[allow(clippy::missing_panics_doc, reason = "a valid configuration")]
    pub fn client(api: Arc<dyn IntegrationApi>) -> Client<Self> {
        let config = ClientConfig::new("http://localhost").api_key("loopback");
        Client::new(config, Self::new(api)).expect("a valid configuration")
    }
}

#[async_trait]
impl Transport for Loopback {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        match Route::find(request.method(), request.uri().path()) {
            Ok(route) => self.target.answer(route, &request).await,
            Err(no_route) => Ok(no_route.to_http(request.method())),
        }
    }
}

impl Target {
    async fn answer(
        &self,
        route: Route,
        request: &Request<Bytes>,
    ) -> Result<Response<Bytes>, TransportError> {
        match self {
            Self::Api(api) => route.visit(request, Dispatcher(&**api)).await,
            Self::Handler(handler) => match handler.handle(route, request).await {
                Answer::Reply(reply) => Ok(reply),
                Answer::CutOff(_) | Answer::HangUp => Err(TransportError::interrupted(
                    io::Error::from(io::ErrorKind::ConnectionReset),
                )),
            },
        }
    }
}

/// Calls an implementation and converts its result to that of a transport.
struct Dispatcher<'a>(&'a dyn IntegrationApi);

type ReplyFuture<'a> =
    Pin<Box<dyn Future<Output = Result<Response<Bytes>, TransportError>> + Send + 'a>>;

impl<'a> Visitor for Dispatcher<'a> {
    type Output = ReplyFuture<'a>;

    fn visit<O: Call>(self, request: talon_core::Result<O>) -> ReplyFuture<'a> {
        Box::pin(async move {
            let result = match request {
                Ok(request) => request.call(self.0).await,
                Err(error) => Err(error),
            };
            let reply = result.and_then(|reply| O::reply_to_http(&reply));
            reply.or_else(|error| to_transport_result(error, O::INFO))
        })
    }
}

/// Converts an error to a reply or an error of the transport.
fn to_transport_result(
    error: Error,
    info: &OperationInfo,
) -> Result<Response<Bytes>, TransportError> {
    match error.kind() {
        ErrorKind::Decode => match malformed_reply(&error, info) {
            Some(reply) => Ok(reply),
            None => Err(TransportError::decode(error)),
        },
        ErrorKind::Connect => Err(TransportError::connect(error)),
        ErrorKind::Unprocessed => Err(TransportError::unprocessed(error)),
        ErrorKind::Timeout => Err(TransportError::timeout(error)),
        ErrorKind::Interrupted => Err(TransportError::interrupted(error)),
        _ => Ok(dispatch::error_to_http(error)),
    }
}

/// The reply that could not be decoded, which the client fails to decode in the same way.
fn malformed_reply(error: &Error, info: &OperationInfo) -> Option<Response<Bytes>> {
    let mut reply = Response::new(error.body()?.clone());
    *reply.status_mut() = status_of_malformed(error, info)?;
    Some(reply)
}

/// The status with which decoding fails in the same way: a success with an invalid body, or a
/// status that the operation does not have.
fn status_of_malformed(error: &Error, info: &OperationInfo) -> Option<StatusCode> {
    let cause = std::error::Error::source(error);
    if cause.is_some_and(<dyn std::error::Error>::is::<serde_json::Error>) {
        return info.success.iter().copied().find(|status| *status != StatusCode::NO_CONTENT);
    }
    (!info.success.contains(&StatusCode::OK)).then_some(StatusCode::OK)
}
