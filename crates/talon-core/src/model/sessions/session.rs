//! Customer sessions of the first version.

use std::collections::BTreeMap;

use crate::model::{CartItem, model};
use crate::wire::open_enum;
use crate::{
    Amount, ApplicationId, Attributes, CouponCode, ProfileId, ReferralCode, SessionId, Timestamp,
};

model! {
    /// What to change in a session.
    ///
    /// A member left out keeps its value. Schema `NewCustomerSession`.
    pub struct NewCustomerSession {
        /// Customer the cart belongs to; absent or empty for an anonymous one.
        pub profile_id: Option<ProfileId>,
        /// Coupon code the customer entered; empty drops it.
        pub coupon: Option<CouponCode>,
        /// Referral code the customer entered; empty drops it.
        pub referral: Option<ReferralCode>,
        /// State to go to; a new session is open unless told otherwise.
        pub state: Option<SessionState>,
        /// All lines of the cart, in order; replaces the earlier ones.
        pub cart_items: Option<Vec<CartItem>>,
        /// Texts that limits may count by, such as a device's id.
        pub identifiers: Option<Vec<String>>,
        /// Value of the cart in the application's currency; not checked against the lines.
        pub total: Option<Amount>,
        /// Custom attributes to set; `null` removes one.
        pub attributes: Option<Attributes>,
    }
}

impl NewCustomerSession {
    /// Links the session to this customer.
    #[must_use]
    pub fn profile(mut self, profile: impl Into<ProfileId>) -> Self {
        self.profile_id = Some(profile.into());
        self
    }

    /// Sets the coupon code.
    #[must_use]
    pub fn coupon(mut self, code: impl Into<CouponCode>) -> Self {
        self.coupon = Some(code.into());
        self
    }

    /// Sets the referral code.
    #[must_use]
    pub fn referral(mut self, code: impl Into<ReferralCode>) -> Self {
        self.referral = Some(code.into());
        self
    }

    /// Sets the state to go to.
    #[must_use]
    pub fn state(mut self, state: SessionState) -> Self {
        self.state = Some(state);
        self
    }

    /// Replaces the lines of the cart.
    #[must_use]
    pub fn cart_items(mut self, items: impl IntoIterator<Item = CartItem>) -> Self {
        self.cart_items = Some(items.into_iter().collect());
        self
    }

    /// Sets the value of the cart.
    #[must_use]
    pub fn total(mut self, total: impl Into<Amount>) -> Self {
        self.total = Some(total.into());
        self
    }

    /// Sets custom attributes.
    #[must_use]
    pub fn attributes(mut self, attributes: Attributes) -> Self {
        self.attributes = Some(attributes);
        self
    }
}

model! {
    /// A session as the service holds it.
    ///
    /// Every member is sent, an empty one as `""`, `[]` or `{}`. Schema `CustomerSession`.
    pub struct CustomerSession {
        /// Name the shop gave the session.
        pub integration_id: SessionId,
        /// When the service first saw it.
        pub created: Timestamp,
        /// Application the session belongs to.
        pub application_id: ApplicationId,
        /// Customer the cart belongs to; empty for an anonymous one.
        pub profile_id: ProfileId,
        /// Coupon code in the session; empty for none.
        pub coupon: CouponCode,
        /// Referral code in the session; empty for none.
        pub referral: ReferralCode,
        /// Where the session stands.
        pub state: SessionState,
        /// Lines of the cart, in order.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub cart_items: Vec<CartItem>,
        /// Texts that limits may count by.
        pub identifiers: Option<Vec<String>>,
        /// Value of the cart as the shop sent it.
        pub total: Amount,
        /// Custom attributes.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub attributes: Attributes,
        /// Whether it is the customer's first session; always so for an anonymous one.
        pub first_session: bool,
        /// Discounts in force by their names, in the application's currency.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub discounts: BTreeMap<String, Amount>,
    }
}

open_enum! {
    /// Where a session stands.
    pub enum SessionState {
        /// In use; every update is evaluated and nothing is final.
        Open = "open",
        /// Paid for; coupons, referrals and points have taken effect.
        Closed = "closed",
        /// Closed, and some of its items came back; set only by returning items. Not in the API of
        /// June 2020.
        PartiallyReturned = "partially_returned",
        /// Given up or revoked; final.
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
