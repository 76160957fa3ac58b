//! What closing a session does, and what cancelling it undoes.

use std::collections::BTreeSet;

use talon_core::effect::{Effect, EffectKind, RollbackCoupon, RollbackDiscount, RollbackReferral};
use talon_core::model::{CustomerSessionV2, LimitAction};
use talon_core::{Amount, CouponCode, ProfileId, ReferralCode};

use super::evaluate::{Evaluation, discount_of};
use super::ledger;
use crate::state::{BudgetKey, StoredCoupon, StoredSession, Transaction};

/// A sign for counters: a redemption, or the end of one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Forth = 1,
    Back = -1,
}

impl Step {
    /// A snapshot may say of a counter that it is as high as can be.
    fn count(self, counter: &mut i64) {
        *counter = counter.saturating_add(self as i64);
    }
}

/// Redeems what was accepted, and books points and sales.
pub(super) fn close(
    tx: &mut Transaction<'_>,
    stored: &mut StoredSession,
    evaluation: &mut Evaluation,
) {
    stored.settled.clone_from(&evaluation.effects);
    stored.spent.append(&mut evaluation.spent);
    book(tx, stored, Step::Forth);
}

/// Books what an event or a profile update causes. What the cart of a session causes waits for its
/// close.
pub(super) fn book_at_once(
    tx: &mut Transaction<'_>,
    session: &CustomerSessionV2,
    evaluation: &mut Evaluation,
) {
    let waits = !session.integration_id.is_empty();
    for (key, amount) in std::mem::take(&mut evaluation.spent) {
        if !(waits && limits_cart(tx, &key)) {
            tx.spend(&key, amount);
        }
    }
    for effect in evaluation.effects.iter().filter(|_| !waits) {
        book_effect(tx, effect, &session.profile_id, Step::Forth);
    }
    evaluation.effects.iter().for_each(|effect| ledger::book(tx, session, effect));
}

fn limits_cart(tx: &Transaction<'_>, key: &BudgetKey) -> bool {
    let (campaign, index) = key.limit();
    let limit = tx.campaign(campaign).and_then(|stored| stored.campaign.limits.get(index));
    limit.is_some_and(|limit| is_of_cart(&limit.action))
}

/// Whether a limit counts what only the close of a session makes final.
fn is_of_cart(action: &LimitAction) -> bool {
    matches!(
        action.as_str(),
        "redeemCoupon"
            | "redeemReferral"
            | "setDiscount"
            | "setDiscountEffect"
            | "addFreeItemEffect"
    )
}

/// Undoes what closing did and says so; an open session has nothing to undo.
pub(super) fn roll_back(tx: &mut Transaction<'_>, stored: &mut StoredSession) -> Evaluation {
    if !stored.is_booked {
        return Evaluation::default();
    }
    book(tx, stored, Step::Back);
    stored.spent.clear();
    let settled = std::mem::take(&mut stored.settled);
    let session = &stored.session;
    let mut effects = Vec::new();
    // The last first: points that the session earned and spent are given back, then taken back.
    for effect in settled.into_iter().rev() {
        let undone = match &effect.kind {
            EffectKind::AddLoyaltyPoints(points) => {
                ledger::revert_addition(tx, session, &effect, points).into_iter().collect()
            }
            EffectKind::DeductLoyaltyPoints(points) => {
                ledger::revert_deduction(tx, session, &effect, points)
            }
            kind => undo(kind).into_iter().collect(),
        };
        effects.extend(undone.into_iter().rev().map(|kind| Effect { kind, ..effect.clone() }));
    }
    effects.reverse();
    Evaluation { effects, ..Evaluation::default() }
}

/// The effect that says another one was undone, for those that can be.
fn undo(kind: &EffectKind) -> Option<EffectKind> {
    Some(match kind {
        EffectKind::AcceptCoupon(accepted) => {
            RollbackCoupon { value: accepted.value.clone() }.into()
        }
        EffectKind::AcceptReferral(accepted) => {
            RollbackReferral { value: accepted.value.clone() }.into()
        }
        EffectKind::SetDiscount(discount) => RollbackDiscount {
            name: discount.name.clone(),
            value: discount.value,
            ..RollbackDiscount::default()
        }
        .into(),
        EffectKind::SetDiscountPerItem(discount) => RollbackDiscount {
            name: discount.name.clone(),
            value: discount.value,
            cart_item_position: Some(discount.position),
            cart_item_sub_position: discount.sub_position,
            ..RollbackDiscount::default()
        }
        .into(),
        EffectKind::SetDiscountPerAdditionalCost(discount) => RollbackDiscount {
            name: discount.name.clone(),
            value: discount.value,
            additional_cost_id: Some(discount.additional_cost_id),
            additional_cost: Some(discount.additional_cost.clone()),
            ..RollbackDiscount::default()
        }
        .into(),
        EffectKind::SetDiscountPerAdditionalCostPerItem(discount) => RollbackDiscount {
            name: discount.name.clone(),
            value: discount.value,
            cart_item_position: Some(discount.position),
            cart_item_sub_position: discount.sub_position,
            additional_cost_id: Some(discount.additional_cost_id),
            additional_cost: Some(discount.additional_cost.clone()),
            ..RollbackDiscount::default()
        }
        .into(),
        _ => return None,
    })
}

