//! What each operation does: one file per noun, one `Serve` per operation.

use talon_core::{ApiError, Operation};

use crate::state::Transaction;

mod coupons;
mod event;
mod events;
mod loyalty;
mod profiles;
mod referrals;
mod session;
mod sessions;
mod validate;

/// How the fake answers an operation.
pub(crate) trait Serve: Operation {
    /// Whether the request asks to store nothing.
    fn is_dry(&self) -> bool {
        false
    }

    /// Reads and writes within the transaction, which is dropped on a refusal and on a dry run.
    fn serve(&self, tx: &mut Transaction<'_>) -> Result<Self::Reply, ApiError>;
}
