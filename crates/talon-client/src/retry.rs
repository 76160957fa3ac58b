//! When a failed call is tried again, decided without a clock, a socket or a random source.
//!
//! [`decide`] is a function of what happened; the client supplies time and chance, waits, and pays
//! each retry from a [`RetryBudget`] that its clones share.
//!
//! | what happened | tried again |
//! |---|---|
//! | no connection | always: nothing was sent |
//! | a request that the service refused before it began with it | always: nothing was processed |
//! | no reply in time, connection lost, garbled or empty reply | when a repeat is safe |
//! | 500, 502, 504, and 503 without `Retry-After` | when a repeat is safe |
//! | 429, and 503 with `Retry-After` | always: the service did nothing |
//! | 409 that means too many requests for one session or profile | always: the service did nothing |
//! | any other refusal, a reply that does not fit, a redirect | never |
//!
//! A repeat is safe when the operation [only reads or is
//! idempotent](talon_core::operation::RetrySafety), or honours the header `Idempotency-Key`, which
//! is then the same in all attempts.

use std::time::Duration;

mod backoff;
mod budget;
mod decision;
mod retry_after;

pub use budget::RetryBudget;
pub(crate) use budget::TokenBucket;
pub use decision::{AttemptOutcome, Decision, RetryContext, decide};
pub(crate) use retry_after::retry_after;

/// How often a call is tried, and how long it waits in between; plain data.
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
    /// Most attempts of a call, the first included; 3 unless set. 0 and 1 switch retries off.
    pub max_attempts: u32,
    /// Longest pause before the second attempt; 100 milliseconds unless set, twice the service's
    /// usual answer. Each further one may be twice as long. A pause is chosen by chance between
    /// nothing and its longest, so that callers who failed together do not come back together.
    pub initial_backoff: Duration,
    /// Longest pause before any attempt; 1 second unless set.
    pub max_backoff: Duration,
    /// Longest `Retry-After` that is waited for; 2 seconds unless set. When the service asks for
    /// more, its refusal is returned at once: the caller can say something to the shopper.
    pub max_retry_after: Duration,
}

impl RetryPolicy {
    /// One attempt.
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
