//! Log of calls, bounded in number and bytes.

use std::any::Any;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use talon_core::Operation;

use super::{AnyCallRecord, CallData, UntypedCall};

/// How many calls are kept by default.
const MAX_CALLS: usize = 10_000;

/// How many bytes the bodies of the kept calls over HTTP may have together. The oldest calls are
/// dropped first.
const MAX_BODY_BYTES: usize = 64 << 20;

#[derive(Clone, Debug)]
pub(crate) struct CallLog {
    entries: VecDeque<LogEntry>,
    max_calls: usize,
    /// Bytes of the bodies of all entries, as far as they are known.
    body_bytes: usize,
    max_body_bytes: usize,
    last: u64,
    /// How many calls are no longer kept, by operation.
    forgotten: BTreeMap<Option<&'static str>, u64>,
}

/// An entry of the log. The number of a call follows from the position of its entry.
#[derive(Clone, Debug)]
pub(crate) struct LogEntry {
    operation: Option<&'static str>,
    body_bytes: usize,
    /// `None` for a call that is only counted.
    call: Option<LoggedCall>,
}

#[derive(Clone, Debug)]
enum LoggedCall {
    /// A [`CallData`] of some operation, and the function that describes it without its type.
    Typed(Arc<dyn Any + Send + Sync>, fn(u64, &dyn Any) -> Option<AnyCallRecord>),
    Untyped(Arc<UntypedCall>),
}

impl LogEntry {
    pub(crate) fn typed<O: Operation>(call: CallData<O>) -> Self {
        let call = LoggedCall::Typed(Arc::new(call), |number, call| {
            let call = call.downcast_ref::<CallData<O>>()?;
            Some(AnyCallRecord::from_typed(number, call))
        });
        Self { call: Some(call), ..Self::counted::<O>() }
    }

    /// Counts a call without keeping it.
    pub(crate) fn counted<O: Operation>() -> Self {
        Self { operation: Some(O::INFO.id), body_bytes: 0, call: None }
    }

    pub(crate) fn untyped(call: UntypedCall) -> Self {
        let operation = call.operation;
        Self { operation, body_bytes: 0, call: Some(LoggedCall::Untyped(Arc::new(call))) }
    }

    fn describe(&self, number: u64) -> Option<AnyCallRecord> {
        match self.call.as_ref()? {
            LoggedCall::Typed(call, describe) => describe(number, &**call),
            LoggedCall::Untyped(call) => Some(AnyCallRecord::from_untyped(number, call)),
        }
    }
}

impl Default for CallLog {
    fn default() -> Self {
        Self {
            entries: VecDeque::new(),
            max_calls: MAX_CALLS,
            body_bytes: 0,
            max_body_bytes: MAX_BODY_BYTES,
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
        (self.body_bytes, self.last) = (0, 0);
        self.entries.clear();
        self.forgotten.clear();
    }

    /// Counts a call, keeps it, and returns its number.
    pub(crate) fn record(&mut self, entry: LogEntry) -> u64 {
        self.last += 1;
        self.entries.push_back(entry);
        self.make_room();
        self.last
    }

    /// Sets how many bytes the bodies of a call have.
    pub(crate) fn set_body_bytes(&mut self, number: u64, bytes: usize) {
        let position = number.checked_sub(self.forgotten() + 1);
        let entry =
            position.and_then(|position| self.entries.get_mut(usize::try_from(position).ok()?));
        if let Some(entry) = entry {
            self.body_bytes += bytes;
            self.body_bytes -= std::mem::replace(&mut entry.body_bytes, bytes);
            self.make_room();
        }
    }

    /// Calls of `O` that are still kept with their numbers, oldest first.
    pub(crate) fn of<O: Operation>(&self) -> impl Iterator<Item = (u64, &CallData<O>)> {
        self.numbered().filter_map(|(number, entry)| match entry.call.as_ref()? {
            LoggedCall::Typed(call, _) => call.downcast_ref().map(|call| (number, call)),
            LoggedCall::Untyped(_) => None,
        })
    }

    /// All calls that are still kept, oldest first.
    pub(crate) fn all(&self) -> Vec<AnyCallRecord> {
        self.numbered().filter_map(|(number, entry)| entry.describe(number)).collect()
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

    /// Drops the oldest calls until the others fit. The last one stays, whatever its size.
    fn make_room(&mut self) {
        while self.entries.len() > self.max_calls
            || (self.body_bytes > self.max_body_bytes && self.entries.len() > 1)
        {
            let Some(oldest) = self.entries.pop_front() else { return };
            self.body_bytes -= oldest.body_bytes;
            *self.forgotten.entry(oldest.operation).or_default() += 1;
        }
    }
}

#[cfg(all(test, feature = "serve"))]
mod tests {
    use http::StatusCode;

    use super::*;

    fn log_of(calls: usize) -> CallLog {
        let mut log = CallLog::default();
        for call in 0..calls {
            log.record(LogEntry::untyped(UntypedCall {
                at: talon_core::Timestamp::UNIX_EPOCH,
                operation: None,
                method: "GET".to_owned(),
                path: format!("/{call}"),
                status: StatusCode::NOT_FOUND,
            }));
        }
        log
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

        log.set_body_bytes(2, 60);
        log.set_body_bytes(3, 30);
        assert_eq!(numbers(&log), [1, 2, 3]);
        log.set_body_bytes(3, 50);
        assert_eq!(numbers(&log), [3]);
        log.set_body_bytes(3, 500);
        assert_eq!(numbers(&log), [3]);

        log.set_body_bytes(1, 500);
        assert_eq!(numbers(&log), [3], "a dropped call has no size");
    }

    #[test]
    fn a_log_that_keeps_none_counts() {
        let mut log = log_of(0);
        log.set_max_calls(0);

        log.record(LogEntry { operation: None, body_bytes: 0, call: None });

        assert_eq!((log.all().len(), log.count(None), log.forgotten()), (0, 1, 1));
    }
}
