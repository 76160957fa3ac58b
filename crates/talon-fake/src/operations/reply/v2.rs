//! Replies of V2: effects and what was created, and whatever else was asked for.

use talon_core::CouponCode;
use talon_core::model::{
    Coupon, CustomerProfileUpdate, Event, IntegrationStateV2, ItemReturn, ResponseContent,
};

use super::{achievements, event, loyalty};
use crate::engine::outcome::Outcome;
use crate::state::Transaction;

/// The reply to an update of a session.
pub(in crate::operations) fn state(
    tx: &Transaction<'_>,
    outcome: Outcome,
    content: &[ResponseContent],
) -> IntegrationStateV2 {
    let wants = |part: ResponseContent| content.contains(&part);
    let codes = outcome.session.coupon_codes.iter().flatten();
    let referral = outcome.session.referral_code.as_ref();
    let achievements =
        wants(ResponseContent::Achievements).then(|| achievements::of_customer(tx, &outcome));
    let triggered = &outcome.evaluation.triggered;
    IntegrationStateV2 {
        event: wants(ResponseContent::Event).then(|| event::built_in_v2(tx, &outcome)),
        coupons: wants(ResponseContent::Coupons)
            .then(|| codes.filter_map(|code| coupon_of(tx, &outcome, code)).collect()),
        previous_returns: wants(ResponseContent::PreviousReturns)
            .then(|| previous_returns(tx, &outcome)),
        referral: referral
            .filter(|_| wants(ResponseContent::Referral))
            .and_then(|code| tx.referral_reply(code)),
        loyalty: wants(ResponseContent::Loyalty).then(|| loyalty(tx, &outcome)),
        triggered_campaigns: wants(ResponseContent::TriggeredCampaigns)
            .then(|| triggered.iter().filter_map(|id| tx.campaign_reply(*id)).collect()),
        customer_profile: outcome
            .profile_id()
            .filter(|_| wants(ResponseContent::CustomerProfile))
            .map(|_| outcome.profile(tx)),
        awarded_giveaways: wants(ResponseContent::AwardedGiveaways)
            .then_some(outcome.issued.giveaways),
        rule_failure_reasons: wants(ResponseContent::RuleFailureReasons)
            .then(|| tx.failure_reasons()),
        achievements,
        campaign_eligibility: outcome.evaluation.eligibility,
        effects: outcome.evaluation.effects,
        created_coupons: outcome.issued.coupons,
        created_referrals: outcome.issued.referrals,
        customer_session: wants(ResponseContent::CustomerSession).then_some(outcome.session),
        ..IntegrationStateV2::default()
    }
}

/// Returns of items of the session before that of the request, the oldest first.
fn previous_returns(tx: &Transaction<'_>, outcome: &Outcome) -> Vec<ItemReturn> {
    let Some(stored) = tx.session(&outcome.session.integration_id) else { return Vec::new() };
    let profile = outcome.profile_id().and_then(|id| tx.profile(id)?.profile.id);
    let mut rows = tx.returns_of(stored);
    rows.retain(|row| row.event != outcome.event.id);
    rows.iter().rev().map(|row| row.reply(stored, profile)).collect()
}

/// A coupon of the session, with how often its profile redeemed it.
fn coupon_of(tx: &Transaction<'_>, outcome: &Outcome, code: &CouponCode) -> Option<Coupon> {
    let coupon = tx.coupon_reply(code)?;
    let profile = tx.profile(&outcome.session.profile_id);
    let redeemed = profile.and_then(|profile| profile.redeemed.get(&coupon.value)).copied();
    let profile_redemption_count = Some(redeemed.unwrap_or(0));
    Some(Coupon { profile_redemption_count, ..coupon })
}

/// What rules add to the reply to an update of a profile.
pub(in crate::operations) fn profile_update(
    tx: &Transaction<'_>,
    outcome: Outcome,
    content: &[ResponseContent],
) -> CustomerProfileUpdate {
    let wants = |part: ResponseContent| content.contains(&part);
    let event = || Event { effects: Vec::new(), session_id: None, ..event::built_in(tx, &outcome) };
    let achievements =
        wants(ResponseContent::Achievements).then(|| achievements::of_customer(tx, &outcome));
    let triggered = &outcome.evaluation.triggered;
    CustomerProfileUpdate {
        event: wants(ResponseContent::Event).then(event),
        loyalty: wants(ResponseContent::Loyalty).then(|| loyalty(tx, &outcome)),
        triggered_campaigns: wants(ResponseContent::TriggeredCampaigns)
            .then(|| triggered.iter().filter_map(|id| tx.campaign_reply(*id)).collect()),
        rule_failure_reasons: wants(ResponseContent::RuleFailureReasons)
            .then(|| tx.failure_reasons()),
        awarded_giveaways: wants(ResponseContent::AwardedGiveaways)
            .then_some(outcome.issued.giveaways),
        achievements,
        campaign_eligibility: outcome.evaluation.eligibility,
        effects: Some(outcome.evaluation.effects),
        created_coupons: Some(outcome.issued.coupons),
        created_referrals: Some(outcome.issued.referrals),
        ..CustomerProfileUpdate::default()
    }
}
