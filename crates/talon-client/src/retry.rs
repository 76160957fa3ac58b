//! The decision whether a failed call is retried.
//!
//! [`decide`] is a pure function without clock, I/O or random numbers. The client passes the time
//! left and a random number, waits, and takes each retry from a [`RetryBudget`] that its clones
//! share.
//!
//! | result of the attempt | retried |
//! |---|---|
//! | no connection | always: nothing was sent |
//! | refused by the service before it was processed | always: nothing was processed |
//! | no reply in time, connection lost, damaged or empty reply | when a repeat is safe |
//! | 500, 502, 504, and 503 without `Retry-After` | when a repeat is safe |
//! | 429, and 503 with `Retry-After` | always: nothing was processed |
//! | 409 for too many parallel requests | always: nothing was processed |
//! | any other refusal, a JSON reply of another shape, a redirect | never |
//!
//! A repeat is safe when the operation [only reads or is
//! idempotent](talon_core::operation::RetrySafety), or supports the header `Idempotency-Key`, which
//! is the same in all attempts.

use std::time::Duration;

mod backoff;
mod budget;
mod decision;
mod retry_after;

pub use budget::RetryBudget;
pub(crate) use budget::TokenBucket;
pub use decision::{AttemptOutcome, Decision, RetryContext, decide};
pub(crate) use retry_after::retry_after;

/// Number of attempts of a call, and the pauses between them: exponential backoff with full jitter.
///
/// ```
/// use std::time::Duration;
/// use talon_client::{ClientConfig, RetryPolicy};
///
/// let patient = RetryPolicy { max_attempts: 5, max_retry_after: Duration::from_secs(20), ..RetryPolicy::default() };
/// let config = ClientConfig::new("https://demo.europe-west1.talon.one").retry(patient);
///
/// assert_eq!(config.retry.initial_backoff, Duration::from_millis(100));
/// assert_eq!(RetryPolicy::never().max_attempts, 1);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    /// Most attempts of a call, including the first; 3 unless set. 0 and 1 mean no retries.
    pub max_attempts: u32,
    /// Longest pause before the second attempt; 100 milliseconds unless set, twice the usual
    /// response time of the service. It doubles with each further attempt. The pause itself is
    /// random between zero and the longest, so that callers that failed together do not retry
    /// together.
    pub initial_backoff: Duration,
    /// Longest pause before any attempt; 1 second unless set.
    pub max_backoff: Duration,
    /// Longest `Retry-After` that the client waits for; 2 seconds unless set. When the service asks
    /// for more, the call fails at once with the refusal.
    pub max_retry_after: Duration,
}

impl RetryPolicy {
    /// No retries: one attempt.
    pub fn never() -> Self {
        Self { max_attempts: 1, ..Self::default() }
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_attempts: 3,
            initial_backoff: Duration::from_millis(100),
            max_backoff: Duration::from_secs(1),
            max_retry_after: Duration::from_secs(2),
        }
    }
}
