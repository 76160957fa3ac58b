//! How many bytes all connections hold together.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;

/// How much of each body does not count, so that small requests never wait for large ones.
const FREE: usize = 64 * 1024;

/// The bytes of bodies that a server holds, and how many there may be.
#[derive(Debug)]
pub(crate) struct Budget {
    limit: usize,
    held: AtomicUsize,
}

/// Some bytes of the budget, given back when it is dropped.
#[derive(Debug)]
pub(crate) struct Held {
    budget: Arc<Budget>,
    bytes: usize,
}

/// A body that is part of the budget until nothing of it is left to be sent.
struct HeldBody {
    body: Bytes,
    _held: Held,
}

impl Budget {
    pub(crate) fn new(limit: usize) -> Self {
        Self { limit, held: AtomicUsize::new(0) }
    }

    /// Whether there is room for another request at all: what replies take that nobody reads is
    /// known only when they are there.
    pub(crate) fn has_room(&self) -> bool {
        self.held.load(Ordering::Relaxed) <= self.limit
    }
}

impl Held {
    /// Nothing as yet.
    pub(crate) fn none(budget: &Arc<Budget>) -> Self {
        Self { budget: Arc::clone(budget), bytes: 0 }
    }

    /// Grows with a body that takes so many bytes now; `false` when there is no room.
    pub(crate) fn grow_to(&mut self, bytes: usize) -> bool {
        let more = bytes.saturating_sub(FREE).saturating_sub(self.bytes);
        let within = |held: usize| held.checked_add(more).filter(|sum| *sum <= self.budget.limit);
        let grown = more == 0
            || self.budget.held.fetch_update(Ordering::Relaxed, Ordering::Relaxed, within).is_ok();
        self.bytes += if grown { more } else { 0 };
        grown
    }

    /// The body of a reply, which is there already: it counts whether there is room or not.
    pub(crate) fn reply(budget: &Arc<Budget>, body: Bytes) -> Bytes {
        let bytes = body.len().saturating_sub(FREE);
        if bytes == 0 {
            return body;
        }
        budget.held.fetch_add(bytes, Ordering::Relaxed);
        Bytes::from_owner(HeldBody { body, _held: Self { budget: Arc::clone(budget), bytes } })
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.budget.held.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

impl AsRef<[u8]> for HeldBody {
    fn as_ref(&self) -> &[u8] {
        &self.body
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_dropped_can_be_held_again() {
        let budget = Arc::new(Budget::new(100));
        let mut first = Held::none(&budget);
        let mut second = Held::none(&budget);

        assert!(first.grow_to(FREE + 60));
        assert!(!second.grow_to(FREE + 41));
        assert!(second.grow_to(FREE) && second.grow_to(FREE + 40));
        assert!(!first.grow_to(FREE + 61));
        drop(first);
        assert!(second.grow_to(FREE + 100));
        drop(second);

        assert_eq!(budget.held.load(Ordering::Relaxed), 0);
    }

    #[test]
    fn a_reply_counts_until_it_is_sent() {
        let budget = Arc::new(Budget::new(100));
        let reply = Held::reply(&budget, vec![0; FREE + 101].into());
        let half = reply.slice(..FREE);

        drop(reply);
        assert!(!budget.has_room());
        drop(half);
        assert!(budget.has_room());
    }
}
