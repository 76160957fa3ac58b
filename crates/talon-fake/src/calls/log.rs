//! The record of calls, bounded.

use std::any::Any;
use std::collections::VecDeque;
use std::sync::Arc;

use talon_core::Operation;

use super::{Made, Recorded, RecordedCall, Stray, view};

/// How many calls are kept unless told otherwise.
const KEPT: usize = 10_000;

#[derive(Clone, Debug)]
pub(crate) struct Log {
    entries: VecDeque<Entry>,
    keep: usize,
    last: u64,
}

#[derive(Clone, Debug)]
enum Entry {
    /// A [`Recorded`] of some operation, and how to look at it without knowing which.
    Typed(Arc<dyn Any + Send + Sync>, fn(&dyn Any) -> Option<RecordedCall>),
    Stray(Box<RecordedCall>),
}

impl Default for Log {
    fn default() -> Self {
        Self { entries: VecDeque::new(), keep: KEPT, last: 0 }
    }
}

impl Log {
    /// Keeps the last `keep` calls.
    pub(crate) fn keep(&mut self, keep: usize) {
        self.keep = keep;
        self.make_room(0);
    }

    pub(crate) fn keeps_any(&self) -> bool {
        self.keep > 0
    }

    pub(crate) fn clear(&mut self) {
        self.entries.clear();
        self.last = 0;
    }

    pub(crate) fn record<O: Operation>(&mut self, made: Made<O>) {
        let Made { at, dry, request, outcome, fault, replayed } = made;
        let number = self.next();
        let call = Recorded { number, at, dry, request, outcome, fault, replayed };
        self.push(Entry::Typed(Arc::new(call), |call| {
            call.downcast_ref::<Recorded<O>>().map(view::of)
        }));
    }

    #[cfg_attr(not(feature = "serve"), expect(dead_code, reason = "only a served fake meets them"))]
    pub(crate) fn record_stray(&mut self, stray: Stray) {
        let number = self.next();
        self.push(Entry::Stray(Box::new(view::of_stray(number, stray))));
    }

    /// Calls of `O` that are still kept, oldest first.
    pub(crate) fn of<O: Operation>(&self) -> impl Iterator<Item = &Recorded<O>> {
        self.entries.iter().filter_map(|entry| match entry {
            Entry::Typed(call, _) => call.downcast_ref(),
            Entry::Stray(_) => None,
        })
    }

    /// All calls that are still kept, oldest first.
    pub(crate) fn all(&self) -> Vec<RecordedCall> {
        let view = |entry: &Entry| match entry {
            Entry::Typed(call, view) => view(&**call),
            Entry::Stray(call) => Some(RecordedCall::clone(call)),
        };
        self.entries.iter().filter_map(view).collect()
    }

    /// How many calls are no longer kept.
    pub(crate) fn forgotten(&self) -> u64 {
        self.last.saturating_sub(u64::try_from(self.entries.len()).unwrap_or(u64::MAX))
    }

    fn next(&mut self) -> u64 {
        self.last += 1;
        self.last
    }

    fn push(&mut self, entry: Entry) {
        self.make_room(1);
        if self.keeps_any() {
            self.entries.push_back(entry);
        }
    }

    fn make_room(&mut self, room: usize) {
        let surplus = (self.entries.len() + room).saturating_sub(self.keep);
        self.entries.drain(..surplus.min(self.entries.len()));
    }
}
