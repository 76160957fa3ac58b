//! Where the service is, who calls it, and how long a call may take.

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

/// Everything a [`Client`](crate::Client) and its transport can be told; plain data.
///
/// Nothing is checked before the client is made: then each mistake is an error of kind
/// [`Config`](talon_core::ErrorKind::Config) that says which one.
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
#[derive(Clone)]
#[non_exhaustive]
pub struct ClientConfig {
    /// `http` or `https` URL that paths of the API are appended to; may have a path of its own,
    /// with or without a slash at its end.
    pub base_url: String,
    /// Key of the scheme `ApiKey-v1`. None unless set.
    pub api_key: Option<ApiKey>,
    /// First word of the `Authorization` header; `ApiKey-v1` unless set.
    pub api_key_prefix: String,
    /// Application and key that sign bodies, a scheme of 2020. None unless set. Sent to the
    /// operations that accept it, beside the API key if there is one.
    pub application_key: Option<(ApplicationId, ApplicationKey)>,
    /// `User-Agent` header; `talon/<version>` unless set.
    pub user_agent: String,
    /// Longest time from the start of a call to its reply, all attempts and pauses included; 5
    /// seconds unless set.
    ///
    /// The service answers in some 50 milliseconds. 5 seconds outlast a lost packet and a slow
    /// evaluation, and are about what a shopper waits for a cart.
    pub deadline: Duration,
    /// Longest time of one attempt that may be followed by another, connecting included; 2.5
    /// seconds unless set, so that a second one has as long again. The last attempt, and the only
    /// one of what is not safe to repeat, may use all that is left of the deadline.
    pub attempt_timeout: Duration,
    /// Longest time to get a connection, encryption included; 2 seconds unless set, which outlast
    /// one lost packet. For transports. Should be less than `attempt_timeout`: only then is it
    /// known that nothing was sent.
    pub connect_timeout: Duration,
    /// How often a call is tried; 3 times unless set.
    pub retry: RetryPolicy,
    /// How many retries all calls together may make.
    pub retry_budget: RetryBudget,
    /// Seed of the chance that chooses pauses between attempts, for tests that must always take
    /// the same time. None unless set.
    pub jitter_seed: Option<u64>,
    /// Most calls at once for one session or profile; others wait for their turn, first come,
    /// first served, and within their deadline. Any number unless set. The service takes 3 and
    /// refuses more with 409, whichever client they come from.
    pub max_parallel_calls: Option<usize>,
    /// Told of every attempt and call, for metrics. None unless set.
    pub observer: Option<Arc<dyn Observer>>,
    /// Certificates in PEM that are trusted beside those of the platform: a company's own
    /// authority. Empty unless set. For transports.
    pub root_certificates: Vec<u8>,
    /// Whether keys may travel unencrypted to another machine; `false` unless set.
    pub allow_plain_http: bool,
}

impl ClientConfig {
    /// A service at `base_url`, as yet without a key.
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
            allow_plain_http: false,
        }
    }

    /// Reads `TALON_BASE_URL` and `TALON_API_KEY` from the environment; nothing else in these
    /// crates does.
    ///
    /// # Errors
    /// [`Config`](talon_core::ErrorKind::Config) when one is missing, empty or not Unicode.
    pub fn from_env() -> Result<Self> {
        environment::read(std::env::var)
    }

    /// Sends `key` in the `Authorization` header.
    #[must_use]
    pub fn api_key(mut self, key: impl Into<ApiKey>) -> Self {
        self.api_key = Some(key.into());
        self
    }

    /// Writes `prefix` before the API key.
    #[must_use]
    pub fn api_key_prefix(mut self, prefix: impl Into<String>) -> Self {
        self.api_key_prefix = prefix.into();
        self
    }

    /// Signs bodies as `application` with `key`, where the operation accepts it.
    #[must_use]
    pub fn application_key(
        mut self,
        application: impl Into<ApplicationId>,
        key: ApplicationKey,
    ) -> Self {
        self.application_key = Some((application.into(), key));
        self
    }

    /// Sends `user_agent` in the header of this name.
    #[must_use]
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// Gives up a call after `deadline`.
    #[must_use]
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// Gives up an attempt after `timeout`, if there may be another.
    #[must_use]
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = timeout;
        self
    }

    /// Tries again as `policy` says.
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Makes no more retries than `budget` allows.
    #[must_use]
    pub fn retry_budget(mut self, budget: RetryBudget) -> Self {
        self.retry_budget = budget;
        self
    }

    /// Makes pauses the same in every run.
    #[must_use]
    pub fn jitter_seed(mut self, seed: u64) -> Self {
        self.jitter_seed = Some(seed);
        self
    }

    /// Makes at most `most` calls at once for one session or profile, at least one.
    #[must_use]
    pub fn max_parallel_calls(mut self, most: usize) -> Self {
        self.max_parallel_calls = Some(most);
        self
    }

    /// Tells `observer` of every attempt and call.
    #[must_use]
    pub fn observer(mut self, observer: Arc<dyn Observer>) -> Self {
        self.observer = Some(observer);
        self
    }

    /// Gives up connecting after `timeout`.
    #[must_use]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Trusts the certificates in `pem` too.
    #[must_use]
    pub fn root_certificates(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.root_certificates = pem.into();
        self
    }

    /// Allows `http` to other machines, over which anyone on the way can read the key.
    #[must_use]
    pub fn allow_plain_http(mut self) -> Self {
        self.allow_plain_http = true;
        self
    }
}

impl fmt::Debug for ClientConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not checked yet: it may hold a password or a key that does not belong there.
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
            .field("allow_plain_http", &self.allow_plain_http)
            .finish()
    }
}
