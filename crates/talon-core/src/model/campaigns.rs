//! Campaigns, their limits and their eligibility.

mod campaign;
mod campaign_eligibility;
mod limit;

pub use campaign::*;
pub use campaign_eligibility::*;
pub use limit::*;
