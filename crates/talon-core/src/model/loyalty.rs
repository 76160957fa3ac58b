//! Loyalty balances and ledgers.

mod balance;
mod ledger_entry;

pub use balance::*;
pub use ledger_entry::*;
