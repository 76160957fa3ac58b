//! Campaigns that a return of items evaluates again.

use std::collections::BTreeSet;

use talon_core::CampaignId;
use talon_core::effect::{Effect, EffectKind};
use talon_core::model::{CustomerSessionV2, SessionState};

use crate::engine::booking::{self, RemainingLimits};
use crate::engine::grants::{self, GrantTiming};
use crate::engine::lifecycle::{evaluate_session, remember_awards, update_attributes};
use crate::engine::merge;
use crate::engine::outcome::{Evaluation, EvaluationOptions, IssuedCodes};
use crate::state::{StoredSession, Transaction};

/// Evaluates again, over the units that are left, the campaigns that allow it and whose effects are
/// in force. Of those whose effects change, all effects are rolled back and the new ones booked.
pub(super) fn run(
    tx: &mut Transaction<'_>,
    stored: &mut StoredSession,
) -> (Evaluation, IssuedCodes) {
    let candidates = candidates(tx, stored);
    let session = remaining(&stored.session);
    let fresh = booking::without(tx, stored, of(&candidates), |tx| {
        evaluate_again(tx, &session, &candidates)
    });
    let changed: Vec<_> =
        candidates.into_iter().filter(|id| has_changed(stored, &fresh, *id)).collect();
    if changed.is_empty() {
        return Default::default();
    }
    let mut effects = booking::revert(tx, stored, RemainingLimits::Release, of(&changed));
    // Points that are not rolled back stay in force; anything else the new effects replace.
    stored.bookings.retain(|booking| {
        let is_of_changed = changed.contains(&booking.effect.campaign_id);
        !is_of_changed || matches!(booking.effect.kind, EffectKind::AddLoyaltyPoints(_))
    });
    let mut evaluation = evaluate_again(tx, &session, &changed);
    booking::name_transactions(tx, &mut evaluation.effects);
    let issued = grants::issue(tx, &session, &mut evaluation, GrantTiming::Now, &stored.awarded);
    remember_awards(&mut stored.awarded, &evaluation.effects);
    booking::book(tx, stored, &mut evaluation);
    update_attributes(tx, &mut stored.session, &evaluation);
    effects.append(&mut evaluation.effects);
    (Evaluation { effects, ..evaluation }, issued)
}

fn candidates(tx: &Transaction<'_>, stored: &StoredSession) -> Vec<CampaignId> {
    let in_force: BTreeSet<_> =
        stored.bookings.iter().map(|booking| booking.effect.campaign_id).collect();
    let campaigns = tx.state.campaigns.iter().filter(|campaign| {
        campaign.reevaluate_on_return
            && campaign.runs_at(tx.now)
            && in_force.contains(&campaign.id())
    });
    campaigns.map(|campaign| campaign.id()).collect()
}

fn of(campaigns: &[CampaignId]) -> impl Fn(&Effect) -> bool + Copy {
    |effect| campaigns.contains(&effect.campaign_id)
}

/// The session as it was when it closed, with the units that are left.
fn remaining(session: &CustomerSessionV2) -> CustomerSessionV2 {
    let mut session = CustomerSessionV2 { state: SessionState::Closed, ..session.clone() };
    for item in &mut session.cart_items {
        item.quantity -= item.returned_quantity.unwrap_or(0);
    }
    merge::total(&mut session);
    session
}

fn evaluate_again(
    tx: &Transaction<'_>,
    session: &CustomerSessionV2,
    campaigns: &[CampaignId],
) -> Evaluation {
    let options = EvaluationOptions { only: Some(campaigns), ..EvaluationOptions::default() };
    // Codes of other campaigns are not looked at, so none is rejected.
    Evaluation { rejections: Vec::new(), ..evaluate_session(tx, session, None, options) }
}

/// Whether a campaign has other effects than those that are in force. Ids and dates of
/// transactions do not matter, and of grants only their number does.
fn has_changed(stored: &StoredSession, fresh: &Evaluation, campaign: CampaignId) -> bool {
    let of_campaign = |effect: &&Effect| effect.campaign_id == campaign;
    let in_force = stored.bookings.iter().map(|booking| &booking.effect).filter(of_campaign);
    let (granted, in_force): (Vec<_>, Vec<_>) = in_force
        .filter(|effect| !is_rejection(&effect.kind))
        .partition(|effect| is_of_grant(&effect.kind));
    let grants = fresh.grants.iter().filter(|grant| grant.campaign_id == campaign).count();
    let fresh = fresh.effects.iter().filter(of_campaign);
    grants != granted.len()
        || !fresh
            .map(|effect| comparable(&effect.kind))
            .eq(in_force.iter().map(|it| comparable(&it.kind)))
}

fn is_rejection(kind: &EffectKind) -> bool {
    matches!(kind, EffectKind::RejectCoupon(_) | EffectKind::RejectReferral(_))
}

fn is_of_grant(kind: &EffectKind) -> bool {
    matches!(
        kind,
        EffectKind::CouponCreated(_)
            | EffectKind::ReferralCreated(_)
            | EffectKind::ReserveCoupon(_)
            | EffectKind::AddToAudience(_)
            | EffectKind::RemoveFromAudience(_)
            | EffectKind::AwardGiveaway(_)
    )
}

/// The effect without what differs from one evaluation to the next.
fn comparable(kind: &EffectKind) -> EffectKind {
    let mut kind = kind.clone();
    match &mut kind {
        EffectKind::AddLoyaltyPoints(points) => {
            (points.transaction_uuid, points.start_date, points.expiry_date) = (None, None, None);
        }
        EffectKind::DeductLoyaltyPoints(points) => points.transaction_uuid = None,
        _ => {}
    }
    kind
}
