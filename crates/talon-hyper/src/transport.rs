//! Requests over hyper's pooling client.

use std::error::Error;
use std::fmt;
use std::io;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::Connect;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use talon_client::transport::read_body;
use talon_client::{ClientConfig, Transport, TransportError};
use talon_core::{Result, async_trait};

use crate::DefaultConnector;

/// Idle connections are given up before load balancers do so, usually after 60 seconds: a request
/// on a connection that is just being closed looks as if it may have been applied.
const IDLE: Duration = Duration::from_secs(45);

/// How often HTTP/2 connections are asked whether they are alive, and how long they have to answer.
/// Without, one that died silently would time out every call until the system notices.
const PING: (Duration, Duration) = (Duration::from_secs(10), Duration::from_secs(5));

/// [`Transport`] over hyper.
///
/// Keeps connections and uses them again, HTTP/1.1 or HTTP/2 as the server prefers. Clones share
/// them. Connects through `C`; uses no proxy unless `C` does.
///
/// ```
/// use talon_hyper::{Client, ClientConfig, HyperTransport};
///
/// /// Types that hold a client need no parameter.
/// struct Shop {
///     talon: Client<HyperTransport>,
/// }
///
/// let config = ClientConfig::new("http://localhost:9000").api_key("fefecafedeadbeef");
/// let shop = Shop { talon: talon_hyper::connect(config)? };
/// # drop(shop.talon);
/// # Ok::<(), talon_core::Error>(())
/// ```
pub struct HyperTransport<C = DefaultConnector> {
    client: Client<C, Full<Bytes>>,
}

impl HyperTransport {
    /// A transport as `config` says: connect timeout and root certificates.
    ///
    /// # Errors
    /// [`Config`](talon_core::ErrorKind::Config) when the root certificates are unfit, or `https`
    /// is wanted on a platform that trusts nobody.
    pub fn new(config: &ClientConfig) -> Result<Self> {
        Ok(Self::from_connector(DefaultConnector::new(config)?))
    }
}

impl<C: Connect + Clone + Send + Sync + 'static> HyperTransport<C> {
    /// A transport that connects through `connector`, which decides on encryption and on its own
    /// timeout.
    pub fn from_connector(connector: C) -> Self {
        let (interval, timeout) = PING;
        let client = Client::builder(TokioExecutor::new())
            .timer(TokioTimer::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE)
            .http2_keep_alive_interval(interval)
            .http2_keep_alive_timeout(timeout)
            .http2_keep_alive_while_idle(true)
            .build(connector);
        Self { client }
    }
}

#[async_trait]
impl<C: Connect + Clone + Send + Sync + 'static> Transport for HyperTransport<C> {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let response = self.client.request(request.map(Full::new)).await.map_err(no_reply)?;
        let (head, body) = response.into_parts();
        let body = read_body(body, |error| broken(&error)(error.into())).await?;
        Ok(Response::from_parts(head, body))
    }
}

fn no_reply(error: hyper_util::client::legacy::Error) -> TransportError {
    if error.is_connect() {
        return TransportError::connect(error);
    }
    let cause = error.source().and_then(|cause| cause.downcast_ref::<hyper::Error>());
    match cause {
        Some(cause) => broken(cause)(error.into()),
        None => TransportError::interrupted(error),
    }
}

/// How a connection broke: silently, with something that is not HTTP, or otherwise.
fn broken(error: &hyper::Error) -> fn(Box<dyn Error + Send + Sync>) -> TransportError {
    if error.is_timeout() {
        TransportError::timeout
    } else if error.is_parse() || is_misframed(error) {
        TransportError::decode
    } else {
        TransportError::interrupted
    }
}

/// Whether the end of a body cannot be told; hyper has no predicate for that.
fn is_misframed(error: &hyper::Error) -> bool {
    let cause = error.source().and_then(|cause| cause.downcast_ref::<io::Error>());
    cause.is_some_and(|cause| {
        matches!(cause.kind(), io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput)
    })
}

impl<C: Clone> Clone for HyperTransport<C> {
    fn clone(&self) -> Self {
        Self { client: self.client.clone() }
    }
}

impl<C> fmt::Debug for HyperTransport<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HyperTransport").finish_non_exhaustive()
    }
}
