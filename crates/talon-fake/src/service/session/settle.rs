//! What closing a session does, and what cancelling it undoes.

use std::collections::BTreeSet;

use talon_core::effect::{
    Effect, EffectKind, RollbackAddedLoyaltyPoints, RollbackCoupon, RollbackDeductedLoyaltyPoints,
    RollbackDiscount, RollbackReferral,
};
use talon_core::model::CustomerSessionV2;
use talon_core::{Amount, CouponCode, ProfileId, ReferralCode};

use crate::rules::{Evaluation, discount_of};
use crate::service::loyalty;
use crate::state::{StoredCoupon, StoredSession, Transaction};

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

/// Undoes what closing did and says so; an open session has nothing to undo.
pub(super) fn roll_back(tx: &mut Transaction<'_>, stored: &mut StoredSession) -> Evaluation {
    if !stored.is_booked {
        return Evaluation::default();
    }
    book(tx, stored, Step::Back);
    stored.spent.clear();
    let settled = std::mem::take(&mut stored.settled);
    let profile = &stored.session.profile_id;
    let undone = settled.into_iter().filter_map(|effect| {
        let kind = undo(&effect.kind, profile)?;
        Some(Effect { kind, ..effect })
    });
    Evaluation { effects: undone.collect(), ..Evaluation::default() }
}

/// The effect that says another one was undone, for those that can be.
fn undo(kind: &EffectKind, profile: &ProfileId) -> Option<EffectKind> {
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
        EffectKind::AddLoyaltyPoints(points) => RollbackAddedLoyaltyPoints {
            program_id: points.program_id,
            sub_ledger_id: points.sub_ledger_id.clone(),
            value: points.value,
            recipient_integration_id: points.recipient_integration_id.clone(),
            transaction_uuid: points.transaction_uuid.clone(),
            ..RollbackAddedLoyaltyPoints::default()
        }
        .into(),
        EffectKind::DeductLoyaltyPoints(points) => RollbackDeductedLoyaltyPoints {
            program_id: points.program_id,
            sub_ledger_id: points.sub_ledger_id.clone(),
            value: points.value,
            recipient_integration_id: profile.clone(),
            transaction_uuid: points.transaction_uuid.clone(),
            ..RollbackDeductedLoyaltyPoints::default()
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
        EffectKind::AddLoyaltyPoints(points) => match step {
            Step::Forth => loyalty::earn(tx, profile, points),
            Step::Back => loyalty::take_back(tx, profile, points),
        },
        EffectKind::DeductLoyaltyPoints(points) => match step {
            Step::Forth => loyalty::spend(tx, profile, points),
            Step::Back => loyalty::give_back(tx, profile, points),
        },
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
