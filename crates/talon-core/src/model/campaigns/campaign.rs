//! Campaigns.

mod feature;
mod state;

pub use self::feature::{CampaignFeature, CampaignType};
pub use self::state::{CampaignFrontendState, CampaignRevisionState, CampaignState};
use crate::model::{CampaignBudget, CodeGeneratorSettings, LimitConfig, model};
use crate::{Amount, ApplicationId, Attributes, CampaignId, KnownOrRaw, RulesetId, Timestamp};

model! {
    /// A campaign, as stored by the service.
    ///
    /// `budgets` supersedes the counters. Schema `Campaign`.
    pub struct Campaign {
        /// Id that the service assigned to the campaign.
        pub id: CampaignId,
        /// Time of its creation.
        pub created: Timestamp,
        /// Application it belongs to.
        pub application_id: ApplicationId,
        /// Id of the user who owns it.
        pub user_id: i64,
        /// Name, at least 1 character.
        pub name: String,
        /// Description; may be empty.
        pub description: String,
        /// Start; absent means already started.
        pub start_time: Option<Timestamp>,
        /// End; absent means never.
        pub end_time: Option<Timestamp>,
        /// Custom attributes.
        pub attributes: Option<Attributes>,
        /// State of the campaign, independent of its start and end.
        pub state: CampaignState,
        /// Id of its set of rules.
        pub active_ruleset_id: Option<RulesetId>,
        /// Labels, at most 50 of 1 to 50 characters.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub tags: Vec<String>,
        /// Whether it is evaluated again when items come back. Not in the API of June 2020.
        pub reevaluate_on_return: Option<bool>,
        /// Features that its rules may use.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub features: Vec<CampaignFeature>,
        /// Settings of generated coupon codes.
        pub coupon_settings: Option<CodeGeneratorSettings>,
        /// Settings of generated referral codes.
        pub referral_settings: Option<CodeGeneratorSettings>,
        /// Its limits.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub limits: Vec<LimitConfig>,
        /// Groups of campaigns it belongs to. Not in the API of June 2020.
        pub campaign_groups: Option<Vec<i64>>,
        /// Scope of its effects. Not in the API of June 2020.
        #[serde(rename = "type")]
        pub campaign_type: Option<CampaignType>,
        /// Stores it is restricted to. Not in the API of June 2020.
        pub linked_store_ids: Option<Vec<i64>>,
        /// Custom attributes of its coupons. Not in the API of June 2020.
        pub coupon_attributes: Option<Attributes>,
        /// Its limits and how much of each is used. Not in the API of June 2020.
        pub budgets: Option<Vec<CampaignBudget>>,
        /// Coupons redeemed so far.
        pub coupon_redemption_count: Option<i64>,
        /// Referral codes redeemed so far.
        pub referral_redemption_count: Option<i64>,
        /// Sum of the discounts so far, in the application's currency.
        pub discount_count: Option<Amount>,
        /// Number of the discounts so far.
        pub discount_effect_count: Option<i64>,
        /// Coupons created by its rules so far.
        pub coupon_creation_count: Option<i64>,
        /// Custom effects so far. Not in the API of June 2020.
        pub custom_effect_count: Option<i64>,
        /// Referral codes created by its rules so far. Not in the API of June 2020.
        pub referral_creation_count: Option<i64>,
        /// Free items so far. Not in the API of June 2020.
        pub add_free_item_effect_count: Option<i64>,
        /// Giveaways given so far. Not in the API of June 2020.
        pub awarded_giveaways_count: Option<i64>,
        /// Loyalty points added so far. Not in the API of June 2020.
        pub created_loyalty_points_count: Option<Amount>,
        /// Times loyalty points were added. Not in the API of June 2020.
        pub created_loyalty_points_effect_count: Option<i64>,
        /// Loyalty points spent so far. Not in the API of June 2020.
        pub redeemed_loyalty_points_count: Option<Amount>,
        /// Times loyalty points were spent. Not in the API of June 2020.
        pub redeemed_loyalty_points_effect_count: Option<i64>,
        /// Webhooks called so far. Not in the API of June 2020.
        pub call_api_effect_count: Option<i64>,
        /// Coupons reserved by its rules so far. Not in the API of June 2020.
        #[serde(rename = "reservecouponEffectCount")]
        pub reservecoupon_effect_count: Option<i64>,
        /// Last event it took part in.
        pub last_activity: Option<Timestamp>,
        /// Last change of the campaign itself; published replies contain dates that do not exist.
        pub updated: Option<KnownOrRaw<Timestamp>>,
        /// Name of the user who created it.
        pub created_by: Option<String>,
        /// Name of the user who changed it last.
        pub updated_by: Option<String>,
        /// Template it was made from. Not in the API of June 2020.
        pub template_id: Option<i64>,
        /// State by its times as well, as the user interface shows it. Not in the API of June 2020.
        pub frontend_state: Option<CampaignFrontendState>,
        /// Whether the stores were imported from a file. Not in the API of June 2020.
        pub stores_imported: Option<bool>,
        /// Its maps of values. Not in the API of June 2020.
        pub value_maps_ids: Option<Vec<i64>>,
        /// Experiment it is part of. Not in the API of June 2020.
        pub experiment_id: Option<i64>,
        /// State of its revision, as the user interface shows it. Not in the API of June 2020.
        pub revision_frontend_state: Option<CampaignRevisionState>,
        /// Revision that was activated last. Not in the API of June 2020.
        pub active_revision_id: Option<i64>,
        /// Version of that revision. Not in the API of June 2020.
        pub active_revision_version_id: Option<i64>,
        /// Number of activated revisions; 0 for a new campaign. Not in the API of June 2020.
        pub version: Option<i64>,
        /// Revision being edited. Not in the API of June 2020.
        pub current_revision_id: Option<i64>,
        /// Last version of that revision. Not in the API of June 2020.
        pub current_revision_version_id: Option<i64>,
        /// Whether keys for staging see the revision being edited; `false` by default. Not in the
        /// API of June 2020.
        pub stage_revision: Option<bool>,
    }
}
