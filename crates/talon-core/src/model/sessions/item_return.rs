//! Returns of items of a closed session.

use crate::model::model;
use crate::{AccountId, ApplicationId, EventId, ProfileId, SessionId, Timestamp};

model! {
    /// Items of a closed session that came back.
    ///
    /// Not in the API of June 2020. Schema `Return`.
    pub struct ItemReturn {
        /// Service's own number of the return.
        pub id: i64,
        /// When it was recorded.
        pub created: Timestamp,
        /// Application it belongs to.
        pub application_id: ApplicationId,
        /// Account it belongs to.
        pub account_id: AccountId,
        /// What came back.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub returned_cart_items: Vec<ReturnedCartItem>,
        /// Event it was recorded as.
        pub event_id: EventId,
        /// Session, by the service's own number.
        pub session_id: i64,
        /// Session, by the shop's name.
        pub session_integration_id: SessionId,
        /// Customer, by the service's own number.
        pub profile_id: Option<i64>,
        /// Customer, by the shop's name.
        pub profile_integration_id: Option<ProfileId>,
        /// User who recorded it.
        pub created_by: Option<i64>,
    }
}

model! {
    /// A line of a cart, or part of it, that came back.
    ///
    /// Named by position or by SKU. Not in the API of June 2020. Schema `ReturnedCartItem`.
    pub struct ReturnedCartItem {
        /// Index of the line in the cart, from 0.
        #[serde(deserialize_with = "crate::wire::lenient::optional_whole")]
        pub position: Option<i64>,
        /// How many units came back; all of the line when absent.
        pub quantity: Option<i64>,
        /// SKU of the line, at least 1 character.
        pub sku: Option<String>,
    }
}
