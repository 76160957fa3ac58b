//! Log of calls, bounded in number and bytes.

use std::borrow::Cow;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use talon_core::Operation;
#[cfg(feature = "serve")]
use talon_core::SessionId;

use super::entry::LogEntry;
use super::{AnyCallRecord, CallData, EncodedReply, HttpDetails, LoggedCall};
#[cfg(feature = "serve")]
use crate::state::RuleFailures;

/// How many calls are kept by default.
const MAX_CALLS: usize = 10_000;

/// How many bytes the bodies of the kept calls over HTTP may have together. The oldest calls are
/// dropped first.
const MAX_BODY_BYTES: usize = 64 << 20;

/// How many failures of rules are kept, of all calls together. Those of the oldest calls are dropped
/// first; the calls themselves are kept.
const MAX_FAILURES: usize = 20_000;

#[derive(Clone, Debug)]
pub(crate) struct CallLog {
    entries: VecDeque<LogEntry>,
    max_calls: usize,
    /// Bytes of the bodies of all entries, as far as they are known.
    body_bytes: usize,
    max_body_bytes: usize,
    /// Number of the failures of all entries.
    failures: usize,
    /// The first call whose failures are kept.
    first_with_failures: u64,
    last: u64,
    /// How many calls are no longer kept, by operation.
    forgotten: BTreeMap<Option<&'static str>, u64>,
}

impl Default for CallLog {
    fn default() -> Self {
        Self {
            entries: VecDeque::new(),
            max_calls: MAX_CALLS,
            body_bytes: 0,
            max_body_bytes: MAX_BODY_BYTES,
            failures: 0,
            first_with_failures: 1,
            last: 0,
            forgotten: BTreeMap::new(),
        }
    }
}

impl CallLog {
    /// Keeps the last `max_calls` calls.
    pub(crate) fn set_max_calls(&mut self, max_calls: usize) {
        self.max_calls = max_calls;
        self.make_room();
    }

    /// Keeps calls over HTTP as long as their bodies have at most `bytes` bytes together.
    #[cfg(feature = "serve")]
    pub(crate) fn set_max_body_bytes(&mut self, bytes: usize) {
        self.max_body_bytes = bytes;
        self.make_room();
    }

    pub(crate) fn keeps_any(&self) -> bool {
        self.max_calls > 0
    }

    pub(crate) fn clear(&mut self) {
        (self.body_bytes, self.failures, self.first_with_failures, self.last) = (0, 0, 1, 0);
        self.entries.clear();
        self.forgotten.clear();
    }

    /// Counts a call, keeps it, and returns its number and the calls that are forgotten for it. Drop
    /// these without the lock of the log: a request and a reply have hundreds of parts.
    #[must_use]
    pub(crate) fn record(&mut self, entry: LogEntry) -> (u64, Vec<LogEntry>) {
        self.last += 1;
        self.failures += entry.failure_count();
        self.entries.push_back(entry);
        let forgotten = self.make_room();
        (self.last, forgotten)
    }

    /// Adds what a call over HTTP has in addition, and how many bytes its bodies have. With the reply, the
    /// call is kept as it was sent. Returns what is no longer kept, as [`record`](Self::record) does.
    #[must_use]
    pub(crate) fn set_http(
        &mut self,
        number: u64,
        http: HttpDetails,
        reply: Option<EncodedReply>,
        bytes: usize,
    ) -> (Vec<LogEntry>, Option<LoggedCall>) {
        let Some(entry) = self.entry_mut(number) else { return (Vec::new(), None) };
        let mut call = None;
        if entry.call.is_some() {
            entry.http = Some(Arc::new(http));
            call = reply.and_then(|reply| entry.encode(reply));
        }
        let before = std::mem::replace(&mut entry.body_bytes, bytes);
        self.body_bytes = self.body_bytes + bytes - before;
        (self.make_room(), call)
    }

    fn entry_mut(&mut self, number: u64) -> Option<&mut LogEntry> {
        let position = number.checked_sub(self.forgotten() + 1)?;
        self.entries.get_mut(usize::try_from(position).ok()?)
    }

    /// Calls of `O` that are still kept with their numbers, oldest first.
    pub(crate) fn of<O: Operation>(&self) -> impl Iterator<Item = (u64, Cow<'_, CallData<O>>)> {
        self.numbered().filter_map(|(number, entry)| Some((number, entry.data()?)))
    }

    /// All calls that are still kept, oldest first.
    pub(crate) fn all(&self) -> Vec<AnyCallRecord> {
        self.after(0)
    }

    /// The calls after the one with a number that are still kept, oldest first.
    pub(crate) fn after(&self, number: u64) -> Vec<AnyCallRecord> {
        let later = self.numbered().filter(|(it, _)| *it > number);
        later.filter_map(|(number, entry)| entry.describe(number)).collect()
    }

    /// For each session the last call that evaluated and stored it, and why rules did not apply.
    #[cfg(feature = "serve")]
    pub(crate) fn failures_of_sessions(
        &self,
    ) -> BTreeMap<&SessionId, (u64, Option<&RuleFailures>)> {
        let calls = self.numbered().filter_map(|(number, entry)| {
            Some((entry.evaluated_session()?, (number, entry.failures.as_deref())))
        });
        // A later call takes the place of an earlier one.
        calls.collect()
    }

