//! Requests at once, as if one came after another.

use std::sync::Arc;

use talon_core::{ApiError, Timestamp};

use super::Fake;
use crate::operations::Execute;
use crate::state::Transaction;
use crate::store::Conflict;

/// How often a request may lose against others before it runs while they wait.
const ROUNDS: u32 = 8;

impl Fake {
    /// Runs a request until nothing that it read has changed meanwhile, and records that round:
    /// `prepare` makes the record, of the clock and what came of it, and `keep` takes it.
    ///
    /// Nothing is locked while the request is evaluated. Who loses against others often enough has
    /// them wait at their own end, so that everybody comes to one.
    pub(super) fn run<O: Execute, R>(
        &self,
        request: &O,
        prepare: impl Fn(Timestamp, &Result<O::Reply, ApiError>) -> R,
        mut keep: impl FnMut(R),
    ) -> Result<O::Reply, ApiError> {
        for round in 1.. {
            let alone = (round > ROUNDS).then(|| self.shut());
            let state = self.state();
            let mut transaction = Transaction::new(&state);
            let now = transaction.now;
            let result = request.execute(&mut transaction);
            let result = transaction.check_readable().and(result);
            let result = result.map_err(|refusal| O::INFO.in_schema(refusal));
            let record = prepare(now, &result);

            let pass = alone.is_none().then(|| self.pass());
            if !Arc::ptr_eq(&state, &self.state()) {
                continue;
            }
            let writes = result.is_ok() && !request.is_dry();
            let committed = transaction.commit(writes, || keep(record));
            drop((pass, alone));
            match committed {
                Err(Conflict) => {}
                Ok(false) => return result,
                Ok(true) => {
                    self.changed();
                    return result;
                }
            }
        }
        unreachable!("the rounds go on until one is won")
    }
}
