//! The client: one pipeline for all operations.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use fastrand::Rng;
use http::header::{ACCEPT_ENCODING, USER_AGENT};
use http::{HeaderValue, Request};
use talon_core::operation::IDEMPOTENCY_KEY;
use talon_core::{Error, ErrorKind, Operation, Result, StopReason};
use tracing::{Instrument, Span};

use crate::config::BaseUrl;
use crate::observer::Observer;
use crate::retry::{RetryPolicy, TokenBucket};
use crate::{CallOptions, ClientConfig, IdempotencyKey, Transport, content_encoding, trace};

mod api;
mod credentials;
mod limiter;
mod reporter;
mod retry_loop;
mod runtime;

use credentials::Credentials;
use limiter::{Limiter, Permit};
use reporter::Reporter;
use retry_loop::{Deadline, RetryLoop};

/// Most headers that are added to what the codec writes: ours, and those of a transport.
const EXTRA_HEADERS: usize = 7;

/// The API over a [`Transport`].
///
/// Cheap to clone; clones share the transport and its connections. Hold it as
/// `Arc<dyn IntegrationApi>` where the code should not care, and in tests put a fake there.
///
/// ```
/// use std::sync::Arc;
/// use std::time::Duration;
/// use talon_client::{CallOptions, Client, ClientConfig, Loopback};
/// use talon_core::{IntegrationApi, Result, async_trait, operations::DeleteCustomerData};
///
/// #[derive(Debug)]
/// struct Shredder;
///
/// #[async_trait]
/// impl IntegrationApi for Shredder {
///     async fn delete_customer_data(&self, _: DeleteCustomerData) -> Result<()> {
///         Ok(())
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let config = ClientConfig::new("https://demo.talon.one").api_key("fefecafedeadbeef");
/// let client = Client::new(config, Loopback::new(Arc::new(Shredder)))?;
/// client.delete_customer_data(DeleteCustomerData::new("anna")).await?;
///
/// // The same connections and budget of retries, but one call with a deadline of its own.
/// let patient = client.with_options(CallOptions::default().deadline(Duration::from_secs(30)));
/// patient.delete_customer_data(DeleteCustomerData::new("bert")).await?;
///
/// // What no URL can carry fails before anything is sent.
/// let error = client.delete_customer_data(DeleteCustomerData::new("")).await.unwrap_err();
/// assert_eq!((error.attempts(), error.may_have_been_applied()), (0, false));
/// # Ok(())
/// # }
/// ```
///
/// # Order
/// A call goes through these steps, and nothing happens outside of them:
///
/// 1. Encode: the request becomes HTTP. What no URL can carry fails here.
/// 2. Authorise: the schemes the operation accepts and the client has keys for, all of them.
/// 3. Name: an `Idempotency-Key`, where the operation honours one.
/// 4. Wait for the turn of its session and profile, if there is a
///    [limit](ClientConfig::max_parallel_calls). The deadline has begun.
/// 5. Send, within the time of an attempt.
/// 6. Unpack and decode: a reply of any status becomes a value or an error.
/// 7. Classify, and [decide](crate::retry): return, or pause and go back to 5. All within the
///    deadline, and with the same `Idempotency-Key`.
///
/// # Cancellation
/// Dropping a call's future cancels the call at once: no task is left, no further attempt is made, its
/// permit goes to the next call, and a connection in the middle of a reply is closed. What was sent may still
/// be applied. The [observer](crate::observer) is told of a call that was abandoned.
///
/// # Errors
/// Besides those of the operation itself:
///
/// - [`Encode`](ErrorKind::Encode), [`Config`](ErrorKind::Config): nothing was sent.
/// - [`Connect`](ErrorKind::Connect): nothing was sent.
/// - [`Unprocessed`](ErrorKind::Unprocessed): the service refused the request before it began.
/// - [`Timeout`](ErrorKind::Timeout), [`Interrupted`](ErrorKind::Interrupted): the change may have
///   been applied.
/// - [`Decode`](ErrorKind::Decode): there was a reply, but not one of this operation.
///
/// [`Error::attempts`], [`Error::may_have_been_applied`] and [`Error::stop_reason`] speak of
/// all attempts together.
///
/// # Runtime
/// Calls need a tokio runtime with timers (`enable_time`), and with I/O (`enable_io`) if the
/// transport has sockets. Without, they fail with [`Config`](ErrorKind::Config), which says what is
/// missing.
pub struct Client<T> {
    inner: Arc<Inner<T>>,
    options: CallOptions,
}

