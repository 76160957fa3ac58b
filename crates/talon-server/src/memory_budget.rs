//! Limits the memory that the bodies of all connections use together.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;

/// Bytes of each body that do not count, so that small requests are served whatever large ones use.
const UNCOUNTED_BYTES: usize = 64 * 1024;

/// Bytes of bodies that a server may hold, and how many it holds.
#[derive(Debug)]
pub(crate) struct MemoryBudget {
    limit: usize,
    used: AtomicUsize,
}

/// A share of the budget, released when it is dropped.
#[derive(Debug)]
pub(crate) struct Reservation {
    budget: Arc<MemoryBudget>,
    bytes: usize,
}

/// The body of a reply, whose share is released once all of it is sent.
struct ReservedBody {
    body: Bytes,
    _reservation: Reservation,
}

impl MemoryBudget {
    pub(crate) fn new(limit: usize) -> Self {
        Self { limit, used: AtomicUsize::new(0) }
    }

    /// Whether there is room for another request. Unsent replies may exceed the limit, since their
    /// size is known only when they exist.
    pub(crate) fn has_room(&self) -> bool {
        self.used.load(Ordering::Relaxed) <= self.limit
    }
}

impl Reservation {
    /// A share of no bytes.
    pub(crate) fn empty(budget: &Arc<MemoryBudget>) -> Self {
        Self { budget: Arc::clone(budget), bytes: 0 }
    }

    /// Grows to a body of `bytes` bytes; `false` when there is no room.
    pub(crate) fn grow_to(&mut self, bytes: usize) -> bool {
        let more = bytes.saturating_sub(UNCOUNTED_BYTES).saturating_sub(self.bytes);
        let within = |used: usize| used.checked_add(more).filter(|sum| *sum <= self.budget.limit);
        let grown = more == 0
            || self.budget.used.fetch_update(Ordering::Relaxed, Ordering::Relaxed, within).is_ok();
        self.bytes += if grown { more } else { 0 };
        grown
    }

    /// Attaches a share to the body of a reply. It exists already, so it counts even without room.
    pub(crate) fn attach(budget: &Arc<MemoryBudget>, body: Bytes) -> Bytes {
        let bytes = body.len().saturating_sub(UNCOUNTED_BYTES);
        if bytes == 0 {
            return body;
        }
        budget.used.fetch_add(bytes, Ordering::Relaxed);
        Bytes::from_owner(ReservedBody {
            body,
            _reservation: Self { budget: Arc::clone(budget), bytes },
        })
    }
}

impl Drop for Reservation {
    fn drop(&mut self) {
        self.budget.used.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

impl AsRef<[u8]> for ReservedBody {
    fn as_ref(&self) -> &[u8] {
        &self.body
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dropped_share_can_be_reserved_again() {
        let budget = Arc::new(MemoryBudget::new(100));
        let mut first = Reservation::empty(&budget);
        let mut second = Reservation::empty(&budget);

        assert!(first.grow_to(UNCOUNTED_BYTES + 60));
        assert!(!second.grow_to(UNCOUNTED_BYTES + 41));
        assert!(second.grow_to(UNCOUNTED_BYTES) && second.grow_to(UNCOUNTED_BYTES + 40));
        assert!(!first.grow_to(UNCOUNTED_BYTES + 61));
        drop(first);
        assert!(second.grow_to(UNCOUNTED_BYTES + 100));
        drop(second);

        assert_eq!(budget.used.load(Ordering::Relaxed), 0);
    }

    #[test]
    fn a_reply_counts_until_it_is_sent() {
        let budget = Arc::new(MemoryBudget::new(100));
        let reply = Reservation::attach(&budget, vec![0; UNCOUNTED_BYTES + 101].into());
        let half = reply.slice(..UNCOUNTED_BYTES);

        drop(reply);
        assert!(!budget.has_room());
        drop(half);
        assert!(budget.has_room());
    }
}
