//! What each operation does: one `impl Execute` per operation, in a file per noun.

use talon_core::{ApiError, Operation};

use crate::state::Transaction;

pub(crate) mod coupons;
mod events;
mod profiles;
pub(crate) mod referrals;
mod reply;
mod sessions;
pub(crate) mod validate;

/// How the fake answers an operation.
pub(crate) trait Execute: Operation {
    /// Whether the request asks to store nothing.
    fn is_dry(&self) -> bool {
        false
    }

    /// Reads and writes within the transaction, which is dropped on a refusal and on a dry run.
    fn execute(&self, tx: &mut Transaction<'_>) -> Result<Self::Reply, ApiError>;
}
