//! Requests over hyper's pooling client.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::Connect;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use talon_client::transport::{hyper_error, read_body};
use talon_client::{ClientConfig, Transport, TransportError, TransportErrorKind};
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
        // The pool takes another connection where a kept one turns out to be closed before anything
        // of the request was written: no attempt was made. What was sent is never sent again here.
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
        let body = read_body(body, broken_body).await?;
        Ok(Response::from_parts(head, body))
    }
}

fn no_reply(error: hyper_util::client::legacy::Error) -> TransportError {
    let kind = if error.is_connect() {
        TransportErrorKind::Connect
    } else {
        hyper_error::classify_request_error(&error).unwrap_or(TransportErrorKind::Interrupted)
    };
    TransportError::new(kind, error)
}

fn broken_body(error: hyper::Error) -> TransportError {
    let kind = hyper_error::classify_body_error(&error).unwrap_or(TransportErrorKind::Interrupted);
    TransportError::new(kind, error)
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
