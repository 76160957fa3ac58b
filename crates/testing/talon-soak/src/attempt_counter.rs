//! Counts attempts, with the observer of the client.

use std::sync::atomic::{AtomicU64, Ordering};

use talon_client::observer::{AttemptReport, CallReport, Observer};

/// Counts attempts and calls.
#[derive(Debug, Default)]
pub(crate) struct AttemptCounter {
    attempts: AtomicU64,
    calls: AtomicU64,
}

impl AttemptCounter {
    /// Attempts beyond the first of their call.
    pub(crate) fn retries(&self) -> u64 {
        let attempts = self.attempts.load(Ordering::Relaxed);
        attempts.saturating_sub(self.calls.load(Ordering::Relaxed))
    }
}

impl Observer for AttemptCounter {
    fn on_attempt(&self, _: &AttemptReport) {
        self.attempts.fetch_add(1, Ordering::Relaxed);
    }

    fn on_call(&self, _: &CallReport) {
        self.calls.fetch_add(1, Ordering::Relaxed);
    }
}
