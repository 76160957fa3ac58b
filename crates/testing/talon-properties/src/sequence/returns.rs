//! The expected state after returns of items and after sessions are reopened.

use talon_core::effect::{AwardGiveaway, Effect, EffectKind};
use talon_core::model::{CustomerSessionV2, SessionState};
use talon_core::{Amount, SessionId, Timestamp};

use super::closed_session::{BookedEffect, ClosedSession, booked_effects};
use super::expected::{Expected, assert_rolled_back, deducted_points, restored_points};
use super::reevaluation;

impl Expected {
    /// Applies a return: rollbacks of the effects of returned units and of campaigns that are evaluated
    /// again, followed by the new effects of these campaigns.
    pub(super) fn return_items(
        &mut self,
        session: &CustomerSessionV2,
        effects: &[Effect],
        at: Timestamp,
    ) {
        assert_eq!(session.state, SessionState::PartiallyReturned, "{session:?}");
        let (rollbacks, new) = split(effects);
        self.apply_without_booking(new);
        let new = self.without_repeated_giveaways(&session.integration_id, new);
        let closed = self.closed.get_mut(&session.integration_id);
        let closed = closed.expect("only items of closed sessions are returned");
        let before = std::mem::replace(&mut closed.session, session.clone());
        closed.sales -= returned_price(&before, session);
        let undone = take_rolled_back(&mut closed.booked, rollbacks);
        reevaluation::check(&self.campaigns, &before, closed, (&undone, &new));
        closed.booked.extend(booked_effects(&new, at));
        assert_discounts_rolled_back(closed);
        reevaluation::assert_not_repeated(&self.campaigns, closed);
        let rollbacks = rollbacks.to_vec();
        self.cancelled.push(ClosedSession { booked: undone, rollbacks, ..closed.clone() });
    }

    /// Applies that a session was reopened.
    pub(super) fn reopen_session(&mut self, id: &SessionId, effects: &[Effect]) {
        let mut closed = self.closed.remove(id).expect("only closed sessions are reopened");
        assert_ne!(closed.session.state, SessionState::PartiallyReturned, "{closed:?}");
        assert_rolled_back(closed.effects(), effects);
        closed.rollbacks = effects.to_vec();
        self.reopened.push(closed);
    }

    /// The effects of a close, without giveaways that an earlier close awarded for the same rule:
    /// they are awarded once.
    pub(super) fn without_repeated_giveaways(
        &self,
        id: &SessionId,
        effects: &[Effect],
    ) -> Vec<Effect> {
        let earlier = self.reopened.iter().filter(|closed| closed.session.integration_id == *id);
        let earlier: Vec<_> = earlier.flat_map(ClosedSession::effects).filter_map(award).collect();
        let is_repeated = |effect: &Effect| award(effect).is_some_and(|it| earlier.contains(&it));
        let (repeated, new): (Vec<_>, Vec<_>) =
            effects.iter().cloned().partition(|effect| is_repeated(effect));
        for (effect, (rule, _)) in new.iter().filter_map(|it| Some((it, award(it)?))) {
            let count =
                |awards: &mut dyn Iterator<Item = Rule>| awards.filter(|it| *it == rule).count();
            let before = count(&mut earlier.iter().map(|(rule, _)| *rule));
            let again = count(&mut repeated.iter().filter_map(award).map(|(rule, _)| rule));
            assert_eq!(before, again, "{effect:?} is a second giveaway");
        }
        new
    }
}

/// The rollbacks of a return, and the effects that follow them.
fn split(effects: &[Effect]) -> (&[Effect], &[Effect]) {
    let end = effects.iter().position(|effect| !is_rollback(&effect.kind));
    let (rollbacks, new) = effects.split_at(end.unwrap_or(effects.len()));
    assert!(!new.iter().any(|effect| is_rollback(&effect.kind)), "{effects:?}");
    (rollbacks, new)
}

fn is_rollback(kind: &EffectKind) -> bool {
    matches!(
        kind,
        EffectKind::RollbackCoupon(_)
            | EffectKind::RollbackReferral(_)
            | EffectKind::RollbackDiscount(_)
            | EffectKind::RollbackAddedLoyaltyPoints(_)
            | EffectKind::RollbackDeductedLoyaltyPoints(_)
    )
}

/// The price of the units that a return took back.
fn returned_price(before: &CustomerSessionV2, after: &CustomerSessionV2) -> Amount {
    let lines = after.cart_items.iter().zip(&before.cart_items);
    let prices = lines.map(|(item, before)| {
        let returned = item.returned_quantity.unwrap_or_default();
        let more = returned - before.returned_quantity.unwrap_or_default();
        assert!(more >= 0 && returned <= item.quantity, "{item:?}");
        assert_eq!(item.remaining_quantity, Some(item.quantity - returned), "{item:?}");
        item.price.unwrap_or_default() * more
    });
    prices.sum()
}

