//! The transport over hyper's client with a connection pool.

use std::fmt;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::Connect;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use talon_client::transport::{
    HTTP2_PING_INTERVAL, HTTP2_PING_TIMEOUT, POOL_IDLE_TIMEOUT, hyper_error, read_body,
};
use talon_client::{ClientConfig, Transport, TransportError, TransportErrorKind};
use talon_core::{Result, async_trait};

use crate::DefaultConnector;

/// [`Transport`] over hyper.
///
/// Pools connections, HTTP/1.1 or HTTP/2 as negotiated with the server; clones share the pool.
/// Opens connections with `C`, and uses no proxy unless `C` does. Never follows redirects.
///
/// ```
/// use talon_hyper::{Client, ClientConfig, HyperTransport};
///
/// /// The connector has a default, so the type of a client is short.
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
    /// Creates a transport with the connect timeout and root certificates of `config`.
    ///
    /// # Errors
    /// [`Config`](talon_core::ErrorKind::Config) when the root certificates are invalid, when the
    /// base URL is `https` and the platform has no certificates, or when
    /// [`system_proxy`](ClientConfig::system_proxy) is set.
    pub fn new(config: &ClientConfig) -> Result<Self> {
        Ok(Self::from_connector(DefaultConnector::new(config)?))
    }
}

impl<C: Connect + Clone + Send + Sync + 'static> HyperTransport<C> {
    /// Creates a transport that opens connections with `connector`. TLS and the connect timeout are
    /// up to the connector.
    pub fn from_connector(connector: C) -> Self {
        // When a pooled connection is closed before any byte of the request was written, the pool
        // takes another one. A request that was sent is never sent again here.
        let client = Client::builder(TokioExecutor::new())
            .timer(TokioTimer::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(POOL_IDLE_TIMEOUT)
            .http2_keep_alive_interval(HTTP2_PING_INTERVAL)
            .http2_keep_alive_timeout(HTTP2_PING_TIMEOUT)
            .http2_keep_alive_while_idle(true)
            .build(connector);
        Self { client }
    }
}

#[async_trait]
impl<C: Connect + Clone + Send + Sync + 'static> Transport for HyperTransport<C> {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let response = self.client.request(request.map(Full::new)).await.map_err(request_error)?;
        let (head, body) = response.into_parts();
        let body = read_body(body, body_error).await?;
        Ok(Response::from_parts(head, body))
    }
}

fn request_error(error: hyper_util::client::legacy::Error) -> TransportError {
    let kind = if error.is_connect() {
        TransportErrorKind::Connect
    } else {
        hyper_error::classify_request_error(&error).unwrap_or(TransportErrorKind::Interrupted)
    };
    TransportError::new(kind, error)
}

fn body_error(error: hyper::Error) -> TransportError {
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
