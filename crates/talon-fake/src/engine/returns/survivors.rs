//! Effects that cannot be rolled back: a further evaluation does not give them again.

use talon_core::effect::{Effect, EffectKind, StartAchievementProgress};

use crate::engine::outcome::{Evaluation, Grant, GrantKind};
use crate::engine::{achievements, rollback};
use crate::state::{Booking, Transaction};

/// Whether effects of this kind can be rolled back.
pub(super) fn can_be_rolled_back(kind: &EffectKind) -> bool {
    let moves_points =
        matches!(kind, EffectKind::AddLoyaltyPoints(_) | EffectKind::DeductLoyaltyPoints(_));
    let adds_progress = matches!(kind, EffectKind::IncreaseAchievementProgress(_));
    moves_points || adds_progress || rollback::of_effect(kind).is_some()
}

/// Whether an effect is progress that cannot be taken back. An evaluation subtracts it.
pub(super) fn is_final_progress(tx: &Transaction<'_>, kind: &EffectKind) -> bool {
    match kind {
        EffectKind::IncreaseAchievementProgress(it) => !achievements::can_be_rolled_back(tx, it),
        _ => false,
    }
}

/// Drops effects and grants of an evaluation that are in force, each once.
pub(super) fn drop_from(tx: &Transaction<'_>, evaluation: &mut Evaluation, in_force: &[Booking]) {
    let in_force = in_force.iter().map(|booking| &booking.effect);
    let mut in_force: Vec<_> =
        in_force.filter(|effect| !is_final_progress(tx, &effect.kind)).collect();
    let mut take = |is_it: &dyn Fn(&Effect) -> bool| {
        let index = in_force.iter().position(|effect| is_it(effect));
        index.map(|index| in_force.swap_remove(index)).is_some()
    };
    evaluation.grants.retain(|grant| !take(&|effect| is_made(effect, grant)));
    // The new index of each effect; none for those that are dropped.
    let (mut kept, mut indices) = (Vec::new(), Vec::new());
    for effect in std::mem::take(&mut evaluation.effects) {
        let is_given = take(&|known| is_same(known, &effect));
        indices.push((!is_given).then_some(kept.len()));
        if !is_given {
            kept.push(effect);
        }
    }
    for grant in &mut evaluation.grants {
        grant.position = indices[..grant.position].iter().flatten().count();
    }
    evaluation.limit_uses.retain_mut(|it| {
        let index = indices[it.effect];
        it.effect = index.unwrap_or(it.effect);
        index.is_some()
    });
    evaluation.effects = kept;
}

/// Whether an effect is that of a grant.
fn is_made(effect: &Effect, grant: &Grant) -> bool {
    let rule = (effect.campaign_id, usize::try_from(effect.rule_index).ok());
    let of_rule = rule == (grant.campaign_id, Some(grant.rule));
    let is_made = match (&effect.kind, &grant.kind) {
        (EffectKind::CouponCreated(_), GrantKind::CreateCoupon)
        | (EffectKind::ReferralCreated(_), GrantKind::CreateReferral) => true,
        (EffectKind::ReserveCoupon(made), GrantKind::ReserveCoupon(code)) => {
            made.coupon_value == *code
        }
        (EffectKind::AddToAudience(made), GrantKind::JoinAudience(id)) => {
            made.audience_id == Some(*id)
        }
        (EffectKind::RemoveFromAudience(made), GrantKind::LeaveAudience(id)) => {
            made.audience_id == Some(*id)
        }
        (EffectKind::AwardGiveaway(made), GrantKind::AwardGiveaway(pool)) => made.pool_id == *pool,
        _ => false,
    };
    of_rule && effect.triggered_by_coupon == grant.coupon_id && is_made
}

/// Whether two effects of evaluations are the same; ids and dates of transactions and of progress
/// trackers do not matter, nor does the progress before them.
pub(super) fn is_same(one: &Effect, other: &Effect) -> bool {
    let origin =
        |effect: &Effect| (effect.campaign_id, effect.rule_index, effect.triggered_by_coupon);
    origin(one) == origin(other) && comparable(&one.kind) == comparable(&other.kind)
}

fn comparable(kind: &EffectKind) -> EffectKind {
    let mut kind = kind.clone();
    match &mut kind {
        EffectKind::AddLoyaltyPoints(points) => {
            (points.transaction_uuid, points.start_date, points.expiry_date) = (None, None, None);
        }
        EffectKind::DeductLoyaltyPoints(points) => points.transaction_uuid = None,
        EffectKind::StartAchievementProgress(started) => {
            *started = StartAchievementProgress {
                achievement_id: started.achievement_id,
                ..StartAchievementProgress::default()
            };
        }
        EffectKind::IncreaseAchievementProgress(increase) => {
            increase.progress_tracker_id = None;
            increase.value = increase.delta;
            increase.is_just_completed = false;
        }
        EffectKind::ExtendLoyaltyPointsExpiryDate(points) => points.affected_transactions = None,
        EffectKind::SetLoyaltyPointsExpiryDate(points) => points.affected_transactions = None,
        _ => {}
    }
    kind
}
