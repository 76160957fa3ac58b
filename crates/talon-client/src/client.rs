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
use tokio::time::Instant;
use tracing::{Instrument, Span};

use crate::config::BaseUrl;
use crate::observer::{CallReport, Observer};
use crate::retry::{Bucket, RetryPolicy};
use crate::{CallOptions, ClientConfig, IdempotencyKey, Transport, encoding, trace};

mod api;
mod attempts;
mod credentials;
mod limiter;

use attempts::{Attempts, Deadline};
use credentials::Credentials;
use limiter::{Limiter, Place};

/// The API over a [`Transport`].
///
/// Cheap to clone; clones share the transport and its connections. Hold it as
/// `Arc<dyn IntegrationApi>` where the code should not care, and in tests put a fake there.
///
/// # Order
/// A call goes through these steps, and nothing happens outside of them:
///
/// 1. Encode: the request becomes HTTP. What no URL can carry fails here.
/// 2. Authorise: the schemes the operation accepts and the client has keys for, all of them.
/// 3. Name: an `Idempotency-Key`, where the operation honours one.
/// 4. Wait for the turn of its session and profile, if there is a
///    [limit](ClientConfig::parallel_calls). The deadline has begun.
/// 5. Send, within the time of an attempt.
/// 6. Unpack and decode: a reply of any status becomes a value or an error.
/// 7. Classify, and [decide](crate::retry): return, or pause and go back to 5. All within the
///    deadline, and with the same `Idempotency-Key`.
///
/// # Cancellation
/// Dropping a call's future ends it at once: no task is left, no further attempt is made, its turn
/// goes to the next, and a connection in the middle of a reply is closed. What was sent may still
/// be applied.
///
/// # Errors
/// Besides those of the operation itself:
///
/// - [`Encode`](ErrorKind::Encode), [`Config`](ErrorKind::Config): nothing was sent.
/// - [`Connect`](ErrorKind::Connect): nothing was sent.
/// - [`Timeout`](ErrorKind::Timeout), [`Interrupted`](ErrorKind::Interrupted): the change may have
///   been applied.
/// - [`Decode`](ErrorKind::Decode): there was a reply, but not one of this operation.
///
/// [`Error::attempts`], [`Error::may_have_been_applied`] and [`Error::stopped_because`] speak of
/// all attempts together.
///
/// # Panics
/// Calls panic outside of a tokio runtime with its clock enabled.
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
    budget: Bucket,
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
            Error::new(ErrorKind::Config, message).caused_by(error)
        })?;
        let inner = Inner {
            base_url: BaseUrl::parse(&config.base_url, config.allow_plain_http)?,
            deadline: config.deadline,
            attempt_timeout: config.attempt_timeout,
            retry: config.retry.clone(),
            budget: Bucket::new(config.retry_budget),
            jitter: Mutex::new(config.jitter_seed.map_or_else(Rng::new, Rng::with_seed)),
            limiter: config.parallel_calls.map(Limiter::new),
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
    pub fn with(&self, options: CallOptions) -> Self {
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
        let span = trace::call(O::INFO);
        let start = Instant::now();
        let result = self.run(&operation, &span).instrument(span.clone()).await;
        trace::outcome(&span, &result);
        result
            .map(|(reply, attempts)| {
                self.inner.report::<O>(start, attempts, None);
                reply
            })
            .inspect_err(|error| self.inner.report::<O>(start, error.attempts(), Some(error)))
    }

    async fn run<O: Operation>(&self, operation: &O, span: &Span) -> Result<(O::Reply, u32)> {
        let request = self.encode(operation)?;
        let deadline = Deadline::after(self.options.deadline.unwrap_or(self.inner.deadline));
        let _places = self.queue_up(operation, deadline).await?;
        let mut attempts = Attempts {
            inner: &self.inner,
            info: O::INFO,
            policy: self.options.retry.as_ref().unwrap_or(&self.inner.retry),
            attempt_timeout: self.options.attempt_timeout.unwrap_or(self.inner.attempt_timeout),
            deadline,
            span,
            made: 0,
            left_open: false,
        };
        let reply = attempts.run::<O>(request).await?;
        Ok((reply, attempts.made))
    }

    fn encode<O: Operation>(&self, operation: &O) -> Result<Request<Bytes>> {
        let mut request = operation.to_http()?;
        *request.uri_mut() = self.inner.base_url.join(request.uri()).map_err(O::named)?;
        self.inner.credentials.authorise(O::INFO, &mut request)?;
        let headers = request.headers_mut();
        headers.insert(USER_AGENT, self.inner.user_agent.clone());
        headers.insert(ACCEPT_ENCODING, encoding::OFFERED);
        if O::INFO.idempotency_key {
            let chosen = self.options.idempotency_key.clone();
            let key = chosen.unwrap_or_else(IdempotencyKey::random);
            headers.insert(IDEMPOTENCY_KEY, key.to_header());
        }
        Ok(request)
    }

    async fn queue_up<O: Operation>(
        &self,
        operation: &O,
        deadline: Deadline,
    ) -> Result<Vec<Place<'_>>> {
        let Some(limiter) = &self.inner.limiter else { return Ok(Vec::new()) };
        let turn = limiter.enter(operation.subjects());
        tokio::time::timeout(deadline.left(), turn).await.map_err(|elapsed| {
            let message = "was not sent: other calls for its session or profile took all the time";
            let error = Error::new(ErrorKind::Timeout, message).caused_by(elapsed);
            error.stopped(StopReason::Deadline).during(O::INFO.id)
        })
    }
}

impl<T> Inner<T> {
    /// The next number that chooses a pause.
    fn chance(&self) -> u32 {
        self.jitter.lock().unwrap_or_else(PoisonError::into_inner).u32(..)
    }

    fn observe(&self, report: impl FnOnce(&dyn Observer)) {
        if let Some(observer) = &self.observer {
            report(&**observer);
        }
    }

    fn report<O: Operation>(&self, start: Instant, attempts: u32, error: Option<&Error>) {
        self.observe(|observer| {
            observer.call(&CallReport {
                operation: O::INFO,
                attempts,
                took: start.elapsed(),
                error: error.map(Error::kind),
                stopped: error.and_then(Error::stopped_because),
            });
        });
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
