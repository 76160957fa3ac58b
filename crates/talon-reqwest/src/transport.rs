//! Requests over a `reqwest::Client`.

use std::error::Error;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use reqwest::redirect::Policy;
use talon_client::transport::{hyper_error, read_body};
use talon_client::{ClientConfig, Transport, TransportError, TransportErrorKind, tls};
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
            let error = error.without_url();
            talon_core::Error::builder(ErrorKind::Config, message).source(error).build()
        })?;
        Ok(Self::from_client(client))
    }

    /// The settings that [`new`](Self::new) uses, to change some: no proxy, no redirects, no
    /// retries of reqwest's own, rustls without a provider for the process.
    ///
    /// # Errors
    /// [`Config`](ErrorKind::Config) when the root certificates are unfit, or `https` is wanted on
    /// a platform that trusts nobody.
    pub fn builder(config: &ClientConfig) -> Result<reqwest::ClientBuilder> {
        let mut tls = tls::rustls_config(config)?;
        // reqwest leaves a configuration that it is given as it is.
        tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        let (interval, timeout) = PING;
        Ok(reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .connect_timeout(config.connect_timeout)
            .no_proxy()
            .redirect(Policy::none())
            // The client retries, and pays for it: what reqwest sends again nobody counts.
            .retry(reqwest::retry::never())
            .pool_idle_timeout(IDLE)
            .http2_keep_alive_interval(interval)
            .http2_keep_alive_timeout(timeout)
            .http2_keep_alive_while_idle(true))
    }

    /// A transport over a client of your own, which should follow no redirects, for they would
    /// carry the key along, and have [`retry`](reqwest::ClientBuilder::retry) set to
    /// [`never`](reqwest::retry::never): else it sends refused streams of HTTP/2 again, unknown to
    /// the client's budget and count of attempts. What it adds to requests and how long it waits is up to it.
    pub fn from_client(client: reqwest::Client) -> Self {
        Self { client }
    }
}

#[async_trait]
impl Transport for ReqwestTransport {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let request = request.try_into().map_err(no_reply)?;
        let response: Response<_> = self.client.execute(request).await.map_err(no_reply)?.into();
        let (head, body) = response.into_parts();
        Ok(Response::from_parts(head, read_body::<reqwest::Body>(body, broken_body).await?))
    }
}

fn no_reply(error: reqwest::Error) -> TransportError {
    classify(error, hyper_error::classify_request_error)
}

fn broken_body(error: reqwest::Error) -> TransportError {
    classify(error, hyper_error::classify_body_error)
}

/// Says what an error means, without the URL that reqwest likes to put into it.
fn classify(
    error: reqwest::Error,
    kind: fn(&(dyn Error + 'static)) -> Option<TransportErrorKind>,
) -> TransportError {
    let error = error.without_url();
    // A timeout while connecting is both: what counts is that nothing was sent.
    let kind = if error.is_connect() {
        TransportErrorKind::Connect
    } else if error.is_builder() {
        TransportErrorKind::Other
    } else if let Some(kind) = kind(&error) {
        kind
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else {
        TransportErrorKind::Interrupted
    };
    TransportError::new(kind, error)
}
