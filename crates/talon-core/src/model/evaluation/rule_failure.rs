//! Rules that did not apply, with reasons.

use crate::model::{EvaluationGroupMode, model};
use crate::{CampaignId, CouponCode, CouponId, ReferralCode, ReferralId, RulesetId};

model! {
    /// A rule that did not apply, and why.
    ///
    /// Not in the API of June 2020. Schema `RuleFailureReason`.
    pub struct RuleFailureReason {
        /// Campaign of the rule.
        #[serde(rename = "campaignID")]
        pub campaign_id: CampaignId,
        /// Name of the campaign.
        pub campaign_name: String,
        /// Set of rules it belongs to.
        #[serde(rename = "rulesetID")]
        pub ruleset_id: RulesetId,
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
        /// Index of the rule in its set.
        pub rule_index: i64,
        /// Name of the rule.
        pub rule_name: String,
        /// Index of the condition that failed.
        pub condition_index: Option<i64>,
        /// Index of the effect that failed.
        pub effect_index: Option<i64>,
        /// Description of the reason.
        pub details: Option<String>,
        /// Evaluation group of the campaign.
        #[serde(rename = "evaluationGroupID")]
        pub evaluation_group_id: Option<i64>,
        /// How that group selects among its campaigns.
        pub evaluation_group_mode: Option<EvaluationGroupMode>,
    }
}
