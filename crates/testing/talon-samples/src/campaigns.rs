//! Campaigns.

use talon_core::prelude::*;

use crate::Sample;

impl Sample for IntegrationGetAllCampaigns {
    fn sample(_id: &str) -> Self {
        Self::new().page_size(10).campaign_ids([1, 2])
    }

    fn refused() -> Vec<Self> {
        vec![Self::new().page_size(0), Self::new().page_size(1001), Self::new().skip(-1)]
    }
}
