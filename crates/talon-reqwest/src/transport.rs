//! Requests over a `reqwest::Client`.

use std::error::Error;
use std::io;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use reqwest::redirect::Policy;
use talon_client::transport::read_body;
use talon_client::{ClientConfig, Transport, TransportError};
use talon_core::{ErrorKind, Result, async_trait};

/// Idle connections are given up before load balancers do so, usually after 60 seconds: a request
/// on a connection that is just being closed looks as if it may have been applied.
const IDLE: Duration = Duration::from_secs(45);

/// How often HTTP/2 connections are asked whether they are alive, and how long they have to answer.
/// Without, one that died silently would time out every call until the system notices.
const PING: (Duration, Duration) = (Duration::from_secs(10), Duration::from_secs(5));

/// [`Transport`] over reqwest.
///
/// Keeps connections and uses them again, HTTP/1.1 or HTTP/2 as the server prefers. Clones share
/// them.
///
/// ```
/// use talon_client::{Client, ClientConfig};
/// use talon_reqwest::ReqwestTransport;
///
/// // A company's proxy, which is not used unless told.
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
    /// A transport as `config` says: connect timeout and root certificates.
    ///
    /// # Errors
    /// [`Config`](ErrorKind::Config) when the root certificates are unfit, or `https` is wanted on
    /// a platform that trusts nobody.
    pub fn new(config: &ClientConfig) -> Result<Self> {
        let client = Self::builder(config)?.build().map_err(|error| {
            let message = "reqwest does not accept the configuration";
            talon_core::Error::new(ErrorKind::Config, message).caused_by(error.without_url())
        })?;
        Ok(Self::from_client(client))
    }

    /// The settings that [`new`](Self::new) uses, to change some: no proxy, no redirects, rustls
    /// without a provider for the process.
    ///
    /// # Errors
    /// [`Config`](ErrorKind::Config) when the root certificates are unfit, or `https` is wanted on
    /// a platform that trusts nobody.
    pub fn builder(config: &ClientConfig) -> Result<reqwest::ClientBuilder> {
        let mut tls = talon_tls::client_config(&config.base_url, &config.root_certificates)?;
        // reqwest leaves a configuration that it is given as it is.
        tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        let (interval, timeout) = PING;
        Ok(reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .connect_timeout(config.connect_timeout)
            .no_proxy()
            .redirect(Policy::none())
            .pool_idle_timeout(IDLE)
            .http2_keep_alive_interval(interval)
            .http2_keep_alive_timeout(timeout)
            .http2_keep_alive_while_idle(true))
    }

    /// A transport over a client of your own, which should follow no redirects: they would carry
    /// the key along. What it adds to requests and how long it waits is up to it.
    pub fn from_client(client: reqwest::Client) -> Self {
        Self { client }
    }
}

#[async_trait]
impl Transport for ReqwestTransport {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let request = request.try_into().map_err(failure)?;
        let response: Response<_> = self.client.execute(request).await.map_err(failure)?.into();
        let (head, body) = response.into_parts();
        Ok(Response::from_parts(head, read_body::<reqwest::Body>(body, failure).await?))
    }
}

/// Says what an error means, without the URL that reqwest likes to put into it.
fn failure(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    // A timeout while connecting is both: what counts is that nothing was sent.
    if error.is_connect() {
        TransportError::connect(error)
    } else if error.is_timeout() {
        TransportError::timeout(error)
    } else if is_not_http(&error) {
        TransportError::decode(error)
    } else if error.is_builder() {
        TransportError::other(error)
    } else {
        TransportError::interrupted(error)
    }
}

fn is_not_http(error: &reqwest::Error) -> bool {
    let mut causes = std::iter::successors(error.source(), |&cause| cause.source());
    causes.any(|cause| {
        cause.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_parse)
            || cause.downcast_ref::<io::Error>().is_some_and(is_misframed)
    })
}

/// Whether the end of a body cannot be told; hyper has no predicate for that.
fn is_misframed(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput)
}
