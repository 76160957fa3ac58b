//! Optimistic concurrency: a request is executed again until its transaction commits.

use std::sync::Arc;

use super::Fake;
use crate::state::Transaction;
use crate::store::Conflict;

/// How often a request is executed before it locks out all others.
const MAX_ATTEMPTS: u32 = 8;

/// A request that is executed until it commits. A trait object, so that the retries are compiled once.
pub(super) trait Attempts {
    /// Executes the request and describes the result; returns whether it succeeded.
    fn execute(&mut self, transaction: &mut Transaction<'_>) -> bool;

    /// Stores the record of the latest execution, as part of its commit.
    fn keep(&mut self);
}

impl Fake {
    /// Executes a request until nothing that it read was changed by others before its commit. A dry
    /// run writes nothing.
    ///
    /// No lock is held while the request is evaluated. After [`MAX_ATTEMPTS`] conflicts the request
    /// holds the exclusive lock, so that it commits in the end.
    pub(super) fn commit_with_retries(&self, is_dry: bool, attempts: &mut dyn Attempts) {
        for attempt in 1.. {
            let exclusive = (attempt > MAX_ATTEMPTS).then(|| self.lock_exclusive());
            let state = self.state();
            let mut transaction = Transaction::new(&state);
            transaction.is_dry = is_dry;
            let writes = attempts.execute(&mut transaction) && !is_dry;

            let shared = exclusive.is_none().then(|| self.lock_shared());
            if !Arc::ptr_eq(&state, &self.state()) {
                continue;
            }
            let committed = transaction.commit(writes, &mut || attempts.keep());
            drop((exclusive, shared));
            match committed {
                Err(Conflict) => {}
                Ok(false) => return,
                Ok(true) => return self.note_change(),
            }
        }
        unreachable!("an attempt with the exclusive lock has no conflict")
    }
}
