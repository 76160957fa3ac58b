//! Requests and replies of an evaluation.

use crate::effect::Effect;
use crate::model::{
    AdvancedEvent, Campaign, CampaignEligibility, Coupon, CustomerAchievement, CustomerProfile,
    CustomerSession, CustomerSessionV2, Event, Giveaway, ItemReturn, Loyalty, NewCustomerSessionV2,
    Referral, RuleFailureReason, model,
};
use crate::wire::open_enum;

model! {
    /// Reply of V1: session, profile and event, with the effects in the event.
    ///
    /// Schema `IntegrationState`.
    pub struct IntegrationState {
        /// Session that was evaluated; an empty one for requests without a session.
        pub session: CustomerSession,
        /// Profile of the session; a profile with an empty integration id for an anonymous session.
        pub profile: CustomerProfile,
        /// Event that records the request, with the effects.
        pub event: Event,
        /// Points of the customer.
        pub loyalty: Option<Loyalty>,
        /// Coupon of the session.
        pub coupon: Option<Coupon>,
    }
}

model! {
    /// Reply of V2: the effects, and the parts that `responseContent` requested.
    ///
    /// Schema `IntegrationStateV2`.
    pub struct IntegrationStateV2 {
        /// Session after the update.
        pub customer_session: Option<CustomerSessionV2>,
        /// Profile of the session.
        pub customer_profile: Option<CustomerProfile>,
        /// Event that records the request.
        pub event: Option<Event>,
        /// Advanced event that was recorded. Not in the API of June 2020.
        pub advanced_event: Option<AdvancedEvent>,
        /// Points of the customer.
        pub loyalty: Option<Loyalty>,
        /// Referral of the session.
        pub referral: Option<Referral>,
        /// Coupons of the session.
        pub coupons: Option<Vec<Coupon>>,
        /// Campaigns with at least one effect.
        pub triggered_campaigns: Option<Vec<Campaign>>,
        /// Campaigns and whether they apply; only in dry requests. Not in the API of June 2020.
        pub campaign_eligibility: Option<Vec<CampaignEligibility>>,
        /// All current effects of the session; they replace the effects of earlier replies.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub effects: Vec<Effect>,
        /// Rules that did not apply, with reasons. Not in the API of June 2020.
        pub rule_failure_reasons: Option<Vec<RuleFailureReason>>,
        /// Coupons created by the rules.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub created_coupons: Vec<Coupon>,
        /// Referral codes created by the rules.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub created_referrals: Vec<Referral>,
        /// Giveaways awarded to the customer. Not in the API of June 2020.
        pub awarded_giveaways: Option<Vec<Giveaway>>,
        /// Achievements of the customer and their progress. Not in the API of June 2020.
        pub achievements: Option<Vec<CustomerAchievement>>,
        /// Return of items that was recorded. Not in the API of June 2020.
        #[serde(rename = "return")]
        pub returned: Option<ItemReturn>,
        /// Returns recorded before. Not in the API of June 2020.
        pub previous_returns: Option<Vec<ItemReturn>>,
    }
    by_text "IntegrationStateV2"
}

model! {
    /// Update of a session, and the requested parts of the reply.
    ///
    /// Schema `IntegrationRequest`.
    pub struct IntegrationRequest {
        /// Changes of the session.
        pub customer_session: NewCustomerSessionV2,
        /// Parts of the reply in addition to the effects; none when absent or empty.
        pub response_content: Option<Vec<ResponseContent>>,
    }
    setters
}

impl IntegrationRequest {
    /// Changes of a session. The reply contains only the effects.
    pub fn new(session: NewCustomerSessionV2) -> Self {
        Self { customer_session: session, response_content: None }
    }
}

impl From<NewCustomerSessionV2> for IntegrationRequest {
    fn from(session: NewCustomerSessionV2) -> Self {
        Self::new(session)
    }
}

open_enum! {
    /// A part of a reply that is sent on request. Each value names a member of the reply.
    pub enum ResponseContent {
        /// The session; only in requests of sessions.
        CustomerSession = "customerSession",
        /// The profile.
        CustomerProfile = "customerProfile",
        /// The session's coupons; only in requests of sessions.
        Coupons = "coupons",
        /// The campaigns that had an effect.
        TriggeredCampaigns = "triggeredCampaigns",
        /// The session's referral; only in requests of sessions.
        Referral = "referral",
        /// The customer's points.
        Loyalty = "loyalty",
        /// The recorded event.
        Event = "event",
        /// The giveaways given. Not in the API of June 2020.
        AwardedGiveaways = "awardedGiveaways",
        /// Rules that did not apply, with reasons. Not in the API of June 2020.
        RuleFailureReasons = "ruleFailureReasons",
        /// Earlier returns of items; only in requests of sessions. Not in the API of June 2020.
        PreviousReturns = "previousReturns",
        /// Campaigns and whether they apply; only in dry requests. Not in the API of June 2020.
        CampaignEligibility = "campaignEligibility",
        /// The customer's achievements. Not in the API of June 2020.
        Achievements = "achievements",
        /// The advanced event; requests of advanced events only. Not in the API of June 2020.
        AdvancedEvent = "advancedEvent",
        /// The rewards unlocked; not in the published specification. Not in the API of June 2020.
        UnlockedRewards = "unlockedRewards",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_lists_are_always_written() {
        let state: IntegrationStateV2 =
            serde_json::from_str(r#"{"effects":null,"createdCoupons":[]}"#).unwrap();

        assert_eq!(
            serde_json::to_string(&state).unwrap(),
            r#"{"effects":[],"createdCoupons":[],"createdReferrals":[]}"#
        );
    }

    #[test]
    fn other_readers_decode_the_reply_as_ours_does() {
        let text = r#"{"effects":[{"campaignId":1,"rulesetId":2,"ruleIndex":0,"ruleName":"a",
            "effectType":"setDiscount","props":{"name":"b","value":12.30}},
            {"effectType":"paint","props":{"b":[1]}}, "odd"],"createdCoupons":null}"#;

        let reply: IntegrationStateV2 = crate::json::from_slice(text.as_bytes()).unwrap();

        assert_eq!(reply.effects.len(), 3);
        assert_eq!(serde_json::from_str::<IntegrationStateV2>(text).unwrap(), reply);
        let value: serde_json::Value = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::from_value::<IntegrationStateV2>(value).unwrap(), reply);
        let error = serde_json::from_str::<IntegrationStateV2>("{\"event\":\n5}").unwrap_err();
        assert_eq!(
            error.to_string(),
            "invalid type: integer `5`, expected struct Event at line 2 column 1"
        );
    }
}
