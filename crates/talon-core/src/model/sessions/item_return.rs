//! Returns of items of a closed session.

use crate::model::model;
use crate::{AccountId, ApplicationId, EventId, ProfileId, SessionId, Timestamp};

model! {
    /// Return of items of a closed session.
    ///
    /// Not in the API of June 2020. Schema `Return`.
    pub struct ItemReturn {
        /// Id that the service assigned to the return.
        pub id: i64,
        /// Time when it was recorded.
        pub created: Timestamp,
        /// Application it belongs to.
        pub application_id: ApplicationId,
        /// Account it belongs to.
        pub account_id: AccountId,
        /// Returned items.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub returned_cart_items: Vec<ReturnedCartItem>,
        /// Event that records it.
        pub event_id: EventId,
        /// Id that the service assigned to the session.
        pub session_id: i64,
        /// Integration id of the session.
        pub session_integration_id: SessionId,
        /// Id that the service assigned to the customer.
        pub profile_id: Option<i64>,
        /// Integration id of the customer.
        pub profile_integration_id: Option<ProfileId>,
        /// Id of the user who recorded it.
        pub created_by: Option<i64>,
    }
}

model! {
    /// A line of a cart, or a part of it, that was returned.
    ///
    /// Identified by position or by SKU. Not in the API of June 2020. Schema `ReturnedCartItem`.
    pub struct ReturnedCartItem {
        /// Index of the line in the cart, from 0.
        #[serde(deserialize_with = "crate::wire::lenient::optional_whole")]
        pub position: Option<i64>,
        /// Number of returned units; all units of the line when absent.
        pub quantity: Option<i64>,
        /// SKU of the line, at least 1 character.
        pub sku: Option<String>,
    }
}
