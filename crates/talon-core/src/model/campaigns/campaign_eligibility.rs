//! Eligibility of a session for campaigns.

use crate::model::{CampaignFeature, CampaignState, model};
use crate::wire::open_enum;
use crate::{
    ApplicationId, Attributes, CampaignId, CouponCode, CouponId, ReferralCode, ReferralId,
    Timestamp,
};

model! {
    /// A campaign, and whether it applies to the session.
    ///
    /// Not in the API of June 2020. Schema `CampaignEligibility`.
    pub struct CampaignEligibility {
        /// Application the campaign belongs to.
        pub application_id: ApplicationId,
        /// Id of the campaign.
        pub id: CampaignId,
        /// Name of the campaign, at least 1 character.
        pub name: String,
        /// Description of the campaign.
        pub description: Option<String>,
        /// Start of the campaign; absent means already started.
        pub start_time: Option<Timestamp>,
        /// End of the campaign; absent means never.
        pub end_time: Option<Timestamp>,
        /// Custom attributes of the campaign.
        pub attributes: Option<Attributes>,
        /// State of the campaign; only enabled ones are listed.
        pub state: CampaignState,
        /// Labels of the campaign.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub tags: Vec<String>,
        /// Features that the rules may use.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub features: Vec<CampaignFeature>,
        /// Outcome for the campaign, once per coupon it was tried with.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub eligibility: Vec<CampaignEligibilityDetails>,
        /// Rules of the campaign and the outcome for each.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub rules: Vec<RuleMetadataEligibility>,
        /// Experiment the campaign is part of.
        pub experiment: Option<CampaignEligibilityExperiment>,
    }
}

model! {
    /// Outcome for a campaign.
    ///
    /// Not in the API of June 2020. Schema `CampaignEligibilityDetails`.
    pub struct CampaignEligibilityDetails {
        /// Whether the session passes.
        pub passed: bool,
        /// Coupon it was tried with.
        pub coupon_code: Option<CouponCode>,
        /// Reason why it does not apply.
        pub details: Option<CampaignEligibilityFailureDetails>,
    }
}

model! {
    /// Reason why a campaign does not apply to a session.
    ///
    /// Not in the API of June 2020. Schema `CampaignEligibilityFailureDetails`.
    pub struct CampaignEligibilityFailureDetails {
        /// Kind of reason.
        pub failure_code: CampaignFailureCode,
    }
}

model! {
    /// A rule as shown to customers, and whether it applies to the session.
    ///
    /// Not in the API of June 2020. Schema `RuleMetadataEligibility`.
    pub struct RuleMetadataEligibility {
        /// Title of the rule.
        pub title: String,
        /// Title of the rule shown to customers.
        pub display_name: Option<String>,
        /// Description of the rule shown to customers.
        pub display_description: Option<String>,
        /// Further data of the rule, such as the address of an image.
        pub related_data: Option<String>,
        /// Outcome for the rule, once per coupon it was tried with.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub eligibility: Vec<RuleEligibility>,
    }
}

model! {
    /// Outcome for a rule.
    ///
    /// Not in the API of June 2020. Schema `RuleEligibility`.
    pub struct RuleEligibility {
        /// Whether the session passes.
        pub passed: bool,
        /// Coupon it was tried with.
        pub coupon_code: Option<CouponCode>,
        /// Reason why it does not apply.
        pub details: Option<RuleEligibilityFailureDetails>,
    }
}

model! {
    /// Reason why a rule does not apply to a session.
    ///
    /// Not in the API of June 2020. Schema `RuleEligibilityFailureDetails`.
    pub struct RuleEligibilityFailureDetails {
        /// Kind of reason.
        pub failure_code: RuleFailureCode,
        /// Coupon the rule was tried with.
        #[serde(rename = "couponID")]
        pub coupon_id: Option<CouponId>,
        /// Code of that coupon.
        pub coupon_value: Option<CouponCode>,
        /// Referral the rule was tried with.
        #[serde(rename = "referralID")]
        pub referral_id: Option<ReferralId>,
        /// Code of that referral.
        pub referral_value: Option<ReferralCode>,
        /// Index of the condition that failed.
        pub condition_index: Option<i64>,
        /// Index of the effect that failed.
        pub effect_index: Option<i64>,
        /// Description of the reason.
        pub details: String,
    }
}

model! {
    /// Experiment and variant a customer was given.
    ///
    /// Not in the API of June 2020. Schema `CampaignEligibilityExperiment`.
    pub struct CampaignEligibilityExperiment {
        /// Id of the experiment.
        pub id: i64,
        /// Id of the variant.
        pub variant_id: i64,
    }
}

open_enum! {
    /// Reason why a campaign does not apply to a session.
    pub enum CampaignFailureCode {
        /// None of its rules passed.
        AllRulesFailed = "ALL_RULES_FAILED",
        /// It was not evaluated.
        Skipped = "SKIPPED",
        /// The customer is not in its audience.
        AudienceNotMatched = "AUDIENCE_NOT_MATCHED",
    }
}

open_enum! {
    /// Reason why a rule does not apply to a session.
    pub enum RuleFailureCode {
        /// A condition is not fulfilled.
        ConditionNotMet = "CONDITION_NOT_MET",
        /// An effect could not be applied.
        EffectFailed = "EFFECT_FAILED",
    }
}
