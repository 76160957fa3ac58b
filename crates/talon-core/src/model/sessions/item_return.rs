//! Returns of items of a closed session.

use crate::model::{ResponseContent, body_of_list, model};
use crate::{AccountId, ApplicationId, EventId, ProfileId, SessionId, Timestamp};

model! {
    /// Items of a closed session to take back, and what to return in addition to the effects.
    ///
    /// Not in the API of June 2020. Schema `ReturnIntegrationRequest`.
    pub struct ReturnRequest {
        /// What comes back.
        #[serde(rename = "return")]
        pub items: NewItemReturn,
        /// What to return in addition to the effects; nothing when absent or empty.
        pub response_content: Option<Vec<ResponseContent>>,
    }
    setters
}

impl ReturnRequest {
    /// Takes back `items`, and returns the effects alone.
    pub fn new(items: impl IntoIterator<Item = ReturnedCartItem>) -> Self {
        let returned_cart_items = items.into_iter().collect();
        Self { items: NewItemReturn { returned_cart_items }, response_content: None }
    }
}

body_of_list!(ReturnRequest, ReturnedCartItem);

model! {
    /// Items of a closed session to take back.
    ///
    /// Not in the API of June 2020. Schema `NewReturn`.
    pub struct NewItemReturn {
        /// What comes back, at least one line.
        pub returned_cart_items: Vec<ReturnedCartItem>,
    }
    setters
}

model! {
    /// Items of a closed session that came back.
    ///
    /// Not in the API of June 2020. Schema `Return`.
    pub struct ItemReturn {
        /// Id that the service assigned.
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
        /// User of the Campaign Manager who recorded it; absent for a return through this API.
        pub created_by: Option<i64>,
    }
}

model! {
    /// A line of a cart, or part of it, that comes back.
    ///
    /// Named by position or by SKU. Not in the API of June 2020. Schema `ReturnedCartItem`.
    pub struct ReturnedCartItem {
        /// Index of the line in the cart, from 0.
        #[serde(deserialize_with = "crate::wire::lenient::optional_whole")]
        pub position: Option<i64>,
        /// Number of units, at least 1; all that are left of the line when absent.
        pub quantity: Option<i64>,
        /// SKU of the line, at least 1 character.
        pub sku: Option<String>,
    }
    setters
}

impl ReturnedCartItem {
    /// All units that are left of the line at `position`, counted from 0.
    pub fn at(position: i64) -> Self {
        Self { position: Some(position), ..Self::default() }
    }

    /// All units that are left of the lines with this SKU.
    pub fn of_sku(sku: impl Into<String>) -> Self {
        Self { sku: Some(sku.into()), ..Self::default() }
    }
}
