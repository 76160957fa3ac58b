//! Settings of a client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use talon_core::auth::{API_KEY_PREFIX, ApiKey, ApplicationKey};
use talon_core::{ApplicationId, Result};

use crate::observer::Observer;
use crate::{RetryBudget, RetryPolicy};

mod base_url;
mod environment;

pub(crate) use base_url::BaseUrl;

/// Settings of a [`Client`](crate::Client) and its transport.
///
/// Values are checked when the client is created; each mistake is an error of kind
/// [`Config`](talon_core::ErrorKind::Config) that names it. `Debug` shows no key.
///
/// ```
/// use std::time::Duration;
/// use talon_client::ClientConfig;
///
/// let config = ClientConfig::new("https://demo.europe-west1.talon.one")
///     .api_key("fefecafedeadbeef")
///     .deadline(Duration::from_secs(2));
///
/// assert_eq!(config.connect_timeout, Duration::from_secs(2));
/// assert!(!format!("{config:?}").contains("fefe"));
/// ```
///
/// Durations of zero are accepted and leave no time. A [`Duration::MAX`] sets no limit.
#[derive(Clone)]
#[non_exhaustive]
pub struct ClientConfig {
    /// Base URL of the service, to which the paths of the API are appended. It may have a path, with
    /// or without a slash at the end.
    ///
    /// Required: `https`, or `http` to this machine or with
    /// [`allow_plain_http`](Self::allow_plain_http). No user name, query or fragment; with the path
    /// of a request at most 65 534 bytes.
    pub base_url: String,
    /// API key, sent in the `Authorization` header. None by default; at least one of this and
    /// [`application_key`](Self::application_key) is required.
    pub api_key: Option<ApiKey>,
    /// Scheme of the `Authorization` header, in front of the API key; `ApiKey-v1` by default.
    /// Visible ASCII.
    pub api_key_prefix: String,
    /// Application and key that sign request bodies (`Content-Signature`), a scheme of 2020. None
    /// by default. Sent to operations that accept it, in addition to the API key if there is one.
    pub application_key: Option<(ApplicationId, ApplicationKey)>,
    /// `User-Agent` header; `talon/<version>` by default. Characters that a header can carry.
    pub user_agent: String,
    /// Longest time from the start of a call to its reply: all attempts, pauses and waiting for a
    /// permit included; 5 seconds by default. [`CallOptions`](crate::CallOptions) can change it for
    /// a call.
    ///
    /// The service replies in about 50 milliseconds. 5 seconds are enough for a lost packet and a
    /// slow evaluation, and about as long as a shopper waits for a cart.
    pub deadline: Duration,
    /// Longest time of an attempt that can be followed by another, connecting included; 2.5 seconds
    /// by default, so that two attempts fit into the deadline. The last attempt, and the only one of
    /// an operation that is not safe to repeat, may use all that is left of the deadline.
    /// [`CallOptions`](crate::CallOptions) can change it for a call.
    pub attempt_timeout: Duration,
    /// Longest time to open a connection, TLS handshake included; 2 seconds by default, which is
    /// enough for one lost packet. Applied by the transport.
    ///
    /// It should be less than `attempt_timeout`: an attempt that times out first may have been sent.
    pub connect_timeout: Duration,
    /// Number of attempts of a call, and the pauses between them. By default 3 attempts, and pauses of
    /// up to 100 and 200 milliseconds; see [`RetryPolicy`]. [`CallOptions`](crate::CallOptions) can
    /// change it for a call.
    pub retry: RetryPolicy,
    /// Number of retries that all calls together may make. By default 20 at once, and 20 more for 100
    /// successful calls; see [`RetryBudget`].
    pub retry_budget: RetryBudget,
    /// Seed of the random pauses between attempts, for tests that need the same pauses in every
    /// run. None by default: random.
    pub jitter_seed: Option<u64>,
    /// Most concurrent calls of this client and its clones for one session or profile, at least 1.
    /// Zero means 1. Further calls wait in order of arrival, within their deadline. None by default:
    /// unlimited. The service itself accepts 3 from all clients together, and refuses more with 409.
    pub max_parallel_calls: Option<usize>,
    /// Gets a report of every attempt and call, for metrics. None by default.
    pub observer: Option<Arc<dyn Observer>>,
    /// Root certificates in PEM that are trusted in addition to those of the platform, such as a
    /// company's own authority. Empty by default. Applied by the transport, which refuses text without
    /// a certificate.
    pub root_certificates: Vec<u8>,
    /// Whether requests go through the proxy of the system; `false` by default: no proxy, whatever the
    /// environment says.
    ///
    /// talon-reqwest then reads the variables `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and
    /// `NO_PROXY`, and the settings of Windows and macOS, once, when the client is created.
    /// talon-hyper refuses the setting: it takes a connector for a proxy instead.
    pub system_proxy: bool,
    /// Whether the base URL may be `http` for a host other than this machine, which sends keys
    /// unencrypted; `false` by default.
    pub allow_plain_http: bool,
}

