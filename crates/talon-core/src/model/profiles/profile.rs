//! Customer profiles.

use crate::effect::Effect;
use crate::model::{
    Campaign, CampaignEligibility, Coupon, CustomerAchievement, Event, Giveaway, Loyalty, Referral,
    ResponseContent, RuleFailureReason, model,
};
use crate::{
    AccountId, Amount, Attributes, AudienceId, CampaignId, LoyaltyProgramId, ProfileId, Timestamp,
};

model! {
    /// Changes of a profile.
    ///
    /// Schemas `NewCustomerProfile` and `CustomerProfileIntegrationRequestV2`.
    pub struct NewCustomerProfile {
        /// Custom attributes to set; `null` removes one.
        pub attributes: Option<Attributes>,
        /// Campaigns to evaluate, even disabled ones, instead of all; only in dry requests. Not in
        /// the API of June 2020.
        pub evaluable_campaign_ids: Option<Vec<CampaignId>>,
        /// Parts of the reply in addition to the effects. Not in the API of June 2020.
        pub response_content: Option<Vec<ResponseContent>>,
        /// Audiences to join and to leave. Not in the API of June 2020.
        pub audiences_changes: Option<ProfileAudiencesChanges>,
    }
    setters
}

model! {
    /// Audiences a customer joins and leaves.
    ///
    /// Not in the API of June 2020. Schema `ProfileAudiencesChanges`.
    pub struct ProfileAudiencesChanges {
        /// Audiences to join.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub adds: Vec<AudienceId>,
        /// Audiences to leave.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub deletes: Vec<AudienceId>,
    }
    setters
}

model! {
    /// A customer profile, as stored by the service.
    ///
    /// Schema `CustomerProfile`.
    pub struct CustomerProfile {
        /// Id that the service assigned to the profile. Not in the API of June 2020.
        pub id: Option<i64>,
        /// Integration id, assigned by the shop; empty for an anonymous customer.
        pub integration_id: ProfileId,
        /// Time of its creation.
        pub created: Timestamp,
        /// Custom attributes.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub attributes: Attributes,
        /// Account the profile belongs to.
        pub account_id: AccountId,
        /// Closed sessions so far, without cancelled and reopened ones.
        pub closed_sessions: i64,
        /// Totals of the closed sessions together, before discounts.
        pub total_sales: Amount,
        /// Loyalty programs the customer joined. Current versions of the service always send
        /// `null`.
        pub loyalty_memberships: Option<Vec<LoyaltyMembership>>,
        /// Audiences the customer belongs to. Not in the API of June 2020.
        pub audience_memberships: Option<Vec<AudienceMembership>>,
        /// Last time rules ran for the customer, dry requests aside.
        pub last_activity: Timestamp,
        /// Whether the profile is one for testing. Not in the API of June 2020.
        pub sandbox: Option<bool>,
    }
}

model! {
    /// Reply to an update of a profile of V2.
    ///
    /// The API of June 2020 sends only the profile. Schemas `CustomerProfileUpdate` and
    /// `CustomerProfileIntegrationResponseV2`.
    pub struct CustomerProfileUpdate {
        /// Profile after the update. Current versions of the service send it on request.
        pub customer_profile: Option<CustomerProfile>,
        /// Event that records the update. Not in the API of June 2020.
        pub event: Option<Event>,
        /// Points of the customer. Not in the API of June 2020.
        pub loyalty: Option<Loyalty>,
        /// Campaigns with at least one effect. Not in the API of June 2020.
        pub triggered_campaigns: Option<Vec<Campaign>>,
        /// Rules that did not apply, with reasons. Not in the API of June 2020.
        pub rule_failure_reasons: Option<Vec<RuleFailureReason>>,
        /// Campaigns and whether they apply; only in dry requests. Not in the API of June 2020.
        pub campaign_eligibility: Option<Vec<CampaignEligibility>>,
        /// Giveaways awarded to the customer. Not in the API of June 2020.
        pub awarded_giveaways: Option<Vec<Giveaway>>,
        /// Achievements of the customer and their progress. The specification knows them as a value
        /// of `responseContent` alone. Not in the API of June 2020.
        pub achievements: Option<Vec<CustomerAchievement>>,
        /// Effects of the rules; empty when no rules ran. Not in the API of June 2020.
        pub effects: Option<Vec<Effect>>,
        /// Coupons created by the rules. Not in the API of June 2020.
        pub created_coupons: Option<Vec<Coupon>>,
        /// Referral codes created by the rules. Not in the API of June 2020.
        pub created_referrals: Option<Vec<Referral>>,
    }
}

model! {
    /// Membership of a customer in a loyalty program.
    ///
    /// Schema `LoyaltyMembership`.
    pub struct LoyaltyMembership {
        /// Time when the customer joined.
        pub joined: Option<Timestamp>,
        /// Id of the program.
        pub loyalty_program_id: LoyaltyProgramId,
    }
}

model! {
    /// Membership of a customer in an audience.
    ///
    /// Not in the API of June 2020. Schema `AudienceMembership`.
    pub struct AudienceMembership {
        /// Id of the audience.
        pub id: AudienceId,
        /// Name of the audience.
        pub name: String,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memberships_of_null_read_as_absent() {
        let text = r#"{"integrationId":"anna","created":"2020-06-05T10:00:00Z","attributes":{},
            "accountId":1,"closedSessions":0,"totalSales":0,"loyaltyMemberships":null,
            "lastActivity":"2020-06-05T10:00:00Z"}"#;

        let profile: CustomerProfile = serde_json::from_str(text).unwrap();

        assert_eq!(profile.loyalty_memberships, None);
    }
}
