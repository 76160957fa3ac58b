//! What came of it.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use crate::Fault;

/// What came of a soak.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Summary {
    /// Calls made.
    pub calls: u64,
    /// Calls that succeeded.
    pub successes: u64,
    /// Calls that failed, by kind of the error and why there was no further attempt.
    pub failures: BTreeMap<String, u64>,
    /// Attempts beyond the first of their call.
    pub retries: u64,
    /// Faults that were met.
    pub faults: BTreeMap<Fault, u64>,
    /// Calls that did not end in time; must be 0.
    pub hung: u64,
    /// Changes that were applied more than once; must be 0.
    pub double: u64,
    /// Successes that the service knows nothing of; must be 0.
    pub lost: u64,
    /// Changes that were applied although the caller was told that they were not; must be 0.
    pub untold: u64,
    /// Time that the client added to that of its transport, of calls with one attempt: the median.
    pub added_p50: Duration,
    /// The same, of all but one call in a hundred.
    pub added_p99: Duration,
    /// Time of the whole.
    pub took: Duration,
}

impl Summary {
    /// Whether every promise was kept.
    pub fn is_clean(&self) -> bool {
        let ended = self.successes + self.failures.values().sum::<u64>();
        self.hung + self.double + self.lost + self.untold == 0 && ended == self.calls
    }

    /// Median and 99th percentile of `times`.
    pub(crate) fn measured(mut self, mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        let at = |percent| times.get(times.len() * percent / 100).copied().unwrap_or_default();
        (self.added_p50, self.added_p99) = (at(50), at(99));
        self
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let failures: u64 = self.failures.values().sum();
        writeln!(f, "{:>9} calls in {:.1} s", self.calls, self.took.as_secs_f64())?;
        writeln!(f, "{:>9} successes, {} retries", self.successes, self.retries)?;
        writeln!(f, "{failures:>9} failures")?;
        for (failure, count) in &self.failures {
            writeln!(f, "{count:>18} {failure}")?;
        }
        writeln!(f, "{:>9} faults", self.faults.values().sum::<u64>())?;
        for (fault, count) in &self.faults {
            writeln!(f, "{count:>18} {fault}")?;
        }
        writeln!(f, "{:>9} calls that hung", self.hung)?;
        writeln!(f, "{:>9} changes applied twice", self.double)?;
        writeln!(f, "{:>9} successes that were lost", self.lost)?;
        writeln!(f, "{:>9} changes applied although the caller was told otherwise", self.untold)?;
        write!(f, "added by the client: p50 {:?}, p99 {:?}", self.added_p50, self.added_p99)
    }
}
