//! Settings of a single call.

use std::future::Future;
use std::time::Duration;

use crate::{IdempotencyKey, RetryPolicy};

tokio::task_local! {
    /// Options of calls on their way to a client, past a `dyn IntegrationApi`.
    static SCOPE: CallOptions;
}

/// Settings of single calls, for [`Client::with_options`](crate::Client::with_options), and for any
/// implementation of the API, such as an `Arc<dyn IntegrationApi>`,
/// [`IntegrationApiExt::with_options`](crate::IntegrationApiExt::with_options).
///
/// A setting that is `None` is that of the client's [`ClientConfig`](crate::ClientConfig). `None`
/// is the default of each. Where options are given twice, those nearer to the caller override the
/// others.
///
/// ```
/// use std::sync::Arc;
/// use std::time::Duration;
/// use talon_client::{CallOptions, Client, IdempotencyKey, Transport};
/// use talon_core::prelude::*;
///
/// /// A worker of a queue has more time than a shopper, and may get an order twice.
/// async fn pay<T: Transport>(talon: &Client<T>, order: &str) -> Result<(), Error> {
///     let options = CallOptions::default()
///         .deadline(Duration::from_secs(30))
///         .idempotency_key(IdempotencyKey::new(&format!("{order}/paid"))?);
///     let paid = NewCustomerSessionV2::default().state(SessionState::Closed);
///     let request = UpdateCustomerSessionV2::new(order, paid);
///     talon.with_options(options).update_customer_session_v2(request).await?;
///     Ok(())
/// }
/// # drop(pay::<talon_client::Loopback>);
/// ```
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct CallOptions {
    /// Longest time from the start of a call to its reply, all attempts and pauses included.
    pub deadline: Option<Duration>,
    /// Longest time of one attempt that may be followed by another.
    pub attempt_timeout: Option<Duration>,
    /// Number of attempts, and the pauses between them. The retry budget remains that of the
    /// client.
    pub retry: Option<RetryPolicy>,
    /// Idempotency key in place of a random one, for operations that support it. It identifies one
    /// request: the service does not process another request with the same key, and repeats the
    /// reply to the first.
    pub idempotency_key: Option<IdempotencyKey>,
}

impl CallOptions {
    /// Sets [`deadline`](Self::deadline).
    #[must_use]
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// Sets [`attempt_timeout`](Self::attempt_timeout).
    #[must_use]
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(timeout);
        self
    }

    /// Sets [`retry`](Self::retry).
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Sets [`idempotency_key`](Self::idempotency_key).
    #[must_use]
    pub fn idempotency_key(mut self, key: IdempotencyKey) -> Self {
        self.idempotency_key = Some(key);
        self
    }

    /// Runs `future`: the clients that it calls in the same task have these options, unless the task
    /// has others already.
    pub(crate) async fn scope<F: Future>(self, future: F) -> F::Output {
        let options = match Self::current() {
            Some(outer) => self.overridden_by(outer),
            None => self,
        };
        SCOPE.scope(options, future).await
    }

    /// The options of the innermost [scope](Self::scope) of this task.
    pub(crate) fn current() -> Option<Self> {
        SCOPE.try_with(Clone::clone).ok()
    }

    /// `options`, with the settings of `self` where they have none.
    pub(crate) fn overridden_by(self, options: Self) -> Self {
        Self {
            deadline: options.deadline.or(self.deadline),
            attempt_timeout: options.attempt_timeout.or(self.attempt_timeout),
            retry: options.retry.or(self.retry),
            idempotency_key: options.idempotency_key.or(self.idempotency_key),
        }
    }
}
