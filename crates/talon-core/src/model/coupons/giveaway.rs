//! Giveaways.

use crate::model::model;
use crate::{Attributes, KnownOrRaw, ProfileId, Timestamp};

model! {
    /// A code from a pool that is awarded to a customer, such as one of another shop.
    ///
    /// Not in the API of June 2020. Schema `Giveaway`.
    pub struct Giveaway {
        /// Id that the service assigned to the giveaway.
        pub id: i64,
        /// Time of its creation.
        pub created: Timestamp,
        /// The code.
        pub code: String,
        /// Pool it comes from.
        pub pool_id: i64,
        /// Start of its validity; published replies contain dates that do not exist.
        pub start_date: Option<KnownOrRaw<Timestamp>>,
        /// End of its validity; published replies contain dates that do not exist.
        pub end_date: Option<KnownOrRaw<Timestamp>>,
        /// Custom attributes.
        pub attributes: Option<Attributes>,
        /// Whether it was awarded.
        pub used: Option<bool>,
        /// Import that created it.
        pub import_id: Option<i64>,
        /// Integration id of the recipient.
        pub profile_integration_id: Option<ProfileId>,
        /// Id that the service assigned to the recipient.
        pub profile_id: Option<i64>,
    }
}
