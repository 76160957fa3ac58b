//! A token bucket for retries, which keeps them from amplifying an outage.

use std::sync::atomic::{AtomicU32, Ordering};

/// Units of a token, so that a success can add a fraction of one.
const TOKEN: u32 = 100;

/// Limits the retries that a client and its clones make together.
///
/// A token bucket that starts full. Each retry takes a token, and each successful call adds a
/// fraction of one. While the service is down nothing is added, and once the bucket is empty, calls
/// fail after their first attempt.
///
/// ```
/// use talon_client::{ClientConfig, RetryBudget};
///
/// let config = ClientConfig::new("https://demo.europe-west1.talon.one");
/// assert_eq!(config.retry_budget, RetryBudget { burst: 20, percent_of_successes: 20 });
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryBudget {
    /// Retries that a full bucket allows; 20 unless set, at most 10 million.
    pub burst: u32,
    /// Retries per 100 successful calls that keep the bucket level; 20 unless set, at most 100.
    pub percent_of_successes: u32,
}

impl Default for RetryBudget {
    fn default() -> Self {
        Self { burst: 20, percent_of_successes: 20 }
    }
}

/// The state of a [`RetryBudget`].
#[derive(Debug)]
pub(crate) struct TokenBucket {
    level: AtomicU32,
    capacity: u32,
    deposit: u32,
}

impl TokenBucket {
    pub(crate) fn new(budget: RetryBudget) -> Self {
        let capacity = budget.burst.min(10_000_000) * TOKEN;
        let deposit = budget.percent_of_successes.min(TOKEN);
        Self { level: AtomicU32::new(capacity), capacity, deposit }
    }

    /// Takes a token for a retry; `false` when there is none.
    pub(crate) fn withdraw(&self) -> bool {
        self.update(|level| level.checked_sub(TOKEN))
    }

    /// Adds a fraction of a token for a successful call.
    pub(crate) fn deposit(&self) {
        self.update(|level| {
            (level < self.capacity).then(|| (level + self.deposit).min(self.capacity))
        });
    }

    fn update(&self, change: impl FnMut(u32) -> Option<u32>) -> bool {
        // The level guards no other memory, so no ordering is needed.
        self.level.fetch_update(Ordering::Relaxed, Ordering::Relaxed, change).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_bucket_allows_no_retry() {
        let bucket = TokenBucket::new(RetryBudget { burst: 2, percent_of_successes: 50 });

        assert_eq!([bucket.withdraw(), bucket.withdraw(), bucket.withdraw()], [true, true, false]);
    }

    #[test]
    fn successes_earn_retries() {
        let bucket = TokenBucket::new(RetryBudget { burst: 1, percent_of_successes: 50 });
        assert!(bucket.withdraw());

        bucket.deposit();
        let after_one = bucket.withdraw();
        bucket.deposit();
        let after_two = bucket.withdraw();

        assert_eq!((after_one, after_two), (false, true));
    }

    #[test]
    fn a_full_bucket_does_not_overflow() {
        let bucket = TokenBucket::new(RetryBudget { burst: 1, percent_of_successes: 100 });

        for _ in 0..10 {
            bucket.deposit();
        }

        assert_eq!([bucket.withdraw(), bucket.withdraw()], [true, false]);
    }

    #[test]
    fn no_budget_is_too_large() {
        let bucket =
            TokenBucket::new(RetryBudget { burst: u32::MAX, percent_of_successes: u32::MAX });

        assert!(bucket.withdraw());
        bucket.deposit();
    }
}
