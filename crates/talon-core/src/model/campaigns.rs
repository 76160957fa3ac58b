//! Campaigns, their limits and their eligibility.

mod campaign;
mod campaign_eligibility;
mod integration_campaign;
mod limit;

pub use campaign::*;
pub use campaign_eligibility::*;
pub use integration_campaign::*;
pub use limit::*;
