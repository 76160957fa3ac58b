//! Loyalty points: bookings, ledgers, lists, tiers and what returns do.

pub(crate) mod activation;
pub(crate) mod balances;
pub(crate) mod bookings;
pub(crate) mod deletion;
pub(crate) mod expiry_rules;
pub(crate) mod joining;
pub(crate) mod ledger_entries;
pub(crate) mod points;
pub(crate) mod return_policies;
pub(crate) mod rollbacks;
pub(crate) mod rules;
pub(crate) mod tier_expiry;
pub(crate) mod tiers;
pub(crate) mod transaction_filters;
pub(crate) mod transactions;
pub(crate) mod validity;
