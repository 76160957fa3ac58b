//! What came of a load.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::connection::{End, Tally};
use super::{LoadPlan, Usage};

/// How much a server of a fixed number of customers may grow from the middle of a load to its end,
/// in parts of 100.
const GROWTH: u64 = 5;

/// What came of a load.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Report {
    /// The server during the load, at even intervals.
    pub samples: Vec<Sample>,
    /// How often each operation was answered with each status.
    pub statuses: BTreeMap<(&'static str, u16), u64>,
    /// What was wrong, and on how many connections, which went no further.
    pub failures: BTreeMap<String, u64>,
    /// Time of each request in microseconds, ascending.
    times: Vec<u32>,
    took: Duration,
    is_bounded: bool,
}

/// A look at the server during a load.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Sample {
    /// Time since the load began.
    pub at: Duration,
    /// Requests answered so far.
    pub requests: u64,
    /// Customers stored so far: a profile, two sessions and a referral each.
    pub customers: u64,
    /// What the server uses, if anybody can tell.
    pub usage: Option<Usage>,
}

impl Tally {
    pub(super) fn sample(&self, at: Duration, usage: Option<Usage>) -> Sample {
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
        ends: Vec<End>,
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

    /// Whether every request was answered as it should be, and the server did not grow without
    /// storing more.
    pub fn is_clean(&self) -> bool {
        self.failures.is_empty() && !self.times.is_empty() && !self.has_grown()
    }

    /// Whether a server that has nothing more to store has grown since the middle of the load.
    pub fn has_grown(&self) -> bool {
        let resident = |sample: &Sample| sample.usage.map(|usage| usage.resident);
        let middle = self.samples.get(self.samples.len() / 2).and_then(resident);
        let end = self.samples.last().and_then(resident);
        match (middle, end) {
            (Some(middle), Some(end)) => self.is_bounded && end > middle + middle * GROWTH / 100,
            _ => false,
        }
    }

    /// Requests answered.
    pub fn requests(&self) -> usize {
        self.times.len()
    }

    /// Requests answered in a second.
    pub fn rate(&self) -> f64 {
        f64::from(u32::try_from(self.requests()).unwrap_or(u32::MAX)) / self.took.as_secs_f64()
    }

    /// The time within which this share of the requests was answered, in parts of 1000.
    pub fn within(&self, share: usize) -> Duration {
        let last = self.times.len().saturating_sub(1);
        let time = self.times.get((self.times.len() * share / 1000).min(last));
        Duration::from_micros(time.copied().unwrap_or_default().into())
    }

    /// Bytes that the server grew by for each customer that was stored in the second half.
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
                Some(Usage { resident, cpu }) => {
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
