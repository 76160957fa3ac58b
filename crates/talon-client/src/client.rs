//! The client: one pipeline for the calls of all operations.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use fastrand::Rng;
use http::HeaderValue;
use talon_core::{Error, ErrorKind, Result};

use crate::config::BaseUrl;
use crate::observer::Observer;
use crate::retry::{RetryPolicy, TokenBucket};
use crate::{CallOptions, ClientConfig, Transport};

mod api;
mod call;
mod credentials;
mod exchange;
mod limiter;
mod reporter;
mod retry_loop;
mod runtime;

use credentials::Credentials;
use limiter::Limiter;

/// Client of the Integration API over a [`Transport`].
///
/// Implements [`IntegrationApi`](talon_core::IntegrationApi). Cheap to clone; clones share the
/// transport with its connections, the retry budget and the limit of parallel calls. Code that
/// holds it as `Arc<dyn IntegrationApi>` can be tested with a fake in its place.
///
/// ```
/// use std::sync::Arc;
/// use std::time::Duration;
/// use talon_client::{CallOptions, Client, ClientConfig, Loopback};
/// use talon_core::{IntegrationApi, Result, async_trait, operations::DeleteCustomerData};
///
/// #[derive(Debug)]
/// struct Service;
///
/// #[async_trait]
/// impl IntegrationApi for Service {
///     async fn delete_customer_data(&self, _: DeleteCustomerData) -> Result<()> {
///         Ok(())
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let config = ClientConfig::new("https://demo.talon.one").api_key("fefecafedeadbeef");
/// let client = Client::new(config, Loopback::new(Arc::new(Service)))?;
/// client.delete_customer_data(DeleteCustomerData::new("anna")).await?;
///
/// // A call with a longer deadline, over the same connections and with the same retry budget.
/// let patient = client.with_options(CallOptions::default().deadline(Duration::from_secs(30)));
/// patient.delete_customer_data(DeleteCustomerData::new("bert")).await?;
///
/// // An id that is invalid in a URL fails before anything is sent.
/// let error = client.delete_customer_data(DeleteCustomerData::new("")).await.unwrap_err();
/// assert_eq!((error.attempts(), error.may_have_been_applied()), (0, false));
/// # Ok(())
/// # }
/// ```
///
/// # What has no method
/// The methods of [`IntegrationApi`](talon_core::IntegrationApi) return the reply alone.
///
/// - [`call_with_response`](Self::call_with_response) returns it with the status and the headers:
///   the id of the request, limits of the rate.
/// - [`call`](Self::call) takes any operation, also one that you declare with
///   [`operation!`](talon_core::operation!).
/// - [`call_raw`](Self::call_raw) sends any method, path, query and body.
///
/// # Pipeline
/// A call consists of these steps:
///
/// 1. Encode the request as HTTP. An id that is invalid in a URL fails here.
/// 2. Add credentials for every scheme that the operation accepts and the client has a key for.
/// 3. Add an `Idempotency-Key`, where the operation supports it.
/// 4. Wait for a permit of the session and the profile, if calls are
///    [limited](ClientConfig::max_parallel_calls). The deadline runs from here on.
/// 5. Send, within the attempt timeout.
/// 6. Decompress and decode: a reply of any status becomes a value or an error.
/// 7. Classify the error and [decide](crate::retry): return it, or pause and continue with 5,
///    within the deadline and with the same `Idempotency-Key`.
///
/// # Cancellation
/// Dropping a call's future cancels the call at once: no task is left, no further attempt is made,
/// its permit goes to the next call, and a connection in the middle of a reply is closed. A request
/// that was sent may still be applied. The [observer](crate::observer) gets a report with
/// `cancelled`.
///
/// # Errors
/// In addition to refusals by the service, [`Api`](ErrorKind::Api):
///
/// - [`Encode`](ErrorKind::Encode), [`Config`](ErrorKind::Config): nothing was sent.
/// - [`Connect`](ErrorKind::Connect): nothing was sent.
/// - [`Unprocessed`](ErrorKind::Unprocessed): the service refused the request before it processed
///   it.
/// - [`Timeout`](ErrorKind::Timeout), [`Interrupted`](ErrorKind::Interrupted): the change may have
///   been applied.
/// - [`Decode`](ErrorKind::Decode): the reply cannot be read as one of this operation. The change
///   may have been applied.
///
/// [`Error::attempts`], [`Error::may_have_been_applied`] and [`Error::stop_reason`] cover
/// all attempts of the call.
///
/// # Runtime
/// Calls need a tokio runtime with timers (`enable_time`), and with I/O (`enable_io`) if the
/// transport uses sockets. Otherwise they fail with [`Config`](ErrorKind::Config) and a message
/// that says what is missing. A client can be created outside of a runtime.
pub struct Client<T> {
    inner: Arc<Inner<T>>,
    options: CallOptions,
}

