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
    /// What to change in a profile.
    ///
    /// Schemas `NewCustomerProfile` and `CustomerProfileIntegrationRequestV2`.
    pub struct NewCustomerProfile {
        /// Custom attributes to set; `null` removes one.
        pub attributes: Option<Attributes>,
        /// Evaluate these campaigns and no others, even disabled ones; dry requests only. Not in
        /// the API of June 2020.
        pub evaluable_campaign_ids: Option<Vec<CampaignId>>,
        /// What to return beside the effects. Not in the API of June 2020.
        pub response_content: Option<Vec<ResponseContent>>,
        /// Audiences to join and to leave. Not in the API of June 2020.
        pub audiences_changes: Option<ProfileAudiencesChanges>,
    }
}

impl NewCustomerProfile {
    /// Sets custom attributes.
    #[must_use]
    pub fn attributes(mut self, attributes: Attributes) -> Self {
        self.attributes = Some(attributes);
        self
    }

    /// Asks for these parts of the reply.
    #[must_use]
    pub fn response_content(mut self, parts: impl IntoIterator<Item = ResponseContent>) -> Self {
        self.response_content = Some(parts.into_iter().collect());
        self
    }

    /// Sets the audiences to join and to leave.
    #[must_use]
    pub fn audiences_changes(mut self, changes: ProfileAudiencesChanges) -> Self {
        self.audiences_changes = Some(changes);
        self
    }
}

model! {
    /// Audiences a customer joins and leaves.
    ///
    /// Not in the API of June 2020. Schema `ProfileAudiencesChanges`.
    pub struct ProfileAudiencesChanges {
        /// Audiences to join.
        pub adds: Vec<AudienceId>,
        /// Audiences to leave.
        pub deletes: Vec<AudienceId>,
    }
}

model! {
    /// A customer as the service holds it.
    ///
    /// Schema `CustomerProfile`.
    pub struct CustomerProfile {
        /// Service's own number of the profile. Not in the API of June 2020.
        pub id: Option<i64>,
        /// Name the shop gave the customer; empty for an anonymous one.
        pub integration_id: ProfileId,
        /// When the service first saw the customer.
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
        /// Loyalty programs the customer joined. The service of today always sends `null`.
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
    /// Reply to an update of a profile by the second version.
    ///
    /// The service of 2020 answers the profile alone. Schemas `CustomerProfileUpdate` and
    /// `CustomerProfileIntegrationResponseV2`.
    pub struct CustomerProfileUpdate {
        /// Profile after the update. The service of today sends it on request.
        pub customer_profile: Option<CustomerProfile>,
        /// Event the update was recorded as. Not in the API of June 2020.
        pub event: Option<Event>,
        /// Points of the customer. Not in the API of June 2020.
        pub loyalty: Option<Loyalty>,
        /// Campaigns that had an effect. Not in the API of June 2020.
        pub triggered_campaigns: Option<Vec<Campaign>>,
        /// Why rules did not apply. Not in the API of June 2020.
        pub rule_failure_reasons: Option<Vec<RuleFailureReason>>,
        /// Which campaigns would apply; dry requests only. Not in the API of June 2020.
        pub campaign_eligibility: Option<Vec<CampaignEligibility>>,
        /// Giveaways the customer was given. Not in the API of June 2020.
        pub awarded_giveaways: Option<Vec<Giveaway>>,
        /// Customer's achievements and how far they are. The specification knows them as a value of
        /// `responseContent` alone. Not in the API of June 2020.
        pub achievements: Option<Vec<CustomerAchievement>>,
        /// What the rules ask for; empty when none ran. Not in the API of June 2020.
        pub effects: Option<Vec<Effect>>,
        /// Coupons the rules created. Not in the API of June 2020.
        pub created_coupons: Option<Vec<Coupon>>,
        /// Referral codes the rules created. Not in the API of June 2020.
        pub created_referrals: Option<Vec<Referral>>,
    }
}

model! {
    /// A customer's part in a loyalty program.
    ///
    /// Schema `LoyaltyMembership`.
    pub struct LoyaltyMembership {
        /// When the customer joined.
        pub joined: Option<Timestamp>,
        /// Which program.
        pub loyalty_program_id: LoyaltyProgramId,
    }
}

model! {
    /// A customer's part in an audience.
    ///
    /// Not in the API of June 2020. Schema `AudienceMembership`.
    pub struct AudienceMembership {
        /// Which audience.
        pub id: AudienceId,
        /// What the audience is called.
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