/// Removes the effects that are rolled back. Each rollback belongs to one effect; deducted points have
/// a rollback for each batch.
fn take_rolled_back(booked: &mut Vec<BookedEffect>, rollbacks: &[Effect]) -> Vec<BookedEffect> {
    let mut taken = Vec::<BookedEffect>::new();
    for rollback in rollbacks {
        let is_it = |booked: &BookedEffect| is_rollback_of(rollback, &booked.effect);
        let restores = !restored_points(&rollback.kind).is_zero();
        if restores && taken.iter().any(is_it) {
            continue;
        }
        let index = booked.iter().position(is_it);
        let index = index.unwrap_or_else(|| panic!("{rollback:?} is a rollback of no effect"));
        taken.push(booked.remove(index));
    }
    let deducted: Amount = taken.iter().map(|booked| deducted_points(&booked.effect.kind)).sum();
    let restored: Amount = rollbacks.iter().map(|effect| restored_points(&effect.kind)).sum();
    assert_eq!(deducted, restored, "{rollbacks:?}");
    taken
}

/// The rule that awards, its coupon, and the pool.
type Rule = (i64, i64, Option<i64>, i64);

fn award(effect: &Effect) -> Option<(Rule, &str)> {
    let EffectKind::AwardGiveaway(AwardGiveaway { pool_id, code, .. }) = &effect.kind else {
        return None;
    };
    let coupon = effect.triggered_by_coupon.map(talon_core::CouponId::get);
    Some(((effect.campaign_id.get(), effect.rule_index, coupon, *pool_id), code))
}

/// Whether a rollback belongs to an effect. V1 does not list all members of the effect.
pub(super) fn is_rollback_of(rollback: &Effect, done: &Effect) -> bool {
    let is_same_rule =
        (rollback.campaign_id, rollback.rule_index) == (done.campaign_id, done.rule_index);
    is_same_rule
        && match (&rollback.kind, &done.kind) {
            (EffectKind::RollbackCoupon(rollback), EffectKind::AcceptCoupon(done)) => {
                rollback.value == done.value
            }
            (EffectKind::RollbackReferral(rollback), EffectKind::AcceptReferral(done)) => {
                rollback.value == done.value
            }
            (EffectKind::RollbackDiscount(rollback), EffectKind::SetDiscount(done)) => {
                (&rollback.name, rollback.value) == (&done.name, done.value)
                    && (rollback.cart_item_position, rollback.additional_cost_id) == (None, None)
            }
            (
                EffectKind::RollbackDiscount(rollback),
                EffectKind::SetDiscountPerAdditionalCost(done),
            ) => {
                (&rollback.name, rollback.value) == (&done.name, done.value)
                    && rollback.additional_cost_id == Some(done.additional_cost_id)
                    && rollback.cart_item_position.is_none()
            }
            (EffectKind::RollbackDiscount(rollback), EffectKind::SetDiscountPerItem(done)) => {
                (&rollback.name, rollback.value) == (&done.name, done.value)
                    && rollback.additional_cost_id.is_none()
                    && rollback.cart_item_position == Some(done.position)
                    && is_same_or_unknown(
                        rollback.cart_item_sub_position.as_ref(),
                        done.sub_position.as_ref(),
                    )
            }
            (
                EffectKind::RollbackDiscount(rollback),
                EffectKind::SetDiscountPerAdditionalCostPerItem(done),
            ) => {
                (&rollback.name, rollback.value) == (&done.name, done.value)
                    && rollback.additional_cost_id == Some(done.additional_cost_id)
                    && rollback.cart_item_position == Some(done.position)
                    && is_same_or_unknown(
                        rollback.cart_item_sub_position.as_ref(),
                        done.sub_position.as_ref(),
                    )
            }
            (
                EffectKind::RollbackAddedLoyaltyPoints(rollback),
                EffectKind::AddLoyaltyPoints(done),
            ) => {
                (rollback.program_id, &rollback.sub_ledger_id)
                    == (done.program_id, &done.sub_ledger_id)
                    && rollback.value <= done.value
                    && is_same_or_unknown(
                        rollback.transaction_uuid.as_ref(),
                        done.transaction_uuid.as_ref(),
                    )
            }
            (
                EffectKind::RollbackDeductedLoyaltyPoints(rollback),
                EffectKind::DeductLoyaltyPoints(done),
            ) => {
                (rollback.program_id, &rollback.sub_ledger_id)
                    == (done.program_id, &done.sub_ledger_id)
                    && is_same_or_unknown(
                        rollback.transaction_uuid.as_ref(),
                        done.transaction_uuid.as_ref(),
                    )
            }
            _ => false,
        }
}

fn is_same_or_unknown<T: PartialEq>(rollback: Option<&T>, done: Option<&T>) -> bool {
    done.is_none() || rollback == done
}

/// Discounts of returned units are rolled back.
fn assert_discounts_rolled_back(closed: &ClosedSession) {
    for effect in closed.effects() {
        let (position, unit) = match &effect.kind {
            EffectKind::SetDiscountPerItem(discount) => (discount.position, discount.sub_position),
            EffectKind::SetDiscountPerAdditionalCostPerItem(discount) => {
                (discount.position, discount.sub_position)
            }
            _ => continue,
        };
        let line = usize::try_from(position).expect("an index of the cart");
        let returned = closed.session.cart_items[line].returned_quantity.unwrap_or_default();
        assert!(unit.is_none_or(|unit| unit >= returned), "{effect:?} is of a returned unit");
    }
}
