//! Campaigns that a return of items evaluates again.

use talon_core::CampaignId;
use talon_core::effect::{Effect, EffectKind};
use talon_core::model::{CustomerSessionV2, SessionState};

use super::{survivors, units};
use crate::engine::booking::{self, RemainingLimits};
use crate::engine::grants::{self, GrantTiming};
use crate::engine::ledger::AddedPoints;
use crate::engine::lifecycle::{evaluate_session, remember_awards, update_attributes};
use crate::engine::outcome::{Evaluation, EvaluationOptions, Grant, GrantKind, IssuedCodes};
use crate::engine::{achievements, limits, merge};
use crate::state::{StoredCampaign, StoredSession, Transaction};

/// Evaluates again, over the units that are left, the campaigns that allow it and had an effect at
/// the close. Of those whose effects change, all are rolled back that can be, and the new ones
/// booked.
pub(super) fn run(
    tx: &mut Transaction<'_>,
    stored: &mut StoredSession,
) -> (Evaluation, IssuedCodes) {
    let candidates = candidates(tx, stored);
    let session = remaining(&stored.session);
    let fresh = evaluate_again(tx, stored, &session, (&candidates, AddedPoints::TakenBack));
    let changed: Vec<_> =
        candidates.into_iter().filter(|id| has_changed(tx, stored, &fresh, *id)).collect();
    if changed.is_empty() {
        return Default::default();
    }
    let mut effects = booking::revert(tx, stored, RemainingLimits::Keep, of(&changed));
    // Points that could be taken back are; those that are left stay with the customer.
    let mut evaluation = evaluate_again(tx, stored, &session, (&changed, AddedPoints::Stay));
    survivors::drop_from(tx, &mut evaluation, &stored.bookings);
    booking::name_transactions(tx, &mut evaluation.effects);
    let issued = grants::issue(tx, &session, &mut evaluation, GrantTiming::Now, &stored.awarded);
    remember_awards(&mut stored.awarded, &evaluation.effects);
    booking::book(tx, stored, &mut evaluation);
    update_attributes(tx, &mut stored.session, &evaluation);
    effects.append(&mut evaluation.effects);
    (Evaluation { effects, ..evaluation }, issued)
}

fn candidates(tx: &Transaction<'_>, stored: &StoredSession) -> Vec<CampaignId> {
    let running = tx.state.campaigns.iter().filter(|campaign| campaign.runs_at(tx.now));
    let ids = running.map(StoredCampaign::id);
    ids.filter(|id| stored.reevaluated_on_return.contains(id)).collect()
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

/// Evaluates campaigns as if what they use of codes, limits and points were given back.
fn evaluate_again(
    tx: &mut Transaction<'_>,
    stored: &StoredSession,
    session: &CustomerSessionV2,
    (campaigns, added): (&[CampaignId], AddedPoints),
) -> Evaluation {
    let given = achievements::that_stays(tx, &stored.bookings);
    let options = EvaluationOptions {
        only: Some(campaigns),
        progress_given: Some(&given),
        awarded: &stored.awarded,
        ..EvaluationOptions::default()
    };
    let mut evaluation = booking::without(tx, stored, (of(campaigns), added), |tx| {
        evaluate_session(tx, session, None, options)
    });
    // Codes of other campaigns are not evaluated, so none is rejected.
    evaluation.rejections.clear();
    for effect in &mut evaluation.effects {
        units::renumber(session, &mut effect.kind);
    }
    evaluation
}

/// Whether a campaign has other effects than those that are in force. Those that cannot be rolled
/// back stay in force in any case: only a new one is a change.
fn has_changed(
    tx: &Transaction<'_>,
    stored: &StoredSession,
    fresh: &Evaluation,
    campaign: CampaignId,
) -> bool {
    let rollable = count_rollable(fresh.effects.iter(), campaign);
    let mut fresh = Evaluation {
        effects: fresh.effects.clone(),
        grants: fresh.grants.clone(),
        ..Evaluation::default()
    };
    let in_force: Vec<_> = stored
        .bookings
        .iter()
        .filter(|booking| booking.effect.campaign_id == campaign)
        .filter(|booking| !is_of_returned_unit(&stored.session, &booking.effect.kind))
        .cloned()
        .collect();
    survivors::drop_from(tx, &mut fresh, &in_force);
    let is_left = fresh.effects.iter().any(|effect| effect.campaign_id == campaign)
        || fresh
            .grants
            .iter()
            .any(|grant| grant.campaign_id == campaign && can_be_made(tx, &stored.session, grant));
    let of_close = in_force.iter().map(|booking| &booking.effect);
    let of_close = of_close.filter(|effect| !survivors::is_final_progress(tx, &effect.kind));
    is_left || rollable != count_rollable(of_close, campaign)
}

/// How many effects of a campaign can be rolled back.
fn count_rollable<'e>(effects: impl Iterator<Item = &'e Effect>, campaign: CampaignId) -> usize {
    let of_campaign = effects.filter(|effect| effect.campaign_id == campaign);
    of_campaign.filter(|effect| survivors::can_be_rolled_back(&effect.kind)).count()
}

fn is_of_returned_unit(session: &CustomerSessionV2, kind: &EffectKind) -> bool {
    units::unit_of(kind).is_some_and(|(position, unit)| unit < units::returned(session, position))
}

/// Whether a code or a giveaway is left for a grant; other grants need none.
fn can_be_made(tx: &Transaction<'_>, session: &CustomerSessionV2, grant: &Grant) -> bool {
    let has_room = |action| limits::has_room(tx, session, grant.campaign_id, action, 1);
    match grant.kind {
        GrantKind::CreateCoupon => has_room("createCoupon"),
        GrantKind::CreateReferral => has_room("createReferral"),
        GrantKind::AwardGiveaway(pool) => {
            tx.has_giveaways_beyond(pool, 0) && has_room("awardGiveaway")
        }
        _ => true,
    }
}
