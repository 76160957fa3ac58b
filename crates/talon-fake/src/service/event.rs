//! Events as the V1 API returns them, with their nested effects and meta data.

use std::collections::BTreeMap;

use talon_core::effect::{Effect, EffectKind, EventEffect, TypedEventEffect};
use talon_core::model::{
    CouponRejection, CouponRejectionReason, CustomerSession, CustomerSessionV2, Event, LedgerEntry,
    Meta, ReferralRejection, ReferralRejectionReason, SessionState,
};
use talon_core::{Amount, Attributes, CampaignId, EventId, Timestamp};

use super::session::{Outcome, discounts};
use crate::state::{ACCOUNT, Transaction};

/// A new event, as yet without effects.
pub(super) fn new_event(
    tx: &mut Transaction<'_>,
    event_type: &str,
    session: Option<&CustomerSessionV2>,
    attributes: Attributes,
) -> Event {
    Event {
        id: tx.ids().number(),
        created: tx.now,
        application_id: tx.state.application,
        profile_id: session.map(|session| session.profile_id.clone()),
        session_id: session.map(|session| session.integration_id.clone()),
        event_type: event_type.to_owned(),
        attributes,
        ..Event::default()
    }
}

/// The built-in event that a request raised, with what came of it.
pub(super) fn built_in(tx: &mut Transaction<'_>, outcome: &Outcome) -> Event {
    let mut event = new_event(tx, outcome.event_type, Some(&outcome.session), Attributes::new());
    event.ledger_entries = ledger_entries(tx, outcome, event.id);
    with_outcome(tx, event, outcome)
}

/// The built-in event that a request raised, if it is to be shown. What V2 shows has no effects of
/// its own: the answer has them.
pub(super) fn raised(tx: &mut Transaction<'_>, outcome: &Outcome, shown: bool) -> Option<Event> {
    if !shown {
        // It takes its ids all the same: what is shown does not decide what others are called.
        let id = tx.ids().number();
        ledger_entries(tx, outcome, id);
        return None;
    }
    let mut event = new_event(tx, outcome.event_type, Some(&outcome.session), Attributes::new());
    event.ledger_entries = ledger_entries(tx, outcome, event.id);
    Some(Event { meta: Some(meta(tx, outcome)), ..event })
}

/// The event with effects and meta data of the evaluation.
pub(super) fn with_outcome(tx: &Transaction<'_>, event: Event, outcome: &Outcome) -> Event {
    Event { effects: nested(outcome.effects()), meta: Some(meta(tx, outcome)), ..event }
}

/// An entry for each movement of points that the request booked: whoever closes a session books
/// them, and whoever cancels it books them back.
fn ledger_entries(tx: &mut Transaction<'_>, outcome: &Outcome, event: EventId) -> Vec<LedgerEntry> {
    if outcome.session.state == SessionState::Open {
        return Vec::new();
    }
    let moved = outcome.effects().iter().filter_map(|effect| {
        let rule = || effect.rule_name.clone();
        Some(match &effect.kind {
            EffectKind::AddLoyaltyPoints(points) => {
                (points.program_id, points.value, points.name.clone(), points.expiry_date)
            }
            EffectKind::DeductLoyaltyPoints(points) => {
                (points.program_id, -points.value, rule(), None)
            }
            EffectKind::RollbackAddedLoyaltyPoints(points) => {
                (points.program_id, -points.value, rule(), None)
            }
            EffectKind::RollbackDeductedLoyaltyPoints(points) => {
                (points.program_id, points.value, rule(), None)
            }
            _ => return None,
        })
    });
    let entries = moved.map(|(loyalty_program_id, points, reason, expiry)| LedgerEntry {
        id: tx.ids().number(),
        created: tx.now,
        profile_id: outcome.session.profile_id.clone(),
        account_id: ACCOUNT.into(),
        loyalty_program_id,
        event_id: event,
        amount: whole(points),
        reason,
        expiry_date: expiry.unwrap_or_else(unset),
        reference_id: None,
    });
    entries.collect()
}

/// Points without their fraction, for which an entry has no room.
fn whole(points: Amount) -> i64 {
    let (mantissa, scale) = points.parts();
    i64::try_from(mantissa / 10i128.pow(scale)).unwrap_or(i64::MAX)
}

