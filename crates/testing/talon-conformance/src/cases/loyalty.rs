//! Loyalty points: bookings, validity and ledgers.

pub(crate) mod bookings;
pub(crate) mod ledger_entries;
pub(crate) mod rollbacks;
pub(crate) mod validity;
