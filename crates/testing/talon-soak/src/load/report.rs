//! Results of a load.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::connection::{ConnectionResult, LoadCounters};
use super::{LoadPlan, ResourceUsage};

/// Percentage by which the memory of a server with a fixed number of customers may grow in the
/// second half of a load.
const MAX_GROWTH_PERCENT: u64 = 5;

/// Results of a load.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Report {
    /// Samples of the server at even intervals.
    pub samples: Vec<Sample>,
    /// How often each operation got each status.
    pub statuses: BTreeMap<(&'static str, u16), u64>,
    /// Failures, and on how many connections each occurred. A connection stops at its first
    /// failure.
    pub failures: BTreeMap<String, u64>,
    /// Time of each request in microseconds, ascending.
    times: Vec<u32>,
    took: Duration,
    is_bounded: bool,
}

/// State of the server at one point of a load.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Sample {
    /// Time since the load began.
    pub at: Duration,
    /// Replies so far.
    pub requests: u64,
    /// Customers stored so far: a profile, two sessions and a referral each.
    pub customers: u64,
    /// Memory and processor time of the server where they are known.
    pub usage: Option<ResourceUsage>,
}

impl LoadCounters {
    pub(super) fn sample(&self, at: Duration, usage: Option<ResourceUsage>) -> Sample {
        let (requests, customers) = (&self.requests, &self.customers);
        let [requests, customers] =
            [requests, customers].map(|number| number.load(Ordering::Relaxed));
        Sample { at, requests, customers, usage }
    }
}

impl Report {
    pub(super) fn new(
        plan: LoadPlan,
        samples: Vec<Sample>,
        ends: Vec<ConnectionResult>,
        took: Duration,
    ) -> Self {
        let is_bounded = plan.customers.is_some();
        let mut report = Self { samples, took, is_bounded, ..Self::default() };
        for end in ends {
            report.times.extend(end.times);
            if let Some(failure) = end.failure {
                *report.failures.entry(failure).or_default() += 1;
            }
            for (answer, times) in end.statuses {
                *report.statuses.entry(answer).or_default() += times;
            }
        }
        report.times.sort_unstable();
        report
    }

    /// Whether every reply had the expected status, and the server did not grow without storing
    /// more.
    pub fn is_clean(&self) -> bool {
        self.failures.is_empty() && !self.times.is_empty() && !self.has_grown()
    }

    /// Whether the memory of a server with a fixed number of customers grew by more than 5 % in the
    /// second half of the load.
    pub fn has_grown(&self) -> bool {
        let resident = |sample: &Sample| sample.usage.map(|usage| usage.resident);
        let middle = self.samples.get(self.samples.len() / 2).and_then(resident);
        let end = self.samples.last().and_then(resident);
        match (middle, end) {
            (Some(middle), Some(end)) => {
                self.is_bounded && end > middle + middle * MAX_GROWTH_PERCENT / 100
            }
            _ => false,
        }
    }

    /// Number of replies.
    pub fn requests(&self) -> usize {
        self.times.len()
    }

    /// Replies per second.
    pub fn rate(&self) -> f64 {
        f64::from(u32::try_from(self.requests()).unwrap_or(u32::MAX)) / self.took.as_secs_f64()
    }

    /// Latency quantile: `share` of 1000 requests took at most this long.
    pub fn within(&self, share: usize) -> Duration {
        let last = self.times.len().saturating_sub(1);
        let time = self.times.get((self.times.len() * share / 1000).min(last));
        Duration::from_micros(time.copied().unwrap_or_default().into())
    }

    /// Growth of the server's memory in bytes for each customer of the second half.
    pub fn bytes_per_customer(&self) -> Option<u64> {
        let middle = self.samples.get(self.samples.len() / 2)?;
        let end = self.samples.last()?;
        let grown = end.usage?.resident.saturating_sub(middle.usage?.resident);
        grown.checked_div(end.customers - middle.customers)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:>8} {:>10} {:>10} {:>11} {:>8}",
            "second", "requests", "customers", "resident", "cpu"
        )?;
        for sample in &self.samples {
            let Sample { at, requests, customers, usage } = sample;
            write!(f, "{:>8.1} {requests:>10} {customers:>10}", at.as_secs_f64())?;
            match usage {
                Some(ResourceUsage { resident, cpu }) => {
                    let mebibytes = resident / (1024 * 1024);
                    writeln!(f, " {mebibytes:>7} MiB {:>6.1} s", cpu.as_secs_f64())?;
                }
                None => writeln!(f)?,
            }
        }
        writeln!(f)?;
        for ((operation, status), times) in &self.statuses {
            writeln!(f, "{operation:<28} {status} {times:>10}")?;
        }
        writeln!(f)?;
        for (failure, connections) in &self.failures {
            writeln!(f, "FAILED on {connections} connections: {failure}")?;
        }
        if self.has_grown() {
            writeln!(f, "FAILED the server has grown with nothing more to store")?;
        }
        if let Some(bytes) = self.bytes_per_customer().filter(|_| !self.is_bounded) {
            writeln!(
                f,
                "{bytes} bytes for each further customer: a profile, two sessions, a referral"
            )?;
        }
        let [p50, p90, p99, max] = [500, 900, 990, 1000].map(|share| self.within(share));
        writeln!(f, "{} requests, {:.0} a second", self.requests(), self.rate())?;
        write!(f, "p50 {p50:?}, p90 {p90:?}, p99 {p99:?}, longest {max:?}")
    }
}
