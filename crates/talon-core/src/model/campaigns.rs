//! Campaigns, their limits and who may use them.

mod campaign;
mod campaign_eligibility;
mod limit;

pub use campaign::*;
pub use campaign_eligibility::*;
pub use limit::*;
