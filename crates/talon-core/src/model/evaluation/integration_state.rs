//! What an evaluation asks for and what it answers.

use crate::effect::Effect;
use crate::model::{
    AdvancedEvent, Campaign, CampaignEligibility, Coupon, CustomerAchievement, CustomerProfile,
    CustomerSession, CustomerSessionV2, Event, Giveaway, ItemReturn, Loyalty, NewCustomerSessionV2,
    Referral, RuleFailureReason, model,
};
use crate::wire::open_enum;

model! {
    /// Reply of the first version: session, profile and event, with the effects in the event.
    ///
    /// Schema `IntegrationState`.
    pub struct IntegrationState {
        /// Session that was evaluated; an empty one where none takes part.
        pub session: CustomerSession,
        /// Customer of the session, also for an anonymous one.
        pub profile: CustomerProfile,
        /// Event the request was recorded as, with the effects.
        pub event: Event,
        /// Points of the customer.
        pub loyalty: Option<Loyalty>,
        /// Coupon of the session.
        pub coupon: Option<Coupon>,
    }
}

model! {
    /// Reply of the second version: the effects, and what `responseContent` asked for.
    ///
    /// Schema `IntegrationStateV2`.
    pub struct IntegrationStateV2 {
        /// Session after the update.
        pub customer_session: Option<CustomerSessionV2>,
        /// Customer of the session.
        pub customer_profile: Option<CustomerProfile>,
        /// Event the request was recorded as.
        pub event: Option<Event>,
        /// Advanced event that was recorded. Not in the API of June 2020.
        pub advanced_event: Option<AdvancedEvent>,
        /// Points of the customer.
        pub loyalty: Option<Loyalty>,
        /// Referral of the session.
        pub referral: Option<Referral>,
        /// Coupons of the session.
        pub coupons: Option<Vec<Coupon>>,
        /// Campaigns that had an effect.
        pub triggered_campaigns: Option<Vec<Campaign>>,
        /// Which campaigns would apply; dry requests only. Not in the API of June 2020.
        pub campaign_eligibility: Option<Vec<CampaignEligibility>>,
        /// Everything now in force for the session; replaces the effects of earlier replies.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub effects: Vec<Effect>,
        /// Why rules did not apply. Not in the API of June 2020.
        pub rule_failure_reasons: Option<Vec<RuleFailureReason>>,
        /// Coupons the rules created.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub created_coupons: Vec<Coupon>,
        /// Referral codes the rules created.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub created_referrals: Vec<Referral>,
        /// Giveaways the customer was given. Not in the API of June 2020.
        pub awarded_giveaways: Option<Vec<Giveaway>>,
        /// Customer's achievements and how far they are. Not in the API of June 2020.
        pub achievements: Option<Vec<CustomerAchievement>>,
        /// Return of items that was recorded. Not in the API of June 2020.
        #[serde(rename = "return")]
        pub returned: Option<ItemReturn>,
        /// Returns recorded before. Not in the API of June 2020.
        pub previous_returns: Option<Vec<ItemReturn>>,
    }
}

model! {
    /// Update of a session, and what to return beside the effects.
    ///
    /// Schema `IntegrationRequest`.
    pub struct IntegrationRequest {
        /// What to change in the session.
        pub customer_session: NewCustomerSessionV2,
        /// What to return beside the effects; nothing when absent or empty.
        pub response_content: Option<Vec<ResponseContent>>,
    }
}

impl IntegrationRequest {
    /// Applies `session` and returns the effects alone.
    pub fn new(session: impl Into<NewCustomerSessionV2>) -> Self {
        Self { customer_session: session.into(), response_content: None }
    }

    /// Asks for these parts of the reply.
    #[must_use]
    pub fn response_content(mut self, parts: impl IntoIterator<Item = ResponseContent>) -> Self {
        self.response_content = Some(parts.into_iter().collect());
        self
    }
}

open_enum! {
    /// A part of a reply that is sent on request.
    ///
    /// Each names the member of the reply it adds.
    pub enum ResponseContent {
        /// The session; session requests only.
        CustomerSession = "customerSession",
        /// The profile.
        CustomerProfile = "customerProfile",
        /// The session's coupons; session requests only.
        Coupons = "coupons",
        /// The campaigns that had an effect.
        TriggeredCampaigns = "triggeredCampaigns",
        /// The session's referral; session requests only.
        Referral = "referral",
        /// The customer's points.
        Loyalty = "loyalty",
        /// The recorded event.
        Event = "event",
        /// The giveaways given. Not in the API of June 2020.
        AwardedGiveaways = "awardedGiveaways",
        /// Why rules did not apply. Not in the API of June 2020.
        RuleFailureReasons = "ruleFailureReasons",
        /// Earlier returns of items; session requests only. Not in the API of June 2020.
        PreviousReturns = "previousReturns",
        /// Which campaigns would apply; dry requests only. Not in the API of June 2020.
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
}
