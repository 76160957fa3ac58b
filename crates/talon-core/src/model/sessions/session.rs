//! Customer sessions of V1.

use std::collections::BTreeMap;

use crate::model::{CartItem, model};
use crate::wire::open_enum;
use crate::{
    Amount, ApplicationId, Attributes, CouponCode, ProfileId, ReferralCode, SessionId, Timestamp,
};

model! {
    /// Changes of a session.
    ///
    /// A member left out keeps its value. Schema `NewCustomerSession`.
    pub struct NewCustomerSession {
        /// Integration id of the customer; absent or empty for an anonymous session.
        pub profile_id as profile: Option<ProfileId>,
        /// Coupon code; an empty one removes it.
        pub coupon: Option<CouponCode>,
        /// Referral code; an empty one removes it.
        pub referral: Option<ReferralCode>,
        /// New state. Default for a new session: open.
        pub state: Option<SessionState>,
        /// All lines of the cart in order; replaces the previous lines.
        pub cart_items: Option<Vec<CartItem>>,
        /// Identifiers that limits may count by, such as the id of a device.
        pub identifiers: Option<Vec<String>>,
        /// Value of the cart in the application's currency; not checked against the lines.
        pub total: Option<Amount>,
        /// Custom attributes to set; `null` removes one.
        pub attributes: Option<Attributes>,
    }
    setters
}

model! {
    /// A session, as stored by the service.
    ///
    /// Every member is sent, an empty one as `""`, `[]` or `{}`. Schema `CustomerSession`.
    pub struct CustomerSession {
        /// Integration id, assigned by the shop.
        pub integration_id: SessionId,
        /// Time of its creation.
        pub created: Timestamp,
        /// Application the session belongs to.
        pub application_id: ApplicationId,
        /// Integration id of the customer; empty for an anonymous session.
        pub profile_id: ProfileId,
        /// Coupon code of the session; empty when there is none.
        pub coupon: CouponCode,
        /// Referral code of the session; empty when there is none.
        pub referral: ReferralCode,
        /// State of the session.
        pub state: SessionState,
        /// Lines of the cart, in order.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub cart_items: Vec<CartItem>,
        /// Identifiers that limits may count by.
        pub identifiers: Option<Vec<String>>,
        /// Value of the cart as the shop sent it.
        pub total: Amount,
        /// Custom attributes.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub attributes: Attributes,
        /// Whether it is the customer's first session; `true` for an anonymous session.
        pub first_session: bool,
        /// Discounts in force by their names, in the application's currency.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub discounts: BTreeMap<String, Amount>,
    }
}

open_enum! {
    /// State of a session.
    pub enum SessionState {
        /// Open: each update is evaluated, and nothing is final.
        Open = "open",
        /// Closed: coupons are redeemed and points are booked.
        Closed = "closed",
        /// Closed, with some items returned; set by returning items only. Not in the API of June
        /// 2020.
        PartiallyReturned = "partially_returned",
        /// Cancelled: final.
        Cancelled = "cancelled",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_that_are_null_or_missing_read_as_empty_and_are_written() {
        let text = r#"{"integrationId":"s","created":"2020-06-05T10:00:00Z","applicationId":1,
            "profileId":"","coupon":"","referral":"","state":"open","cartItems":null,"total":0,
            "attributes":null,"firstSession":true}"#;

        let session: CustomerSession = serde_json::from_str(text).unwrap();

        let json = serde_json::to_value(&session).unwrap();
        assert_eq!(json["cartItems"], serde_json::json!([]));
        assert_eq!(json["attributes"], serde_json::json!({}));
        assert_eq!(json["discounts"], serde_json::json!({}));
    }
}
