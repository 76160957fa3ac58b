//! Optimistic concurrency: a request is executed again until its transaction commits.

use std::sync::Arc;

use talon_core::model::RuleFailureReason;
use talon_core::{ApiError, Timestamp};

use super::Fake;
use crate::operations::Execute;
use crate::state::Transaction;
use crate::store::Conflict;

/// How often a request is executed before it locks out all others.
const MAX_ATTEMPTS: u32 = 8;

impl Fake {
    /// Executes a request until nothing that it read was changed by others before its commit. A dry
    /// run writes nothing.
    ///
    /// `describe` makes a record of each attempt, from the time, the result and why rules did not
    /// apply, and `keep` stores the record of the attempt that commits, as part of the commit.
    ///
    /// No lock is held while the request is evaluated. After [`MAX_ATTEMPTS`] conflicts the request
    /// holds the exclusive lock, so that it commits in the end.
    pub(super) fn commit_with_retries<O: Execute, R>(
        &self,
        request: &O,
        is_dry: bool,
        describe: impl Fn(Timestamp, &Result<O::Reply, ApiError>, Vec<RuleFailureReason>) -> R,
        mut keep: impl FnMut(R),
    ) -> Result<O::Reply, ApiError> {
        for attempt in 1.. {
            let exclusive = (attempt > MAX_ATTEMPTS).then(|| self.lock_exclusive());
            let state = self.state();
            let mut transaction = Transaction::new(&state);
            transaction.is_dry = is_dry;
            let now = transaction.now;
            let result = request.execute(&mut transaction);
            let result = transaction.check_readable().and(result);
            let result = result.map_err(|refusal| O::INFO.in_schema(refusal));
            let failures = std::mem::take(&mut transaction.failures);
            let record = describe(now, &result, failures);

            let shared = exclusive.is_none().then(|| self.lock_shared());
            if !Arc::ptr_eq(&state, &self.state()) {
                continue;
            }
            let writes = result.is_ok() && !is_dry;
            let committed = transaction.commit(writes, || keep(record));
            drop((exclusive, shared));
            match committed {
                Err(Conflict) => {}
                Ok(false) => return result,
                Ok(true) => {
                    self.note_change();
                    return result;
                }
            }
        }
        unreachable!("an attempt with the exclusive lock has no conflict")
    }
}
