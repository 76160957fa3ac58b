//! Loyalty cards to create, and their customers.

use crate::ProfileId;
use crate::model::{LoyaltyCardStatus, model};

model! {
    /// A loyalty card to create.
    ///
    /// Not in the API of June 2020. Schema `GenerateLoyaltyCard`.
    pub struct NewLoyaltyCard {
        /// Whether points can be earned and spent with it; active when absent.
        pub status: Option<LoyaltyCardStatus>,
        /// Customers who share it, at most as many as the program allows.
        pub customer_profile_ids as profiles: Option<Vec<ProfileId>>,
        /// Identifier, 4 to 108 of the characters `A-Za-z0-9._%+@-`; generated when absent.
        pub card_identifier as identifier: Option<String>,
    }
    setters
}

model! {
    /// A customer to link to a card, or to unlink from it.
    ///
    /// Not in the API of June 2020. Schema `LoyaltyCardRegistration`.
    pub struct LoyaltyCardRegistration {
        /// The customer, at most 1000 characters.
        pub integration_id: ProfileId,
    }
    setters
}

impl LoyaltyCardRegistration {
    /// The customer `id`.
    pub fn new(id: impl Into<ProfileId>) -> Self {
        Self { integration_id: id.into() }
    }
}

impl<P: Into<ProfileId>> From<P> for LoyaltyCardRegistration {
    fn from(profile: P) -> Self {
        Self::new(profile)
    }
}
