//! Loyalty cards.

use std::collections::BTreeMap;

use crate::model::{LoyaltyProgramBalance, model};
use crate::wire::open_enum;
use crate::{LoyaltyProgramId, ProfileId, Timestamp};

model! {
    /// A card that holds points, for one customer or several.
    ///
    /// Not in the API of June 2020. Schema `LoyaltyCard`.
    pub struct LoyaltyCard {
        /// Service's own number of the card.
        pub id: i64,
        /// When it was created.
        pub created: Timestamp,
        /// Program it belongs to.
        #[serde(rename = "programID")]
        pub program_id: LoyaltyProgramId,
        /// What the program is called internally.
        pub program_name: Option<String>,
        /// What to call the program before customers.
        pub program_title: Option<String>,
        /// Whether it can be used.
        pub status: LoyaltyCardStatus,
        /// Why it was blocked.
        pub block_reason: Option<String>,
        /// What is printed on it: 4 to 108 letters, digits and `._%+@-`.
        pub identifier: String,
        /// How many customers may share it; 0 for no limit.
        pub users_per_card_limit: i64,
        /// Customers who share it.
        pub profiles: Option<Vec<LoyaltyCardProfileRegistration>>,
        /// Balance of the main ledger.
        pub ledger: Option<LoyaltyProgramBalance>,
        /// Balances of further ledgers by their names.
        pub subledgers: Option<BTreeMap<String, LoyaltyProgramBalance>>,
        /// Last change of the card.
        pub modified: Option<Timestamp>,
        /// Card its points came from.
        pub old_card_identifier: Option<String>,
        /// Card its points went to.
        pub new_card_identifier: Option<String>,
        /// Batch it was created in.
        pub batch_id: Option<String>,
    }
}

model! {
    /// A customer's link to a card.
    ///
    /// Not in the API of June 2020. Schema `LoyaltyCardProfileRegistration`.
    pub struct LoyaltyCardProfileRegistration {
        /// Which customer.
        pub integration_id: ProfileId,
        /// Since when.
        pub timestamp: Timestamp,
    }
}

open_enum! {
    /// Whether a card can be used.
    pub enum LoyaltyCardStatus {
        /// It can.
        Active = "active",
        /// It is blocked.
        Inactive = "inactive",
    }
}
