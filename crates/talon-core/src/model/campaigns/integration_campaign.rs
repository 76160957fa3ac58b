//! Campaigns as lists show them.

use crate::model::{CampaignFeature, CampaignState, model};
use crate::{ApplicationId, Attributes, AudienceId, CampaignId, Timestamp};

model! {
    /// A page of campaigns, by their ids.
    ///
    /// Not in the API of June 2020.
    pub struct IntegrationCampaignPage {
        /// Whether there are more after this page.
        pub has_more: bool,
        /// The campaigns.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub data: Vec<IntegrationCampaign>,
    }
}

model! {
    /// A campaign that runs, with the descriptions of its rules.
    ///
    /// Not in the API of June 2020. Schema `IntegrationCampaign`.
    pub struct IntegrationCampaign {
        /// Application the campaign belongs to.
        pub application_id: ApplicationId,
        /// Which campaign.
        pub id: CampaignId,
        /// What the campaign is called, at least 1 character.
        pub name: String,
        /// What the campaign is for.
        pub description: Option<String>,
        /// When the campaign begins; begun when absent.
        pub start_time: Option<Timestamp>,
        /// When the campaign ends; never when absent.
        pub end_time: Option<Timestamp>,
        /// Custom attributes of the campaign.
        pub attributes: Option<Attributes>,
        /// State of the campaign; only enabled ones are listed.
        pub state: CampaignState,
        /// Labels of the campaign.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub tags: Vec<String>,
        /// What the rules may work with.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub features: Vec<CampaignFeature>,
        /// Rules of the campaign.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub rules: Vec<RuleMetadata>,
        /// Stores it is limited to, by the ids that the service assigned.
        pub linked_store_ids: Option<Vec<i64>>,
        /// Audiences it is limited to.
        pub linked_audience_ids: Option<Vec<AudienceId>>,
    }
}

model! {
    /// What shops may show of a rule.
    ///
    /// Not in the API of June 2020. Schema `RuleMetadata`.
    pub struct RuleMetadata {
        /// What the rule is called.
        pub title: String,
        /// Name for customers.
        pub display_name: Option<String>,
        /// Description for customers.
        pub display_description: Option<String>,
        /// Anything else a shop wants to know of it.
        pub related_data: Option<String>,
    }
}
