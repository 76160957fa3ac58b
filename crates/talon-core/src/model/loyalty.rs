//! Loyalty balances and ledgers.

mod balance;
mod balances;
mod dates;
mod ledger_entry;
mod transaction;

pub use balance::*;
pub use balances::*;
pub use dates::*;
pub use ledger_entry::*;
pub use transaction::*;