/// Moves every counter that a closed session moves, forth or back.
fn book(tx: &mut Transaction<'_>, stored: &mut StoredSession, step: Step) {
    stored.is_booked = step == Step::Forth;
    let session = &stored.session;
    let sales = stored.own_total.unwrap_or(session.total);
    if let Some(profile) = tx.profile_mut(&session.profile_id) {
        step.count(&mut profile.profile.closed_sessions);
        profile.profile.total_sales += signed(sales, step);
    }
    for (key, amount) in &stored.spent {
        tx.spend(key, signed(*amount, step));
    }
    for effect in &stored.settled {
        book_effect(tx, effect, &session.profile_id, step);
    }
    if step == Step::Forth {
        stored.settled.iter().for_each(|effect| ledger::book(tx, session, effect));
    }
    let mut redeemed = BTreeSet::new();
    for effect in &stored.settled {
        if let EffectKind::AcceptCoupon(accepted) = &effect.kind
            && redeemed.insert(accepted.value.clone())
        {
            redeem_coupon(tx, &accepted.value, &stored.settled, &session.profile_id, step);
        }
    }
}

fn book_effect(tx: &mut Transaction<'_>, effect: &Effect, profile: &ProfileId, step: Step) {
    match &effect.kind {
        EffectKind::AcceptReferral(accepted) => {
            redeem_referral(tx, &accepted.value, profile, step);
        }
        other if !discount_of(other).is_zero() => {
            let counts = tx.counts_mut(effect.campaign_id);
            counts.discount += signed(discount_of(other), step);
            step.count(&mut counts.discount_effects);
        }
        _ => {}
    }
}

fn redeem_coupon(
    tx: &mut Transaction<'_>,
    code: &CouponCode,
    settled: &[Effect],
    profile: &ProfileId,
    step: Step,
) {
    let Some(StoredCoupon { coupon, .. }) = tx.coupon_mut(code) else { return };
    step.count(&mut coupon.usage_counter);
    let (id, campaign) = (coupon.id, coupon.campaign_id);
    if let (Some(limit), Some(used)) = (coupon.discount_limit, coupon.discount_counter) {
        let mine = settled.iter().filter(|effect| effect.triggered_by_coupon == Some(id));
        let given: Amount = mine.map(|effect| discount_of(&effect.kind)).sum();
        let used = used + signed(given, step);
        coupon.discount_counter = Some(used);
        coupon.discount_remainder = Some(limit - used);
    }
    step.count(&mut tx.counts_mut(campaign).coupon_redemptions);
    if let Some(profile) = tx.profile_mut(profile) {
        step.count(profile.redeemed.entry(code.clone()).or_default());
    }
}

fn redeem_referral(tx: &mut Transaction<'_>, code: &ReferralCode, profile: &ProfileId, step: Step) {
    let Some(stored) = tx.referral_mut(code) else { return };
    step.count(&mut stored.referral.usage_counter);
    let campaign = stored.referral.campaign_id;
    let referred = stored.referral.referred_customers.get_or_insert_default();
    match step {
        Step::Forth if !profile.is_empty() => referred.push(profile.clone()),
        Step::Forth => {}
        Step::Back => referred.retain(|friend| friend != profile),
    }
    step.count(&mut tx.counts_mut(campaign).referral_redemptions);
    if let Some(stored) = tx.profile_mut(profile) {
        match step {
            Step::Forth => stored.referred_in.insert(campaign),
            Step::Back => stored.referred_in.remove(&campaign),
        };
    }
}

/// Gives each movement of points its transaction.
pub(super) fn name_transactions(tx: &mut Transaction<'_>, effects: &mut [Effect]) {
    for effect in effects {
        match &mut effect.kind {
            EffectKind::AddLoyaltyPoints(points) => {
                points.transaction_uuid = Some(tx.ids().uuid());
            }
            EffectKind::DeductLoyaltyPoints(points) => {
                points.transaction_uuid = Some(tx.ids().uuid());
            }
            _ => {}
        }
    }
}

/// Applies `updateAttribute` to the profile and the session.
pub(super) fn update_attributes(
    tx: &mut Transaction<'_>,
    session: &mut CustomerSessionV2,
    effects: &[Effect],
) {
    for effect in effects {
        let EffectKind::UpdateAttribute(update) = &effect.kind else { continue };
        let mut change = talon_core::Attributes::new();
        if let Some(name) = update.path.strip_prefix("Session.Attributes.") {
            change = change.with(name, update.value.clone());
            session.attributes.merge(&change);
        } else if let Some(name) = update.path.strip_prefix("Profile.Attributes.") {
            change = change.with(name, update.value.clone());
            if let Some(stored) = tx.profile_mut(&session.profile_id) {
                stored.profile.attributes.merge(&change);
            }
        }
    }
}

fn signed(amount: Amount, step: Step) -> Amount {
    match step {
        Step::Forth => amount,
        Step::Back => -amount,
    }
}