struct Inner<T> {
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
    /// A client that calls as `config` says, over `transport`.
    ///
    /// # Errors
    /// [`Config`](ErrorKind::Config) when the base URL is unfit, no key is given, or a key, prefix
    /// or user agent cannot be written in a header.
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

    /// A client whose calls differ in what `options` set; connections, budget of retries and limit
    /// are shared. As cheap as a clone: make one for a single call.
    #[must_use]
    pub fn with_options(&self, options: CallOptions) -> Self {
        let options = self.options.clone().overridden_by(options);
        Self { inner: Arc::clone(&self.inner), options }
    }

    /// The transport, for what it alone can tell.
    pub fn transport(&self) -> &T {
        &self.inner.transport
    }

    /// Calls any operation; the methods of [`IntegrationApi`](talon_core::IntegrationApi) are this.
    ///
    /// # Errors
    /// See [`Client`].
    pub async fn call<O: Operation>(&self, operation: O) -> Result<O::Reply> {
        let span = trace::call_span(O::INFO);
        let mut reporter = Reporter::begin(self.inner.observer.as_deref(), O::INFO, &span);
        let running = self.run(&operation, &span, &mut reporter.attempts);
        let result = running.instrument(span.clone()).await;
        reporter.end(&result);
        result
    }

    async fn run<O: Operation>(
        &self,
        operation: &O,
        span: &Span,
        attempts: &mut u32,
    ) -> Result<O::Reply> {
        let key = self.idempotency_key::<O>();
        let encode = || self.encode(operation, key.clone());
        let first = encode()?;
        runtime::check().map_err(O::with_operation)?;
        let deadline = Deadline::after(self.options.deadline.unwrap_or(self.inner.deadline));
        let _permits = self.acquire_permits(operation, deadline).await?;
        let mut retry_loop = RetryLoop {
            inner: &self.inner,
            info: O::INFO,
            policy: self.options.retry.as_ref().unwrap_or(&self.inner.retry),
            attempt_timeout: self.options.attempt_timeout.unwrap_or(self.inner.attempt_timeout),
            deadline,
            span,
            attempts,
            may_be_applied: false,
        };
        retry_loop.run::<O>(first, encode).await
    }

    /// The key of a call, the same in all its attempts; `None` where none is honoured.
    fn idempotency_key<O: Operation>(&self) -> Option<HeaderValue> {
        let key = || match &self.options.idempotency_key {
            Some(chosen) => chosen.to_header(),
            None => IdempotencyKey::random().to_header(),
        };
        O::INFO.idempotency_key.then(key)
    }

    fn encode<O: Operation>(
        &self,
        operation: &O,
        key: Option<HeaderValue>,
    ) -> Result<Request<Bytes>> {
        let (mut head, body) = operation.to_http()?.into_parts();
        head.uri = self.inner.base_url.join(head.uri).map_err(O::with_operation)?;
        head.headers.reserve(EXTRA_HEADERS);
        self.inner.credentials.authorise(O::INFO, &mut head.headers, &body)?;
        head.headers.insert(USER_AGENT, self.inner.user_agent.clone());
        head.headers.insert(ACCEPT_ENCODING, content_encoding::ACCEPTED);
        if let Some(key) = key {
            head.headers.insert(IDEMPOTENCY_KEY, key);
        }
        Ok(Request::from_parts(head, body))
    }

    async fn acquire_permits<O: Operation>(
        &self,
        operation: &O,
        deadline: Deadline,
    ) -> Result<Vec<Permit<'_>>> {
        let Some(limiter) = &self.inner.limiter else { return Ok(Vec::new()) };
        let permits = limiter.acquire(operation.subjects());
        tokio::time::timeout(deadline.time_left(), permits).await.map_err(|elapsed| {
            let message = "was not sent: other calls for its session or profile took all the time";
            let error = Error::builder(ErrorKind::Timeout, message).source(elapsed);
            error.stop_reason(StopReason::Deadline).operation(O::INFO.id).build()
        })
    }
}

impl<T> Inner<T> {
    /// The next number that chooses a pause.
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
