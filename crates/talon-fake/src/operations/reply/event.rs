//! Events as the V1 API returns them, with their nested effects and meta data.

use std::collections::BTreeMap;

use talon_core::effect::{Effect, EffectKind, EventEffect, TypedEventEffect};
use talon_core::model::{
    CouponRejection, CouponRejectionReason, CustomerSession, CustomerSessionV2, Event, LedgerEntry,
    Meta, ReferralRejection, ReferralRejectionReason,
};
use talon_core::{
    Amount, Attributes, CampaignId, EventId, ProfileId, RawJson, RulesetId, Timestamp,
};

use crate::engine::evaluate::EffectReason as _;
use crate::engine::lifecycle::{Outcome, discounts};
use crate::state::{ACCOUNT, Transaction};

/// A new event, as yet without effects.
pub(crate) fn new_event(
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
pub(crate) fn built_in(tx: &mut Transaction<'_>, outcome: &Outcome) -> Event {
    let event = new_event(tx, outcome.event_type, Some(&outcome.session), Attributes::new());
    with_outcome(tx, event, outcome)
}

/// The built-in event that a request raised, if it is to be shown. What V2 shows has no effects of
/// its own: the answer has them.
pub(crate) fn raised(tx: &mut Transaction<'_>, outcome: &Outcome, shown: bool) -> Option<Event> {
    if !shown {
        // It takes its ids all the same: what is shown does not decide what others are called.
        let id = tx.ids().number();
        ledger_entries(tx, outcome, id);
        return None;
    }
    let mut event = new_event(tx, outcome.event_type, Some(&outcome.session), Attributes::new());
    event.ledger_entries = ledger_entries(tx, outcome, event.id);
    Some(Event { meta: Some(meta_of_v2(tx, outcome)), ..event })
}

/// The event with effects, meta data and ledger entries of the evaluation.
pub(crate) fn with_outcome(tx: &mut Transaction<'_>, event: Event, outcome: &Outcome) -> Event {
    let ledger_entries = ledger_entries(tx, outcome, event.id);
    let profile = &outcome.session.profile_id;
    let (effects, meta) = (nested(outcome.effects(), profile), Some(meta(tx, outcome)));
    Event { effects, meta, ledger_entries, ..event }
}

/// An entry for each movement of points that the request booked.
fn ledger_entries(tx: &mut Transaction<'_>, outcome: &Outcome, event: EventId) -> Vec<LedgerEntry> {
    if !outcome.is_booked {
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

fn nested(effects: &[Effect], profile: &ProfileId) -> Vec<EventEffect> {
    let nested = effects.iter().map(|effect| {
        let (campaign_id, ruleset_id, rule_index) =
            (effect.campaign_id, effect.ruleset_id, effect.rule_index);
        let kind = effect.kind.clone();
        let typed = || TypedEventEffect { campaign_id, ruleset_id, rule_index, kind };
        match arguments(&effect.kind, profile) {
            Some(arguments) => as_read(&(campaign_id, ruleset_id, rule_index, arguments)),
            None => typed().into(),
        }
    });
    nested.collect()
}

/// Name and arguments of the effects whose arguments in V1 are other than their props.
fn arguments(kind: &EffectKind, profile: &ProfileId) -> Option<Vec<String>> {
    let arguments: Vec<&str> = match kind {
        EffectKind::AddFreeItem(item) => vec![profile.as_str(), &item.sku, &item.name],
        EffectKind::RejectCoupon(rejected) => vec![rejected.value.as_str()],
        EffectKind::RejectReferral(rejected) => vec![rejected.value.as_str()],
        _ => return None,
    };
    let call = [kind.effect_type()].into_iter().chain(arguments);
    Some(call.map(ToOwned::to_owned).collect())
}

/// The effect that a client reads.
fn as_read(effect: &(CampaignId, RulesetId, i64, Vec<String>)) -> EventEffect {
    let json = RawJson::from_serialize(effect).expect("ids and texts have a JSON form");
    json.decode().expect("every JSON is an effect of an event")
}

/// The meta data with reasons that both generations of V2 know.
fn meta_of_v2(tx: &Transaction<'_>, outcome: &Outcome) -> Meta {
    let mut meta = meta(tx, outcome);
    if let Some(rejection) = &mut meta.coupon_rejection_reason {
        rejection.reason = rejection.reason.clone().of_effect();
    }
    if let Some(rejection) = &mut meta.referral_rejection_reason {
        rejection.reason = rejection.reason.clone().of_effect();
    }
    meta
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
        campaigns: Some(campaign_attributes(tx, &evaluation.evaluated)),
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

/// Attributes of the campaigns that were evaluated; those without any are left out.
fn campaign_attributes(
    tx: &Transaction<'_>,
    evaluated: &[CampaignId],
) -> BTreeMap<String, Attributes> {
    let campaigns = evaluated.iter().filter_map(|id| tx.campaign(*id));
    let attributes = campaigns.filter_map(|stored| {
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
        let coupon = &tx.coupon(code)?.coupon;
        Some((coupon.value.to_string(), coupon.attributes.clone().unwrap_or_default()))
    });
    attributes.collect()
}

/// The session as the V1 API returns it.
pub(crate) fn session_v1(outcome: &Outcome) -> CustomerSession {
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