impl ClientConfig {
    /// Default settings for the service at `base_url`; a key has to be added.
    pub fn new(base_url: impl Into<String>) -> Self {
        Self {
            base_url: base_url.into(),
            api_key: None,
            api_key_prefix: API_KEY_PREFIX.to_owned(),
            application_key: None,
            user_agent: concat!("talon/", env!("CARGO_PKG_VERSION")).to_owned(),
            deadline: Duration::from_secs(5),
            attempt_timeout: Duration::from_millis(2500),
            connect_timeout: Duration::from_secs(2),
            retry: RetryPolicy::default(),
            retry_budget: RetryBudget::default(),
            jitter_seed: None,
            max_parallel_calls: None,
            observer: None,
            root_certificates: Vec::new(),
            system_proxy: false,
            allow_plain_http: false,
        }
    }

    /// Default settings for the URL in the environment variable `TALON_BASE_URL` and the API key in
    /// `TALON_API_KEY`. Nothing else in the clients reads the environment.
    ///
    /// # Errors
    /// [`Config`](talon_core::ErrorKind::Config) when a variable is missing, empty or not Unicode.
    pub fn from_env() -> Result<Self> {
        environment::read(std::env::var)
    }

    /// Sets [`api_key`](Self::api_key).
    #[must_use]
    pub fn api_key(mut self, key: impl Into<ApiKey>) -> Self {
        self.api_key = Some(key.into());
        self
    }

    /// Sets [`api_key_prefix`](Self::api_key_prefix).
    #[must_use]
    pub fn api_key_prefix(mut self, prefix: impl Into<String>) -> Self {
        self.api_key_prefix = prefix.into();
        self
    }

    /// Sets [`application_key`](Self::application_key).
    #[must_use]
    pub fn application_key(
        mut self,
        application: impl Into<ApplicationId>,
        key: ApplicationKey,
    ) -> Self {
        self.application_key = Some((application.into(), key));
        self
    }

    /// Sets [`user_agent`](Self::user_agent).
    #[must_use]
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// Sets [`deadline`](Self::deadline).
    #[must_use]
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// Sets [`attempt_timeout`](Self::attempt_timeout).
    #[must_use]
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = timeout;
        self
    }

    /// Sets [`retry`](Self::retry).
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Sets [`retry_budget`](Self::retry_budget).
    #[must_use]
    pub fn retry_budget(mut self, budget: RetryBudget) -> Self {
        self.retry_budget = budget;
        self
    }

    /// Sets [`jitter_seed`](Self::jitter_seed).
    #[must_use]
    pub fn jitter_seed(mut self, seed: u64) -> Self {
        self.jitter_seed = Some(seed);
        self
    }

    /// Sets [`max_parallel_calls`](Self::max_parallel_calls).
    #[must_use]
    pub fn max_parallel_calls(mut self, max: usize) -> Self {
        self.max_parallel_calls = Some(max);
        self
    }

    /// Sets [`observer`](Self::observer).
    #[must_use]
    pub fn observer(mut self, observer: Arc<dyn Observer>) -> Self {
        self.observer = Some(observer);
        self
    }

    /// Sets [`connect_timeout`](Self::connect_timeout).
    #[must_use]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets [`root_certificates`](Self::root_certificates).
    #[must_use]
    pub fn root_certificates(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.root_certificates = pem.into();
        self
    }

    /// Sets [`system_proxy`](Self::system_proxy): requests go through the proxy of the system. With
    /// https a proxy sees host and port only.
    #[must_use]
    pub fn system_proxy(mut self) -> Self {
        self.system_proxy = true;
        self
    }

    /// Sets [`allow_plain_http`](Self::allow_plain_http): everyone on the network path can read the
    /// keys then.
    #[must_use]
    pub fn allow_plain_http(mut self) -> Self {
        self.allow_plain_http = true;
        self
    }
}

impl fmt::Debug for ClientConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The URL is not checked yet, so it may contain a password.
        let base_url = BaseUrl::parse(&self.base_url, true);
        f.debug_struct("ClientConfig")
            .field("base_url", &base_url.as_ref().map_or("(invalid)", BaseUrl::as_str))
            .field("api_key", &self.api_key)
            .field("api_key_prefix", &self.api_key_prefix)
            .field("application_key", &self.application_key)
            .field("user_agent", &self.user_agent)
            .field("deadline", &self.deadline)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("connect_timeout", &self.connect_timeout)
            .field("retry", &self.retry)
            .field("retry_budget", &self.retry_budget)
            .field("jitter_seed", &self.jitter_seed)
            .field("max_parallel_calls", &self.max_parallel_calls)
            .field("observer", &self.observer)
            .field("root_certificates", &format_args!("{} bytes", self.root_certificates.len()))
            .field("system_proxy", &self.system_proxy)
            .field("allow_plain_http", &self.allow_plain_http)
            .finish()
    }
}
