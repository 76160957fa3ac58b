//! `returnCartItems`.

use talon_core::ApiError;
use talon_core::model::{IntegrationStateV2, ResponseContent};
use talon_core::operations::ReturnCartItems;

use crate::engine::returns::{self, ReturnOutcome};
use crate::operations::validate::{Problems, check_id};
use crate::operations::{Execute, reply};
use crate::state::Transaction;

/// Members that a reply to a return may have on request.
const CONTENT: &[ResponseContent] = &[
    ResponseContent::CustomerSession,
    ResponseContent::CustomerProfile,
    ResponseContent::Coupons,
    ResponseContent::TriggeredCampaigns,
    ResponseContent::Referral,
    ResponseContent::Loyalty,
    ResponseContent::Event,
    ResponseContent::PreviousReturns,
];

impl Execute for ReturnCartItems {
    fn is_dry(&self) -> bool {
        self.dry == Some(true)
    }

    fn execute(&self, tx: &mut Transaction<'_>) -> Result<IntegrationStateV2, ApiError> {
        check_id("customerSessionId", self.session_id.as_str())?;
        let content = self.request.response_content.as_deref();
        let mut problems = Problems::new();
        problems.response_content(content, CONTENT);
        problems.finish()?;
        let items = &self.request.items.returned_cart_items;
        let runs_rules = self.run_rule_engine == Some(true);
        let ReturnOutcome { outcome, row } =
            returns::return_items(tx, &self.session_id, items, runs_rules)?;
        let content = content.unwrap_or_default();
        let stored = tx.expect_session(&self.session_id)?;
        let profile = tx.profile(&stored.session.profile_id);
        let profile = profile.and_then(|stored| stored.profile.id);
        let returned = Some(row.reply(stored, profile));
        Ok(IntegrationStateV2 { returned, ..reply::v2::state(tx, outcome, content) })
    }
}
