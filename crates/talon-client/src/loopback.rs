//! A transport without a socket.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use talon_core::api::{Call, ReplyOf};
use talon_core::dispatch::{self, Route};
use talon_core::{
    Error, ErrorKind, IntegrationApi, Result, async_trait, for_each_operation, operations,
};

use crate::{Client, ClientConfig, Transport, TransportError};

/// Answers requests with an implementation of the API in the same process.
///
/// A `Client<Loopback>` goes through the whole codec in both directions: what a test sees there is
/// what it would see over a socket, without keys being checked. An error that is no refusal, such as
/// a lost connection that a fake was told to lose, is lost here too.
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
    api: Arc<dyn IntegrationApi>,
}

impl Loopback {
    /// Answers with `api`. The client's base URL must have no path.
    pub fn new(api: Arc<dyn IntegrationApi>) -> Self {
        Self { api }
    }

    /// A client of `api` with a configuration that does for tests.
    #[allow(clippy::missing_panics_doc, reason = "the configuration is fit")]
    pub fn client(api: Arc<dyn IntegrationApi>) -> Client<Self> {
        let config = ClientConfig::new("http://localhost").api_key("loopback");
        Client::new(config, Self::new(api)).expect("the configuration is fit")
    }
}

#[async_trait]
impl Transport for Loopback {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let witness = Witness { api: self.api.clone(), broken: Mutex::default() };
        let reply = dispatch::dispatch(&witness, &request).await;
        let broken = witness.broken.into_inner().unwrap_or_else(PoisonError::into_inner);
        match broken {
            Some(error) => break_like(error, &request),
            None => Ok(reply),
        }
    }
}

/// Keeps the error of a call that got no reply: over HTTP there is no way to tell of it.
#[derive(Debug)]
struct Witness {
    api: Arc<dyn IntegrationApi>,
    broken: Mutex<Option<Error>>,
}

impl Witness {
    fn note<R>(&self, result: Result<R>) -> Result<R> {
        result.map_err(|error| match error.kind() {
            kind @ (ErrorKind::Connect
            | ErrorKind::Unprocessed
            | ErrorKind::Timeout
            | ErrorKind::Interrupted
            | ErrorKind::Decode) => {
                *self.broken.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
                Error::new(kind, "got no reply")
            }
            _ => error,
        })
    }
}

/// What a transport would report, or the reply that could not be read, to be read again.
fn break_like(error: Error, request: &Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
    let unreadable = error.body().and_then(|body| {
        let status = status_of(&error, request)?;
        let mut reply = Response::new(body.clone());
        *reply.status_mut() = status;
        Some(reply)
    });
    match (error.kind(), unreadable) {
        (ErrorKind::Decode, Some(reply)) => Ok(reply),
        (ErrorKind::Decode, None) => Err(TransportError::decode(error)),
        (ErrorKind::Connect, _) => Err(TransportError::connect(error)),
        (ErrorKind::Unprocessed, _) => Err(TransportError::unprocessed(error)),
        (ErrorKind::Timeout, _) => Err(TransportError::timeout(error)),
        _ => Err(TransportError::interrupted(error)),
    }
}

/// The status with which a reply is as unreadable as it was: a success whose body is broken, or
/// one that the operation does not have.
fn status_of(error: &Error, request: &Request<Bytes>) -> Option<StatusCode> {
    let route = Route::find(request.method(), request.uri().path()).ok()?;
    let success = route.info().success;
    let cause = std::error::Error::source(error);
    if cause.is_some_and(<dyn std::error::Error>::is::<serde_json::Error>) {
        return success.iter().copied().find(|status| *status != StatusCode::NO_CONTENT);
    }
    (!success.contains(&StatusCode::OK)).then_some(StatusCode::OK)
}

macro_rules! implement_witness {
    ($( $(#[$doc:meta])* $method:ident($request:ident); )+) => {
        #[async_trait]
        #[deny(clippy::missing_trait_methods)]
        impl IntegrationApi for Witness {
            $(
                async fn $method(
                    &self,
                    request: operations::$request,
                ) -> Result<ReplyOf<operations::$request>> {
                    self.note(request.call(&*self.api).await)
                }
            )+
        }
    };
}

for_each_operation!(implement_witness);
