//! `updateCustomerSession`, both versions.

use talon_core::model::{
    IntegrationState, IntegrationStateV2, NewCustomerSession, NewCustomerSessionV2, ResponseContent,
};
use talon_core::operations::{UpdateCustomerSession, UpdateCustomerSessionV2};
use talon_core::{ApiError, CampaignId};

use super::Execute;
use super::reply::event;
use super::validate::Problems;
use crate::engine::evaluate::EvaluationOptions;
use crate::engine::ledger;
use crate::engine::lifecycle::{Outcome, Update, check_now, update};
use crate::state::Transaction;

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
            alone: false,
            options: EvaluationOptions::default(),
        };
        let outcome = self::update(tx, &update)?;
        let event = event::built_in(tx, &outcome);
        Ok(reply_v1(tx, outcome, event))
    }
}

/// The V1 answer.
pub(super) fn reply_v1(
    tx: &Transaction<'_>,
    outcome: Outcome,
    event: talon_core::model::Event,
) -> IntegrationState {
    let code = outcome.session.coupon_codes.iter().flatten().next();
    IntegrationState {
        session: event::session_v1(&outcome),
        event,
        loyalty: outcome.profile_id().map(|_| ledger::reply(tx, &outcome)),
        coupon: code.and_then(|code| tx.coupon_reply(code)),
        profile: outcome.profile,
    }
}

/// What a V1 session means in V2: one coupon, or none where it is empty.
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

/// What a reply may hold on request.
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
        let dry = self.is_dry();
        check_now(self.now, dry)?;
        let content = self.request.response_content.as_deref();
        let mut problems = Problems::new();
        problems.response_content(content, CONTENT);
        if !dry {
            problems.no_eligibility(content);
        }
        problems.finish()?;
        tx.now = self.now.unwrap_or(tx.now);
        let session = &self.request.customer_session;
        let content = content.unwrap_or_default();
        let update = Update {
            id: &self.session_id,
            session,
            prefix: "/customerSession",
            own_total: None,
            alone: dry,
            options: evaluation_options(dry, session.evaluable_campaign_ids.as_deref(), content),
        };
        let outcome = self::update(tx, &update)?;
        Ok(reply_v2(tx, outcome, content))
    }
}

/// What an evaluation is asked for: nothing beside its effects, unless it is a dry run.
pub(super) fn evaluation_options<'a>(
    dry: bool,
    only: Option<&'a [CampaignId]>,
    content: &[ResponseContent],
) -> EvaluationOptions<'a> {
    EvaluationOptions {
        only: only.filter(|_| dry),
        eligibility: dry && content.contains(&ResponseContent::CampaignEligibility),
    }
}

/// The V2 answer: effects and what was created, and whatever else was asked for.
fn reply_v2(
    tx: &mut Transaction<'_>,
    outcome: Outcome,
    content: &[ResponseContent],
) -> IntegrationStateV2 {
    let wants = |part: ResponseContent| content.contains(&part);
    // Every request raises an event, whether the answer shows it or not.
    let event = event::raised(tx, &outcome, wants(ResponseContent::Event));
    let codes = outcome.session.coupon_codes.clone().unwrap_or_default();
    let referral = outcome.session.referral_code.as_ref();
    let triggered = &outcome.evaluation.triggered;
    IntegrationStateV2 {
        event,
        coupons: wants(ResponseContent::Coupons)
            .then(|| codes.iter().filter_map(|code| coupon_of(tx, &outcome, code)).collect()),
        referral: referral
            .filter(|_| wants(ResponseContent::Referral))
            .and_then(|code| tx.referral_reply(code)),
        loyalty: wants(ResponseContent::Loyalty).then(|| ledger::reply(tx, &outcome)),
        triggered_campaigns: wants(ResponseContent::TriggeredCampaigns)
            .then(|| triggered.iter().filter_map(|id| tx.campaign_reply(*id)).collect()),
        customer_profile: outcome
            .profile_id()
            .filter(|_| wants(ResponseContent::CustomerProfile))
            .map(|_| outcome.profile.clone()),
        awarded_giveaways: wants(ResponseContent::AwardedGiveaways)
            .then(|| outcome.issued.giveaways.clone()),
        rule_failure_reasons: wants(ResponseContent::RuleFailureReasons)
            .then_some(outcome.evaluation.failures),
        previous_returns: wants(ResponseContent::PreviousReturns).then(Vec::new),
        achievements: wants(ResponseContent::Achievements).then(Vec::new),
        campaign_eligibility: outcome.evaluation.eligibility,
        effects: outcome.evaluation.effects,
        created_coupons: outcome.issued.coupons,
        created_referrals: outcome.issued.referrals,
        customer_session: wants(ResponseContent::CustomerSession).then_some(outcome.session),
        ..IntegrationStateV2::default()
    }
}

/// A coupon of the session, with how often its profile redeemed it.
fn coupon_of(
    tx: &Transaction<'_>,
    outcome: &Outcome,
    code: &talon_core::CouponCode,
) -> Option<talon_core::model::Coupon> {
    let coupon = tx.coupon_reply(code)?;
    let profile = tx.profile(&outcome.session.profile_id);
    let redeemed = profile.and_then(|profile| profile.redeemed.get(&coupon.value)).copied();
    let profile_redemption_count = Some(redeemed.unwrap_or(0));
    Some(talon_core::model::Coupon { profile_redemption_count, ..coupon })
}
