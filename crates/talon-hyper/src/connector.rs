//! Opens connections.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder, MaybeHttpsStream};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioIo;
use talon_client::{ClientConfig, tls};
use talon_core::{Error, ErrorKind, Result};
use tokio::net::TcpStream;
use tower_service::Service;

type BoxError = Box<dyn std::error::Error + Send + Sync>;
type Connection = MaybeHttpsStream<TokioIo<TcpStream>>;

/// Connects over TCP, trying IPv6 and IPv4 in parallel, and with TLS where the URL is `https`.
///
/// One timeout covers DNS resolution, the TCP connection and the TLS handshake.
#[derive(Clone, Debug)]
pub struct DefaultConnector {
    inner: HttpsConnector<HttpConnector>,
    timeout: Duration,
}

impl DefaultConnector {
    /// Creates a connector with the connect timeout and root certificates of `config`.
    ///
    /// # Errors
    /// [`Config`](talon_core::ErrorKind::Config) when the root certificates are invalid, when the
    /// base URL is `https` and the platform has no certificates, or when
    /// [`system_proxy`](ClientConfig::system_proxy) is set.
    pub fn new(config: &ClientConfig) -> Result<Self> {
        if config.system_proxy {
            let message = "talon-hyper does not use the proxy of the system: use talon-reqwest, or \
                           a connector for the proxy with `HyperTransport::from_connector`";
            return Err(Error::new(ErrorKind::Config, message));
        }
        let tls = tls::rustls_config(config)?;
        let mut http = HttpConnector::new();
        // The TLS connector wraps it, so it must accept `https`.
        http.enforce_http(false);
        http.set_nodelay(true);
        // Divided among the addresses of a host, so that an unreachable one does not use all of it.
        http.set_connect_timeout(Some(config.connect_timeout));
        let inner = HttpsConnectorBuilder::new()
            .with_tls_config(tls)
            .https_or_http()
            .enable_http1()
            .enable_http2()
            .wrap_connector(http);
        Ok(Self { inner, timeout: config.connect_timeout })
    }
}

impl Service<Uri> for DefaultConnector {
    type Response = Connection;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Connection, BoxError>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let connecting = self.inner.call(uri);
        let timeout = self.timeout;
        Box::pin(async move { tokio::time::timeout(timeout, connecting).await? })
    }
}
