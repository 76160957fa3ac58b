//! Entries of loyalty ledgers.

use crate::model::model;
use crate::{AccountId, EventId, LoyaltyProgramId, ProfileId, Timestamp};

model! {
    /// One change of a customer's loyalty points.
    ///
    /// Schema `LedgerEntry`.
    pub struct LedgerEntry {
        /// Id that the service assigned to the entry.
        pub id: i64,
        /// Time when the points changed.
        pub created: Timestamp,
        /// Integration id of the customer whose points changed.
        pub profile_id: ProfileId,
        /// Account the customer belongs to.
        pub account_id: AccountId,
        /// Program the points belong to.
        pub loyalty_program_id: LoyaltyProgramId,
        /// Event that changed them.
        pub event_id: EventId,
        /// Points added; negative for deducted points.
        pub amount: i64,
        /// Reason of the change.
        pub reason: String,
        /// Expiry of added points.
        pub expiry_date: Timestamp,
        /// Entry that this one compensates.
        pub reference_id: Option<i64>,
    }
}
