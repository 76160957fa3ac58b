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
        /// Id that the service assigned to the card.
        pub id: i64,
        /// Time of its creation.
        pub created: Timestamp,
        /// Program it belongs to.
        #[serde(rename = "programID")]
        pub program_id: LoyaltyProgramId,
        /// Internal name of the program.
        pub program_name: Option<String>,
        /// Title of the program shown to customers.
        pub program_title: Option<String>,
        /// Whether it can be used.
        pub status: LoyaltyCardStatus,
        /// Reason why it was blocked.
        pub block_reason: Option<String>,
        /// Identifier of the card: 4 to 108 letters, digits and `._%+@-`.
        pub identifier: String,
        /// Maximum number of customers who share the card; 0 means no limit.
        pub users_per_card_limit: i64,
        /// Customers who share the card.
        pub profiles: Option<Vec<LoyaltyCardProfileRegistration>>,
        /// Balance of the main ledger.
        pub ledger: Option<LoyaltyProgramBalance>,
        /// Balances of subledgers by name.
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
    /// Registration of a customer with a card.
    ///
    /// Not in the API of June 2020. Schema `LoyaltyCardProfileRegistration`.
    pub struct LoyaltyCardProfileRegistration {
        /// Integration id of the customer.
        pub integration_id: ProfileId,
        /// Time of the registration.
        pub timestamp: Timestamp,
    }
}

open_enum! {
    /// Whether a card can be used.
    pub enum LoyaltyCardStatus {
        /// The card can be used.
        Active = "active",
        /// The card is blocked.
        Inactive = "inactive",
    }
}
