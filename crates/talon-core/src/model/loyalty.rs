//! Loyalty balances and ledgers.

mod balance;
mod ledger_entry;

pub use balance::{
    Loyalty, LoyaltyProgramBalance, LoyaltyProgramLedgers, Tier, TierDowngradePolicy,
};
pub use ledger_entry::LedgerEntry;
