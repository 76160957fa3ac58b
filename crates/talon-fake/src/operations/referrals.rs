//! Referral codes.

use talon_core::ApiError;
use talon_core::model::Referral;
use talon_core::operations::CreateReferral;

use super::Execute;
use super::validate::{MAX_ID, Problems};
use crate::engine::codes;
use crate::state::Transaction;

impl Execute for CreateReferral {
    fn execute(&self, tx: &mut Transaction<'_>) -> Result<Referral, ApiError> {
        let mut problems = Problems::new();
        let advocate = &self.referral.advocate_profile_integration_id;
        problems.id("/advocateProfileIntegrationId", advocate.as_str());
        if let Some(friend) = &self.referral.friend_profile_integration_id {
            let pointer = || "/friendProfileIntegrationId".to_owned();
            problems.length(pointer, friend.as_str(), MAX_ID);
        }
        if self.referral.usage_limit.is_some_and(|limit| !(0..=999_999).contains(&limit)) {
            problems.add("/usageLimit", "maximum", "usageLimit must be 0 to 999999");
        }
        let attributes = self.referral.attributes.as_ref();
        problems.attributes(|| "/attributes".to_owned(), "Referral", None, attributes);
        problems.finish()?;
        codes::create_referral(tx, self.referral.clone())
    }
}
