//! Giveaways.

use crate::model::model;
use crate::{Attributes, KnownOrRaw, ProfileId, Timestamp};

model! {
    /// A code from a pool that a customer was given, such as one of another shop.
    ///
    /// Not in the API of June 2020. Schema `Giveaway`.
    pub struct Giveaway {
        /// Service's own number of the giveaway.
        pub id: i64,
        /// When it was created.
        pub created: Timestamp,
        /// The code.
        pub code: String,
        /// Pool it comes from.
        pub pool_id: i64,
        /// When it becomes valid; published replies hold dates that do not exist.
        pub start_date: Option<KnownOrRaw<Timestamp>>,
        /// When it stops being valid; published replies hold dates that do not exist.
        pub end_date: Option<KnownOrRaw<Timestamp>>,
        /// Custom attributes.
        pub attributes: Option<Attributes>,
        /// Whether it was given to somebody.
        pub used: Option<bool>,
        /// Import that created it.
        pub import_id: Option<i64>,
        /// Customer it was given to, by the shop's name.
        pub profile_integration_id: Option<ProfileId>,
        /// Customer it was given to, by the service's own number.
        pub profile_id: Option<i64>,
    }
}
