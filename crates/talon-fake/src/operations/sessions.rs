//! `updateCustomerSession`, both versions.

use talon_core::model::{
    IntegrationState, IntegrationStateV2, NewCustomerSession, NewCustomerSessionV2, ResponseContent,
};
use talon_core::operations::{UpdateCustomerSession, UpdateCustomerSessionV2};
use talon_core::{ApiError, Problem, Timestamp};

use super::validate::{Problems, check_id};
use super::{Execute, evaluation_options, reply};
use crate::engine::lifecycle::{self, Update};
use crate::engine::outcome::{EvaluationOptions, Outcome};
use crate::state::Transaction;

mod get;
mod reopen;
mod returns;

impl Execute for UpdateCustomerSession {
    fn is_dry(&self) -> bool {
        self.dry == Some(true)
    }

    fn execute(&self, tx: &mut Transaction<'_>) -> Result<IntegrationState, ApiError> {
        let own_total = self.session.total;
        let session = as_v2(self.session.clone());
        let update = Update {
            id: &self.session_id,
            session: &session,
            prefix: "",
            own_total,
            ignores_stored: false,
            options: EvaluationOptions::default(),
        };
        let outcome = checked(tx, &update)?;
        let event = reply::event::built_in(tx, &outcome);
        Ok(reply::v1::state(tx, &outcome, event))
    }
}

/// A V1 session as one of V2: its coupon is a list of one, or of none where it is empty.
fn as_v2(session: NewCustomerSession) -> NewCustomerSessionV2 {
    NewCustomerSessionV2 {
        profile_id: session.profile_id,
        coupon_codes: session.coupon.map(|coupon| vec![coupon]),
        referral_code: session.referral,
        state: session.state,
        cart_items: session.cart_items,
        identifiers: session.identifiers,
        attributes: session.attributes,
        ..NewCustomerSessionV2::default()
    }
}

/// Members that a reply may have on request.
const CONTENT: &[ResponseContent] = &[
    ResponseContent::CustomerSession,
    ResponseContent::CustomerProfile,
    ResponseContent::Coupons,
    ResponseContent::TriggeredCampaigns,
    ResponseContent::Referral,
    ResponseContent::Loyalty,
    ResponseContent::Event,
    ResponseContent::AwardedGiveaways,
    ResponseContent::RuleFailureReasons,
    ResponseContent::PreviousReturns,
    ResponseContent::CampaignEligibility,
    ResponseContent::Achievements,
];

impl Execute for UpdateCustomerSessionV2 {
    fn is_dry(&self) -> bool {
        self.dry == Some(true)
    }

    fn execute(&self, tx: &mut Transaction<'_>) -> Result<IntegrationStateV2, ApiError> {
        let is_dry = tx.is_dry;
        check_now(self.now, is_dry)?;
        let content = self.request.response_content.as_deref();
        let mut problems = Problems::new();
        problems.response_content(content, CONTENT);
        if !is_dry {
            problems.no_eligibility(content);
        }
        problems.finish()?;
        tx.now = self.now.unwrap_or(tx.now);
        let session = &self.request.customer_session;
        let content = content.unwrap_or_default();
        let only = session.evaluable_campaign_ids.as_deref();
        let update = Update {
            id: &self.session_id,
            session,
            prefix: "/customerSession",
            own_total: None,
            ignores_stored: is_dry,
            options: evaluation_options(is_dry, only, content),
        };
        let outcome = checked(tx, &update)?;
        Ok(reply::v2::state(tx, outcome, content))
    }
}

/// Checks an update and applies it.
fn checked(tx: &mut Transaction<'_>, update: &Update<'_>) -> Result<Outcome, ApiError> {
    check_id("customerSessionId", update.id.as_str())?;
    let schema = &tx.state.schema;
    let mut problems = Problems::new();
    problems.session(update.prefix, update.session, schema.cart_item.as_ref());
    if let Some(store) = update.session.store_integration_id.as_deref() {
        let pointer = format!("{}/storeIntegrationId", update.prefix);
        problems.store(&pointer, Some(store), tx.state.stores.as_ref());
    }
    if let Some(allocations) = update.session.experiment_variant_allocations.as_deref() {
        let pointer = format!("{}/experimentVariantAllocations", update.prefix);
        problems.experiments(&pointer, allocations, tx.state.world.experiments.as_deref());
    }
    problems.attributes(
        || format!("{}/attributes", update.prefix),
        "CustomerSession",
        schema.session.as_ref(),
        update.session.attributes.as_ref(),
    );
    problems.amount(|| format!("{}/total", update.prefix), update.own_total);
    problems.finish()?;
    lifecycle::update(tx, update)
}

/// Refuses an instant other than the clock's, unless nothing is stored.
///
/// It is documented to lie in the future. Shops send past instants too, and get what held then.
fn check_now(now: Option<Timestamp>, is_dry: bool) -> Result<(), ApiError> {
    if now.is_none() || is_dry {
        return Ok(());
    }
    let details = "now can be given with dry=true alone";
    Err(ApiError::invalid(Problem::parameter("now", "Invalid", details)))
}
