//! Campaigns, their limits and who may use them.

mod campaign;
mod campaign_eligibility;
mod limit;

pub use campaign::{
    Campaign, CampaignFeature, CampaignFrontendState, CampaignRevisionState, CampaignState,
    CampaignType,
};
pub use campaign_eligibility::{
    CampaignEligibility, CampaignEligibilityDetails, CampaignEligibilityExperiment,
    CampaignEligibilityFailureDetails, CampaignFailureCode, RuleEligibility,
    RuleEligibilityFailureDetails, RuleFailureCode, RuleMetadataEligibility,
};
pub use limit::{CampaignBudget, LimitAction, LimitConfig, LimitEntity, LimitPeriod};