    /// The number of the last call.
    #[cfg(feature = "serve")]
    pub(crate) fn last(&self) -> u64 {
        self.last
    }

    /// How many calls are no longer kept.
    pub(crate) fn forgotten(&self) -> u64 {
        self.last.saturating_sub(u64::try_from(self.entries.len()).unwrap_or(u64::MAX))
    }

    fn numbered(&self) -> impl Iterator<Item = (u64, &LogEntry)> {
        (self.forgotten() + 1..).zip(&self.entries)
    }

    /// How many calls of an operation there were; of requests that match none where it is `None`.
    pub(crate) fn count(&self, operation: Option<&'static str>) -> u64 {
        let kept = self.entries.iter().filter(|entry| entry.operation == operation).count();
        let forgotten = self.forgotten.get(&operation).copied().unwrap_or(0);
        forgotten + u64::try_from(kept).unwrap_or(u64::MAX)
    }

    /// Removes the oldest calls until the others fit. The last one stays, whatever its size.
    fn make_room(&mut self) -> Vec<LogEntry> {
        let mut removed = Vec::new();
        while self.entries.len() > self.max_calls
            || (self.body_bytes > self.max_body_bytes && self.entries.len() > 1)
        {
            let Some(oldest) = self.entries.pop_front() else { return removed };
            self.body_bytes -= oldest.body_bytes;
            self.failures -= oldest.failure_count();
            *self.forgotten.entry(oldest.operation).or_default() += 1;
            removed.push(oldest);
        }
        self.first_with_failures = self.first_with_failures.max(self.forgotten() + 1);
        while self.failures > MAX_FAILURES && self.first_with_failures < self.last {
            let Some(entry) = self.entry_mut(self.first_with_failures) else { break };
            let dropped = entry.failures.take();
            self.failures -= dropped.map_or(0, |failures| failures.len());
            self.first_with_failures += 1;
        }
        removed
    }
}

#[cfg(all(test, feature = "serve"))]
mod tests {
    use bytes::Bytes;
    use http::StatusCode;
    use talon_core::operations::TrackEvent;

    use super::*;
    use crate::control::calls::UntypedCall;
    use crate::state::{Campaigns, FailureCause, RuleFailure};

    fn log_of(calls: usize) -> CallLog {
        let mut log = CallLog::default();
        for _ in 0..calls {
            drop(log.record(LogEntry::untyped(UntypedCall {
                at: talon_core::Timestamp::UNIX_EPOCH,
                operation: None,
                method: http::Method::GET,
                status: StatusCode::NOT_FOUND,
                reply: Bytes::new(),
                unknown_members: Vec::new(),
                near: None,
            })));
        }
        log
    }

    fn set_body_bytes(log: &mut CallLog, number: u64, bytes: usize) {
        let http = HttpDetails::new(&http::Uri::default(), &http::HeaderMap::new(), &[], None);
        drop(log.set_http(number, http, None, bytes));
    }

    fn failures(count: usize) -> RuleFailures {
        let failure =
            RuleFailure { campaign: 1.into(), rule: 0, cause: FailureCause::Limit, codes: None };
        RuleFailures::new(&Arc::new(Campaigns::from_iter([])), vec![failure; count])
    }

    fn numbers(log: &CallLog) -> Vec<u64> {
        log.all().iter().map(|call| call.number).collect()
    }

    #[test]
    fn numbers_and_counts_go_on_when_old_calls_are_forgotten() {
        let mut log = log_of(5);

        log.set_max_calls(2);

        assert_eq!(numbers(&log), [4, 5]);
        assert_eq!((log.forgotten(), log.count(None)), (3, 5));
    }

    #[test]
    fn large_calls_displace_older_ones_and_the_last_one_stays() {
        let mut log = log_of(3);
        log.set_max_body_bytes(100);

        set_body_bytes(&mut log, 2, 60);
        set_body_bytes(&mut log, 3, 30);
        assert_eq!(numbers(&log), [1, 2, 3]);
        set_body_bytes(&mut log, 3, 50);
        assert_eq!(numbers(&log), [3]);
        set_body_bytes(&mut log, 3, 500);
        assert_eq!(numbers(&log), [3]);

        set_body_bytes(&mut log, 1, 500);
        assert_eq!(numbers(&log), [3], "a dropped call has no size");
    }

    #[test]
    fn a_log_that_keeps_none_counts() {
        let mut log = log_of(0);
        log.set_max_calls(0);

        drop(log.record(LogEntry::counted::<TrackEvent>()));

        let id = Some(TrackEvent::INFO.id);
        assert_eq!((log.all().len(), log.count(id), log.forgotten()), (0, 1, 1));
    }

    #[test]
    fn failures_of_old_calls_are_dropped_before_the_calls() {
        let mut log = CallLog::default();
        for _ in 0..3 {
            let mut entry = LogEntry::counted::<TrackEvent>();
            entry.failures = Some(Arc::new(failures(MAX_FAILURES / 2)));
            drop(log.record(entry));
        }

        let kept: Vec<_> = log.entries.iter().map(LogEntry::failure_count).collect();
        assert_eq!(kept, [0, MAX_FAILURES / 2, MAX_FAILURES / 2]);
        assert_eq!((log.failures, log.forgotten()), (MAX_FAILURES, 0));
        log.clear();
        assert_eq!(log.failures, 0);
    }
}
