//! The transport over a `reqwest::Client`.

use bytes::Bytes;
use http::{Request, Response};
use reqwest::redirect::Policy;
use talon_client::transport::{HTTP2_PING_INTERVAL, HTTP2_PING_TIMEOUT, POOL_IDLE_TIMEOUT};
use talon_client::{ClientConfig, Transport, TransportError, tls};
use talon_core::{ErrorKind, Result, async_trait};

use crate::error::{read_response, request_error};

/// [`Transport`] over reqwest.
///
/// Pools connections, HTTP/1.1 or HTTP/2 as negotiated with the server; clones share the pool. Never
/// follows redirects. Uses no proxy, unless [`ClientConfig::system_proxy`] is set.
///
/// ```
/// use talon_client::{Client, ClientConfig};
/// use talon_reqwest::ReqwestTransport;
///
/// // A proxy of your own; `system_proxy()` on the configuration takes that of the system.
/// let config = ClientConfig::new("http://localhost:9000").api_key("fefecafedeadbeef");
/// let proxy = reqwest::Proxy::all("http://proxy.example:3128")?;
/// let reqwest = ReqwestTransport::builder(&config)?.proxy(proxy).build()?;
/// let talon = Client::new(config, ReqwestTransport::from_client(reqwest))?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    client: reqwest::Client,
}

impl ReqwestTransport {
    /// Creates a transport with the connect timeout and root certificates of `config`.
    ///
    /// # Errors
    /// [`Config`](ErrorKind::Config) when the root certificates are invalid, or when the base URL
    /// is `https` and the platform has no certificates.
    pub fn new(config: &ClientConfig) -> Result<Self> {
        let client = Self::builder(config)?.build().map_err(|error| {
            let message = "reqwest does not accept the configuration";
            let error = error.without_url();
            talon_core::Error::builder(ErrorKind::Config, message).source(error).build()
        })?;
        Ok(Self::from_client(client))
    }

    /// The builder that [`new`](Self::new) uses, for further settings. It has no redirects, no
    /// retries by reqwest, and rustls with ring without a process-wide provider. It has no proxy,
    /// unless [`ClientConfig::system_proxy`] is set.
    ///
    /// # Errors
    /// [`Config`](ErrorKind::Config) when the root certificates are invalid, or when the base URL
    /// is `https` and the platform has no certificates.
    pub fn builder(config: &ClientConfig) -> Result<reqwest::ClientBuilder> {
        let mut tls = tls::rustls_config(config)?;
        // reqwest does not change a preconfigured TLS configuration.
        tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        let builder = reqwest::Client::builder();
        let builder = if config.system_proxy { builder } else { builder.no_proxy() };
        Ok(builder
            .tls_backend_preconfigured(tls)
            .connect_timeout(config.connect_timeout)
            .redirect(Policy::none())
            // Retries are up to talon's client, which counts them and has a budget.
            .retry(reqwest::retry::never())
            .pool_idle_timeout(POOL_IDLE_TIMEOUT)
            .http2_keep_alive_interval(HTTP2_PING_INTERVAL)
            .http2_keep_alive_timeout(HTTP2_PING_TIMEOUT)
            .http2_keep_alive_while_idle(true))
    }

    /// Creates a transport over `client`; headers and timeouts that it has apply to every request.
    ///
    /// It should follow no redirects, since they would send the key to another place, and have
    /// [`retry`](reqwest::ClientBuilder::retry) set to [`never`](reqwest::retry::never): otherwise
    /// reqwest retries refused HTTP/2 streams, outside of the retry budget and the count of
    /// attempts. [`builder`](Self::builder) does both.
    pub fn from_client(client: reqwest::Client) -> Self {
        Self { client }
    }
}

#[async_trait]
impl Transport for ReqwestTransport {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let request = request.try_into().map_err(request_error)?;
        let response = self.client.execute(request).await.map_err(request_error)?;
        read_response(response).await
    }
}
