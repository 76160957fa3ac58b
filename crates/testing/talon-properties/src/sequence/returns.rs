//! The expected state after returns of items and after sessions are reopened.

use talon_core::SessionId;
use talon_core::effect::{AwardGiveaway, Effect, EffectKind};
use talon_core::model::{CustomerSessionV2, SessionState};

use super::expected::{ClosedSession, Expected, assert_rolled_back};

impl Expected {
    /// Applies a return. Each rollback belongs to one effect of a returned unit.
    pub(super) fn return_items(&mut self, session: &CustomerSessionV2, effects: &[Effect]) {
        assert_eq!(session.state, SessionState::PartiallyReturned, "{session:?}");
        let closed = self.closed.get_mut(&session.integration_id);
        let closed = closed.expect("only items of closed sessions are returned");
        for (item, before) in session.cart_items.iter().zip(&closed.session.cart_items) {
            let returned = item.returned_quantity.unwrap_or_default();
            let more = returned - before.returned_quantity.unwrap_or_default();
            assert!(more >= 0 && returned <= item.quantity, "{item:?}");
            assert_eq!(item.remaining_quantity, Some(item.quantity - returned), "{item:?}");
            closed.sales -= item.price.unwrap_or_default() * more.into();
        }
        closed.session = session.clone();
        let mut returned = ClosedSession { effects: Vec::new(), ..closed.clone() };
        returned.rollbacks = effects.to_vec();
        for effect in effects {
            let index = closed.effects.iter().position(|done| is_rollback_of(effect, done));
            let index = index.unwrap_or_else(|| panic!("{effect:?} is a rollback of no effect"));
            returned.effects.push(closed.effects.remove(index));
        }
        assert_discounts_rolled_back(closed);
        self.cancelled.push(returned);
    }

    /// Applies that a session was reopened.
    pub(super) fn reopen_session(&mut self, id: &SessionId, effects: &[Effect]) {
        let mut closed = self.closed.remove(id).expect("only closed sessions are reopened");
        assert_ne!(closed.session.state, SessionState::PartiallyReturned, "{closed:?}");
        assert_rolled_back(&closed.effects, effects);
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
        let earlier: Vec<_> =
            earlier.flat_map(|closed| &closed.effects).filter_map(award).collect();
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

/// The rule that awards, its coupon, and the pool.
type Rule = (i64, i64, Option<i64>, i64);

fn award(effect: &Effect) -> Option<(Rule, &str)> {
    let EffectKind::AwardGiveaway(AwardGiveaway { pool_id, code, .. }) = &effect.kind else {
        return None;
    };
    let coupon = effect.triggered_by_coupon.map(talon_core::CouponId::get);
    Some(((effect.campaign_id.get(), effect.rule_index, coupon, *pool_id), code))
}

/// Whether a rollback belongs to an effect of one unit. V1 does not list all members of the effect.
pub(super) fn is_rollback_of(rollback: &Effect, done: &Effect) -> bool {
    let is_same_rule =
        (rollback.campaign_id, rollback.rule_index) == (done.campaign_id, done.rule_index);
    is_same_rule
        && match (&rollback.kind, &done.kind) {
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
            ) => is_same_or_unknown(
                rollback.transaction_uuid.as_ref(),
                done.transaction_uuid.as_ref(),
            ),
            _ => false,
        }
}

fn is_same_or_unknown<T: PartialEq>(rollback: Option<&T>, done: Option<&T>) -> bool {
    done.is_none() || rollback == done
}

/// Discounts of returned units are rolled back.
fn assert_discounts_rolled_back(closed: &ClosedSession) {
    for effect in &closed.effects {
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
