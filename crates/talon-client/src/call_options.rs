//! What one call does differently.

use std::time::Duration;

use crate::{IdempotencyKey, RetryPolicy};

/// What the calls of [`Client::with_options`](crate::Client::with_options) do differently; plain data.
///
/// What is not set stays as the client has it.
///
/// ```
/// use std::sync::Arc;
/// use std::time::Duration;
/// use talon_client::{CallOptions, Client, IdempotencyKey, Transport};
/// use talon_core::prelude::*;
///
/// /// A worker behind a queue has more time than a shopper, and may see an order twice.
/// async fn pay<T: Transport>(talon: &Client<T>, order: &str) -> Result<(), Error> {
///     let options = CallOptions::default()
///         .deadline(Duration::from_secs(30))
///         .idempotency_key(IdempotencyKey::new(&format!("{order}/paid"))?);
///     let paid = NewCustomerSessionV2::default().state(SessionState::Closed);
///     let request = UpdateCustomerSessionV2::new(order, IntegrationRequest::new(paid));
///     talon.with_options(options).update_customer_session_v2(request).await?;
///     Ok(())
/// }
/// # drop(pay::<talon_client::Loopback>);
/// ```
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct CallOptions {
    /// Longest time from the start of a call to its reply.
    pub deadline: Option<Duration>,
    /// Longest time of one attempt that may be followed by another.
    pub attempt_timeout: Option<Duration>,
    /// How often a call is tried. The budget of retries remains the client's.
    pub retry: Option<RetryPolicy>,
    /// Key sent to operations that honour one, in place of a random one. It names one request:
    /// under the same key another is not done, but answered as the first was.
    pub idempotency_key: Option<IdempotencyKey>,
}

impl CallOptions {
    /// Gives up a call after `deadline`.
    #[must_use]
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// Gives up an attempt after `timeout`, if there may be another.
    #[must_use]
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(timeout);
        self
    }

    /// Tries again as `policy` says.
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Sends `key` where it is honoured.
    #[must_use]
    pub fn idempotency_key(mut self, key: IdempotencyKey) -> Self {
        self.idempotency_key = Some(key);
        self
    }

    /// These options, and `self` for what they do not set.
    pub(crate) fn overridden_by(self, options: Self) -> Self {
        Self {
            deadline: options.deadline.or(self.deadline),
            attempt_timeout: options.attempt_timeout.or(self.attempt_timeout),
            retry: options.retry.or(self.retry),
            idempotency_key: options.idempotency_key.or(self.idempotency_key),
        }
    }
}
