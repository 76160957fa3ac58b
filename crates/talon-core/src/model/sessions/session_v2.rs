//! Customer sessions of V2.

use std::collections::BTreeMap;

use crate::model::{AdditionalCost, CartItem, SessionState, model};
use crate::{
    Amount, ApplicationId, Attributes, CampaignId, CouponCode, ProfileId, ReferralCode, SessionId,
    Timestamp,
};

model! {
    /// Changes of a session.
    ///
    /// A member left out keeps its value; an empty one clears it. Schema `NewCustomerSessionV2`.
    ///
    /// ```
    /// use talon_core::prelude::*;
    ///
    /// let session = NewCustomerSessionV2::default()
    ///     .profile("anna")
    ///     .cart_items([CartItem::new("SKU-1", 2).price(10)]);
    /// assert_eq!(session.profile_id, Some("anna".into()));
    /// ```
    pub struct NewCustomerSessionV2 {
        /// Integration id of the customer; absent or empty for an anonymous session.
        pub profile_id as profile: Option<ProfileId>,
        /// Integration id of the store, 1 to 1000 characters. Not in the API of June 2020.
        pub store_integration_id: Option<String>,
        /// Campaigns to evaluate, even disabled ones, instead of all; only in dry requests. Not in
        /// the API of June 2020.
        pub evaluable_campaign_ids: Option<Vec<CampaignId>>,
        /// All coupon codes of the session, each at most 100 characters; `[]` removes them.
        pub coupon_codes: Option<Vec<CouponCode>>,
        /// Referral code of the session, at most 100 characters; an empty one removes it.
        pub referral_code: Option<ReferralCode>,
        /// Loyalty cards used in the session, at most one. Not in the API of June 2020.
        pub loyalty_cards: Option<Vec<String>>,
        /// New state. Default for a new session: open.
        pub state: Option<SessionState>,
        /// All lines of the cart in order, at most 1000 with 10 000 units in total; replaces the
        /// previous lines.
        pub cart_items: Option<Vec<CartItem>>,
        /// Experiment variants this session is assigned to. Not in the API of June 2020.
        pub experiment_variant_allocations: Option<Vec<ExperimentVariantAllocation>>,
        /// Costs of the whole session by name, such as shipping.
        pub additional_costs: Option<BTreeMap<String, AdditionalCost>>,
        /// Identifiers that limits may count by, such as the id of a device; at most 5.
        pub identifiers: Option<Vec<String>>,
        /// Custom attributes to set; `null` removes one.
        pub attributes: Option<Attributes>,
    }
    setters
}

model! {
    /// A session, as stored by the service.
    ///
    /// Totals are those before any discount. Schema `CustomerSessionV2`.
    pub struct CustomerSessionV2 {
        /// Id that the service assigned to the session. Not in the API of June 2020.
        pub id: Option<i64>,
        /// Integration id, assigned by the shop.
        pub integration_id: SessionId,
        /// Time of its creation.
        pub created: Timestamp,
        /// Application the session belongs to.
        pub application_id: ApplicationId,
        /// Integration id of the customer; empty for an anonymous session.
        pub profile_id: ProfileId,
        /// Integration id of the store. Not in the API of June 2020.
        pub store_integration_id: Option<String>,
        /// Campaigns that the dry request was restricted to. Not in the API of June 2020.
        pub evaluable_campaign_ids: Option<Vec<CampaignId>>,
        /// Coupon codes of the session, valid or not.
        pub coupon_codes: Option<Vec<CouponCode>>,
        /// Referral code of the session; empty when there is none.
        pub referral_code: Option<ReferralCode>,
        /// Loyalty cards used in the session. Not in the API of June 2020.
        pub loyalty_cards: Option<Vec<String>>,
        /// State of the session.
        pub state: SessionState,
        /// Lines of the cart, in order.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub cart_items: Vec<CartItem>,
        /// Experiment variants this session is assigned to. Not in the API of June 2020.
        pub experiment_variant_allocations: Option<Vec<ExperimentVariantAllocation>>,
        /// Costs of the whole session by name.
        pub additional_costs: Option<BTreeMap<String, AdditionalCost>>,
        /// Identifiers that limits may count by.
        pub identifiers: Option<Vec<String>>,
        /// Custom attributes.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub attributes: Attributes,
        /// Whether it is the customer's first session; `true` for an anonymous session.
        pub first_session: bool,
        /// Number of updates of the session, its creation included. Not in the API of June 2020.
        pub update_count: Option<i64>,
        /// Sum of the lines and the additional costs.
        pub total: Amount,
        /// Sum of price times quantity over all lines.
        pub cart_item_total: Amount,
        /// Sum of the additional costs of the whole session.
        pub additional_cost_total: Amount,
        /// Sum of the additional costs of all lines. Not in the API of June 2020.
        pub cart_item_additional_cost_total: Option<Amount>,
        /// Time of the last update. Not in the API of June 2020.
        pub updated: Option<Timestamp>,
    }
}

model! {
    /// Variant of an experiment that a session takes part in.
    ///
    /// Not in the API of June 2020. Schema `ExperimentVariantAllocation`.
    pub struct ExperimentVariantAllocation {
        /// Id of the experiment.
        #[serde(rename = "experimentID")]
        pub experiment_id: i64,
        /// Id of the variant.
        #[serde(rename = "variantID")]
        pub variant_id: i64,
    }
    setters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_codes_and_codes_left_out_differ() {
        let kept = NewCustomerSessionV2::default();
        let dropped = NewCustomerSessionV2::default().coupon_codes([""; 0]);

        assert_eq!(serde_json::to_string(&kept).unwrap(), "{}");
        assert_eq!(serde_json::to_string(&dropped).unwrap(), r#"{"couponCodes":[]}"#);
    }
}
