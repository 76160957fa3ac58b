//! Results of a soak.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use crate::Fault;

/// Results of a soak.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Summary {
    /// Calls made.
    pub calls: u64,
    /// Calls that succeeded.
    pub successes: u64,
    /// Calls that failed, by kind, status and stop reason of the error.
    pub failures: BTreeMap<String, u64>,
    /// Attempts beyond the first of their call.
    pub retries: u64,
    /// How often each fault was injected.
    pub faults: BTreeMap<Fault, u64>,
    /// Calls that ran three times as long as their deadline; must be 0.
    pub hung: u64,
    /// Changes that were applied more than once; must be 0.
    pub duplicated: u64,
    /// Successful changes that are not in the state of the service; must be 0.
    pub lost: u64,
    /// Changes that were applied and reported as not applied; must be 0.
    pub unreported: u64,
    /// Median of the time that the client needs in addition to its transport, over calls with one
    /// attempt.
    pub overhead_p50: Duration,
    /// 99th percentile of the same time.
    pub overhead_p99: Duration,
    /// Duration of the soak.
    pub duration: Duration,
}

impl Summary {
    /// Whether nothing hung, was lost, or was applied twice.
    pub fn is_clean(&self) -> bool {
        let ended = self.successes + self.failures.values().sum::<u64>();
        self.hung + self.duplicated + self.lost + self.unreported == 0 && ended == self.calls
    }

    /// Median and 99th percentile of `times`.
    pub(crate) fn measured(mut self, mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        let at = |percent| times.get(times.len() * percent / 100).copied().unwrap_or_default();
        (self.overhead_p50, self.overhead_p99) = (at(50), at(99));
        self
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let failures: u64 = self.failures.values().sum();
        writeln!(f, "{:>9} calls in {:.1} s", self.calls, self.duration.as_secs_f64())?;
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
        writeln!(f, "{:>9} changes applied twice", self.duplicated)?;
        writeln!(f, "{:>9} successes that were lost", self.lost)?;
        writeln!(f, "{:>9} changes applied that were reported as not applied", self.unreported)?;
        write!(f, "added by the client: p50 {:?}, p99 {:?}", self.overhead_p50, self.overhead_p99)
    }
}
