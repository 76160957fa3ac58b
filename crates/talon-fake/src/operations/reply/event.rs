//! Events as the V1 API returns them, with their nested effects and meta data.

use std::collections::BTreeMap;

use talon_core::effect::{Effect, EffectKind, EventEffect, TypedEventEffect};
use talon_core::model::{
    CouponRejection, CouponRejectionReason, CustomerSessionV2, Event, Meta, ReferralRejection,
    ReferralRejectionReason,
};
use talon_core::{Attributes, CampaignId, ProfileId, RawJson, RulesetId};

use crate::engine::outcome::{EffectReason as _, Outcome};
use crate::state::Transaction;

/// The built-in event that a request raised, with what it caused.
pub(in crate::operations) fn built_in(tx: &Transaction<'_>, outcome: &Outcome) -> Event {
    with_outcome(tx, without_outcome(tx, outcome), outcome)
}

/// The built-in event of V2, which has no effects: the reply has them.
pub(super) fn built_in_v2(tx: &Transaction<'_>, outcome: &Outcome) -> Event {
    let ledger_entries = outcome.event.ledger_entries.clone();
    Event { meta: Some(meta_v2(tx, outcome)), ledger_entries, ..without_outcome(tx, outcome) }
}

fn without_outcome(tx: &Transaction<'_>, outcome: &Outcome) -> Event {
    let session = &outcome.session;
    Event {
        id: outcome.event.id,
        created: tx.now,
        application_id: tx.state.application,
        profile_id: Some(session.profile_id.clone()),
        session_id: Some(session.integration_id.clone()),
        event_type: outcome.event.event_type.clone().into_owned(),
        ..Event::default()
    }
}

/// The event with effects, meta data and ledger entries of the evaluation.
pub(in crate::operations) fn with_outcome(
    tx: &Transaction<'_>,
    event: Event,
    outcome: &Outcome,
) -> Event {
    let profile = &outcome.session.profile_id;
    let (effects, meta) = (nested(outcome.effects(), profile), Some(meta(tx, outcome)));
    let ledger_entries = outcome.event.ledger_entries.clone();
    Event { effects, meta, ledger_entries, ..event }
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
fn meta_v2(tx: &Transaction<'_>, outcome: &Outcome) -> Meta {
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