/// What stands for no date where one is required.
fn unset() -> Timestamp {
    "0001-01-01T00:00:00Z".parse().expect("a timestamp")
}

fn nested(effects: &[Effect]) -> Vec<EventEffect> {
    let typed = effects.iter().map(|effect| TypedEventEffect {
        campaign_id: effect.campaign_id,
        ruleset_id: effect.ruleset_id,
        rule_index: effect.rule_index,
        kind: effect.kind.clone(),
    });
    typed.map(EventEffect::Typed).collect()
}

fn meta(tx: &Transaction<'_>, outcome: &Outcome) -> Meta {
    let evaluation = &outcome.evaluation;
    let coupon = evaluation.rejected_coupon.clone().map(|rejected| CouponRejectionReason {
        campaign_id: known(rejected.campaign_id),
        coupon_id: rejected.id,
        reason: coupon_reason_of_2020(rejected.reason),
    });
    let referral = evaluation.rejected_referral.clone().map(|rejected| ReferralRejectionReason {
        campaign_id: known(rejected.campaign_id),
        referral_id: rejected.id,
        reason: referral_reason_of_2020(rejected.reason),
    });
    Meta {
        campaigns: Some(campaign_attributes(tx)),
        coupons: Some(coupon_attributes(tx, &outcome.session)),
        coupon_rejection_reason: coupon,
        referral_rejection_reason: referral,
        warnings: None,
    }
}

/// Where there is no campaign, V1 has no number for that; 0 fits its required member.
fn known(id: CampaignId) -> CampaignId {
    if id == CampaignId::NONE { 0.into() } else { id }
}

/// Clients of 2020 fail on reasons that came later.
fn coupon_reason_of_2020(reason: CouponRejection) -> CouponRejection {
    match reason {
        CouponRejection::CouponReservationRequired | CouponRejection::ProfileRequired => {
            CouponRejection::CouponRecipientDoesNotMatch
        }
        CouponRejection::CouponPartOfNotTriggeredCampaign => {
            CouponRejection::CouponPartOfNotRunningCampaign
        }
        other => other,
    }
}

fn referral_reason_of_2020(reason: ReferralRejection) -> ReferralRejection {
    match reason {
        ReferralRejection::ReferralPartOfNotTriggeredCampaign => {
            ReferralRejection::ReferralPartOfNotRunningCampaign
        }
        ReferralRejection::ReferralCustomerAlreadyReferred => {
            ReferralRejection::ProfileLimitReached
        }
        ReferralRejection::AdvocateNotFound => ReferralRejection::ReferralNotFound,
        other => other,
    }
}

/// Attributes of the campaigns that run; those without any are left out.
fn campaign_attributes(tx: &Transaction<'_>) -> BTreeMap<String, Attributes> {
    let running = tx.state.campaigns.iter().filter(|stored| stored.runs_at(tx.now));
    let attributes = running.filter_map(|stored| {
        let attributes = stored.campaign.attributes.clone().filter(|some| !some.is_empty())?;
        Some((stored.id().to_string(), attributes))
    });
    attributes.collect()
}

fn coupon_attributes(
    tx: &Transaction<'_>,
    session: &CustomerSessionV2,
) -> BTreeMap<String, Attributes> {
    let codes = session.coupon_codes.iter().flatten();
    let attributes = codes.filter_map(|code| {
        let attributes = tx.coupon(code)?.coupon.attributes.clone().unwrap_or_default();
        Some((code.to_string(), attributes))
    });
    attributes.collect()
}

/// The session as the V1 API returns it.
pub(super) fn session_v1(outcome: &Outcome) -> CustomerSession {
    let session = &outcome.session;
    CustomerSession {
        integration_id: session.integration_id.clone(),
        created: session.created,
        application_id: session.application_id,
        profile_id: session.profile_id.clone(),
        coupon: session.coupon_codes.iter().flatten().next().cloned().unwrap_or_default(),
        referral: session.referral_code.clone().unwrap_or_default(),
        state: session.state.clone(),
        cart_items: session.cart_items.clone(),
        identifiers: session.identifiers.clone(),
        total: outcome.own_total.unwrap_or(session.total),
        attributes: session.attributes.clone(),
        first_session: session.first_session,
        discounts: discounts(outcome.effects()),
    }
}