/// What the clones of a client share. Calls see the transport as `dyn Transport`, so that they are
/// compiled once for all transports.
struct Inner<T: ?Sized> {
    base_url: BaseUrl,
    credentials: Credentials,
    user_agent: HeaderValue,
    deadline: Duration,
    attempt_timeout: Duration,
    retry: RetryPolicy,
    budget: TokenBucket,
    jitter: Mutex<fastrand::Rng>,
    limiter: Option<Limiter>,
    observer: Option<Arc<dyn Observer>>,
    transport: T,
}

impl<T: Transport> Client<T> {
    /// Creates a client with the settings of `config` over `transport`. Opens no connection.
    ///
    /// # Errors
    /// [`Config`](ErrorKind::Config) when the base URL is invalid, when there is no key, or when a
    /// key, prefix or user agent is invalid in a header.
    pub fn new(config: ClientConfig, transport: T) -> Result<Self> {
        let user_agent = HeaderValue::from_str(&config.user_agent).map_err(|error| {
            let message = "the user agent has characters that no header can carry";
            Error::builder(ErrorKind::Config, message).source(error).build()
        })?;
        let inner = Inner {
            base_url: BaseUrl::parse(&config.base_url, config.allow_plain_http)?,
            deadline: config.deadline,
            attempt_timeout: config.attempt_timeout,
            retry: config.retry.clone(),
            budget: TokenBucket::new(config.retry_budget),
            jitter: Mutex::new(config.jitter_seed.map_or_else(Rng::new, Rng::with_seed)),
            limiter: config.max_parallel_calls.map(Limiter::new),
            observer: config.observer.clone(),
            credentials: Credentials::new(config)?,
            user_agent,
            transport,
        };
        Ok(Self { inner: Arc::new(inner), options: CallOptions::default() })
    }

    /// A client whose calls have these options. It shares connections, retry budget and limit of
    /// parallel calls with `self`. As cheap as a clone, so it can be made for a single call.
    #[must_use]
    pub fn with_options(&self, options: CallOptions) -> Self {
        let options = self.options.clone().overridden_by(options);
        Self { inner: Arc::clone(&self.inner), options }
    }

    /// The transport.
    pub fn transport(&self) -> &T {
        &self.inner.transport
    }
}

impl<T: ?Sized> Inner<T> {
    /// The next random number for a pause.
    fn next_jitter(&self) -> u32 {
        self.jitter.lock().unwrap_or_else(PoisonError::into_inner).u32(..)
    }

    fn observe(&self, report: impl FnOnce(&dyn Observer)) {
        if let Some(observer) = &self.observer {
            report(&**observer);
        }
    }
}

impl<T> Clone for Client<T> {
    fn clone(&self) -> Self {
        Self { inner: Arc::clone(&self.inner), options: self.options.clone() }
    }
}

impl<T: fmt::Debug> fmt::Debug for Client<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.inner.base_url.as_str())
            .field("credentials", &self.inner.credentials)
            .field("deadline", &self.inner.deadline)
            .field("options", &self.options)
            .field("transport", &self.inner.transport)
            .finish_non_exhaustive()
    }
}
