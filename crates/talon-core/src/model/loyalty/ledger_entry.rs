//! Entries of loyalty ledgers.

use crate::model::model;
use crate::{AccountId, EventId, LoyaltyProgramId, ProfileId, Timestamp};

model! {
    /// One change of a customer's loyalty points.
    ///
    /// Schema `LedgerEntry`.
    pub struct LedgerEntry {
        /// Service's own number of the entry.
        pub id: i64,
        /// When the points changed.
        pub created: Timestamp,
        /// Customer whose points changed.
        pub profile_id: ProfileId,
        /// Account the customer belongs to.
        pub account_id: AccountId,
        /// Program the points belong to.
        pub loyalty_program_id: LoyaltyProgramId,
        /// Event that changed them.
        pub event_id: EventId,
        /// Points added, or taken when negative.
        pub amount: i64,
        /// Why they changed.
        pub reason: String,
        /// When added points lapse.
        pub expiry_date: Timestamp,
        /// Entry this one makes up for.
        pub reference_id: Option<i64>,
    }
}
