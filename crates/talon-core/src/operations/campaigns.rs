//! Campaigns.

mod integration_get_all_campaigns;

pub use integration_get_all_campaigns::IntegrationGetAllCampaigns;
