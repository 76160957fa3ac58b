//! The record of calls, bounded.

use std::any::Any;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use talon_core::Operation;

use super::{Made, RecordedCall, Stray, view};

/// How many calls are kept unless told otherwise.
const KEPT: usize = 10_000;

/// How many bytes the bodies of served calls may have altogether; the oldest make room.
const KEPT_BYTES: usize = 64 << 20;

#[derive(Clone, Debug)]
pub(crate) struct Log {
    entries: VecDeque<Entry>,
    keep: usize,
    /// Of the entries, as far as they were weighed.
    bytes: usize,
    keep_bytes: usize,
    last: u64,
    /// How many calls are no longer kept, by operation.
    forgotten: BTreeMap<Option<&'static str>, u64>,
}

/// A call as it is kept; its number is its place.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    operation: Option<&'static str>,
    bytes: usize,
    /// `None` where no call is kept; it is counted all the same.
    kept: Option<Kept>,
}

#[derive(Clone, Debug)]
enum Kept {
    /// A [`Made`] of some operation, and how to look at it without knowing which.
    Typed(Arc<dyn Any + Send + Sync>, fn(u64, &dyn Any) -> Option<RecordedCall>),
    Stray(Arc<Stray>),
}

impl Entry {
    pub(crate) fn of<O: Operation>(made: Made<O>) -> Self {
        let kept = Kept::Typed(Arc::new(made), |number, made| {
            made.downcast_ref::<Made<O>>().map(|made| view::of(number, made))
        });
        Self { kept: Some(kept), ..Self::unkept::<O>() }
    }

    pub(crate) fn unkept<O: Operation>() -> Self {
        Self { operation: Some(O::INFO.id), bytes: 0, kept: None }
    }

    #[cfg_attr(not(feature = "serve"), expect(dead_code, reason = "only a served fake meets them"))]
    pub(crate) fn of_stray(stray: Stray) -> Self {
        let operation = stray.operation;
        Self { operation, bytes: 0, kept: Some(Kept::Stray(Arc::new(stray))) }
    }

    fn view(&self, number: u64) -> Option<RecordedCall> {
        match self.kept.as_ref()? {
            Kept::Typed(made, view) => view(number, &**made),
            Kept::Stray(stray) => Some(view::of_stray(number, stray)),
        }
    }
}

impl Default for Log {
    fn default() -> Self {
        Self {
            entries: VecDeque::new(),
            keep: KEPT,
            bytes: 0,
            keep_bytes: KEPT_BYTES,
            last: 0,
            forgotten: BTreeMap::new(),
        }
    }
}

impl Log {
    /// Keeps the last `keep` calls.
    pub(crate) fn keep(&mut self, keep: usize) {
        self.keep = keep;
        self.make_room();
    }

    /// Keeps served calls only as long as their bodies have so many bytes at most.
    #[cfg(feature = "serve")]
    pub(crate) fn keep_bytes(&mut self, bytes: usize) {
        self.keep_bytes = bytes;
        self.make_room();
    }

    pub(crate) fn keeps_any(&self) -> bool {
        self.keep > 0
    }

    pub(crate) fn clear(&mut self) {
        (self.bytes, self.last) = (0, 0);
        self.entries.clear();
        self.forgotten.clear();
    }

    /// Counts a call, keeps it, and returns its number.
    pub(crate) fn record(&mut self, entry: Entry) -> u64 {
        self.last += 1;
        self.entries.push_back(entry);
        self.make_room();
        self.last
    }

    /// Says how many bytes the bodies of a call have.
    #[cfg(feature = "serve")]
    pub(crate) fn weigh(&mut self, number: u64, bytes: usize) {
        let place = number.checked_sub(self.forgotten() + 1);
        let entry = place.and_then(|place| self.entries.get_mut(usize::try_from(place).ok()?));
        if let Some(entry) = entry {
            self.bytes = self.bytes + bytes - std::mem::replace(&mut entry.bytes, bytes);
            self.make_room();
        }
    }

    /// Calls of `O` that are still kept with their numbers, oldest first.
    pub(crate) fn of<O: Operation>(&self) -> impl Iterator<Item = (u64, &Made<O>)> {
        self.numbered().filter_map(|(number, entry)| match entry.kept.as_ref()? {
            Kept::Typed(made, _) => made.downcast_ref().map(|made| (number, made)),
            Kept::Stray(_) => None,
        })
    }

    /// All calls that are still kept, oldest first.
    pub(crate) fn all(&self) -> Vec<RecordedCall> {
        self.numbered().filter_map(|(number, entry)| entry.view(number)).collect()
    }

    /// How many calls are no longer kept.
    pub(crate) fn forgotten(&self) -> u64 {
        self.last.saturating_sub(u64::try_from(self.entries.len()).unwrap_or(u64::MAX))
    }

    fn numbered(&self) -> impl Iterator<Item = (u64, &Entry)> {
        (self.forgotten() + 1..).zip(&self.entries)
    }

    /// How many calls of an operation there were; of requests that match none where it is `None`.
    pub(crate) fn count(&self, operation: Option<&'static str>) -> u64 {
        let kept = self.entries.iter().filter(|entry| entry.operation == operation).count();
        let forgotten = self.forgotten.get(&operation).copied().unwrap_or(0);
        forgotten + u64::try_from(kept).unwrap_or(u64::MAX)
    }

    /// Forgets the oldest calls until the others fit; the last one stays, however big it is.
    fn make_room(&mut self) {
        while self.entries.len() > self.keep
            || (self.bytes > self.keep_bytes && self.entries.len() > 1)
        {
            let Some(oldest) = self.entries.pop_front() else { return };
            self.bytes -= oldest.bytes;
            *self.forgotten.entry(oldest.operation).or_default() += 1;
        }
    }
}

#[cfg(all(test, feature = "serve"))]
mod tests {
    use http::StatusCode;

    use super::*;

    fn log_of(calls: usize) -> Log {
        let mut log = Log::default();
        for call in 0..calls {
            log.record(Entry::of_stray(Stray {
                at: talon_core::Timestamp::UNIX_EPOCH,
                operation: None,
                method: "GET".to_owned(),
                path: format!("/{call}"),
                status: StatusCode::NOT_FOUND,
            }));
        }
        log
    }

    fn numbers(log: &Log) -> Vec<u64> {
        log.all().iter().map(|call| call.number).collect()
    }

    #[test]
    fn numbers_and_counts_go_on_when_old_calls_are_forgotten() {
        let mut log = log_of(5);

        log.keep(2);

        assert_eq!(numbers(&log), [4, 5]);
        assert_eq!((log.forgotten(), log.count(None)), (3, 5));
    }

    #[test]
    fn big_calls_make_others_be_forgotten_and_the_last_one_stays() {
        let mut log = log_of(3);
        log.keep_bytes(100);

        log.weigh(2, 60);
        log.weigh(3, 30);
        assert_eq!(numbers(&log), [1, 2, 3]);
        log.weigh(3, 50);
        assert_eq!(numbers(&log), [3]);
        log.weigh(3, 500);
        assert_eq!(numbers(&log), [3]);

        log.weigh(1, 500);
        assert_eq!(numbers(&log), [3], "what is forgotten weighs nothing");
    }

    #[test]
    fn a_log_that_keeps_none_counts() {
        let mut log = log_of(0);
        log.keep(0);

        log.record(Entry { operation: None, bytes: 0, kept: None });

        assert_eq!((log.all().len(), log.count(None), log.forgotten()), (0, 1, 1));
    }
}
