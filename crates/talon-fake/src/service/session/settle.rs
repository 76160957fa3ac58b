//! What closing a session does, and what cancelling it undoes.

use std::collections::BTreeSet;

use talon_core::effect::{
    AddLoyaltyPoints, CouponCreated, DeductLoyaltyPoints, Effect, EffectKind, ReferralCreated,
    RollbackAddedLoyaltyPoints, RollbackCoupon, RollbackDeductedLoyaltyPoints, RollbackDiscount,
    RollbackReferral,
};
use talon_core::model::{Coupon, CustomerSessionV2, Referral};
use talon_core::{Amount, CouponCode, ProfileId, ReferralCode};

use crate::rules::{Evaluation, Promise, Promised, discount_of};
use crate::service::loyalty;
use crate::service::referrals::new_referral;
use crate::state::{StoredCoupon, StoredSession, Transaction};
use crate::world::code_settings;

/// A sign for counters: a redemption, or the end of one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Forth = 1,
    Back = -1,
}

/// Redeems what was accepted, books points and sales, and makes what rules promised.
pub(super) fn close(
    tx: &mut Transaction<'_>,
    stored: &mut StoredSession,
    evaluation: &mut Evaluation,
) -> (Vec<Coupon>, Vec<Referral>) {
    let (mut coupons, mut referrals) = (Vec::new(), Vec::new());
    for promise in std::mem::take(&mut evaluation.promises) {
        match promise.what {
            Promised::Coupon => {
                make_coupon(tx, &promise, &stored.session, evaluation, &mut coupons);
            }
            Promised::Referral => {
                make_referral(tx, &promise, &stored.session, evaluation, &mut referrals);
            }
        }
    }
    stored.settled.clone_from(&evaluation.effects);
    book(tx, stored, Step::Forth);
    (coupons, referrals)
}

/// Undoes what closing did and says so; an open session has nothing to undo.
pub(super) fn roll_back(tx: &mut Transaction<'_>, stored: &mut StoredSession) -> Evaluation {
    if !stored.is_booked {
        return Evaluation::default();
    }
    book(tx, stored, Step::Back);
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
        profile.profile.closed_sessions += step as i64;
        profile.profile.total_sales += signed(sales, step);
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
        EffectKind::SetDiscount(_) | EffectKind::SetDiscountPerItem(_) => {
            let counts = tx.counts_mut(effect.campaign_id);
            counts.discount += signed(discount_of(std::iter::once(&effect.kind)), step);
            counts.discount_effects += step as i64;
        }
        EffectKind::AddLoyaltyPoints(AddLoyaltyPoints {
            program_id, sub_ledger_id, value, ..
        }) => {
            loyalty::book(tx, profile, (*program_id, sub_ledger_id), signed(*value, step));
        }
        EffectKind::DeductLoyaltyPoints(deducted) => {
            let DeductLoyaltyPoints { program_id, sub_ledger_id, value, .. } = deducted;
            loyalty::book(tx, profile, (*program_id, sub_ledger_id), -signed(*value, step));
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
    coupon.usage_counter += step as i64;
    let (id, campaign) = (coupon.id, coupon.campaign_id);
    if let (Some(limit), Some(used)) = (coupon.discount_limit, coupon.discount_counter) {
        let mine = settled.iter().filter(|effect| effect.triggered_by_coupon == Some(id));
        let used = used + signed(discount_of(mine.map(|effect| &effect.kind)), step);
        coupon.discount_counter = Some(used);
        coupon.discount_remainder = Some(limit - used);
    }
    tx.counts_mut(campaign).coupon_redemptions += step as i64;
    if let Some(profile) = tx.profile_mut(profile) {
        *profile.redeemed.entry(code.clone()).or_default() += step as i64;
        *profile.coupon_redemptions.entry(campaign).or_default() += step as i64;
    }
}

fn redeem_referral(tx: &mut Transaction<'_>, code: &ReferralCode, profile: &ProfileId, step: Step) {
    let Some(stored) = tx.referral_mut(code) else { return };
    stored.referral.usage_counter += step as i64;
    let campaign = stored.referral.campaign_id;
    tx.counts_mut(campaign).referral_redemptions += step as i64;
    if let Some(profile) = tx.profile_mut(profile) {
        *profile.referral_redemptions.entry(campaign).or_default() += step as i64;
    }
}

fn make_coupon(
    tx: &mut Transaction<'_>,
    promise: &Promise,
    session: &CustomerSessionV2,
    evaluation: &mut Evaluation,
    made: &mut Vec<Coupon>,
) {
    let campaign = tx.campaign(promise.campaign_id);
    let settings = campaign.and_then(|stored| stored.campaign.coupon_settings.clone());
    let settings = settings.unwrap_or_else(|| code_settings("########"));
    let Some(value) = unused(tx, |tx| {
        let code = CouponCode::from(tx.ids().code(&settings));
        tx.coupon(&code).is_none().then_some(code)
    }) else {
        return;
    };
    let recipient = Some(session.profile_id.clone()).filter(|id| !id.is_empty());
    let coupon = Coupon {
        id: tx.ids().number(),
        created: tx.now,
        campaign_id: promise.campaign_id,
        value: value.clone(),
        usage_limit: 1,
        recipient_integration_id: recipient,
        reservation: Some(true),
        attributes: Some(talon_core::Attributes::new()),
        ..Coupon::default()
    };
    tx.counts_mut(promise.campaign_id).coupon_creations += 1;
    tx.put_coupon(StoredCoupon { coupon: coupon.clone(), reserved_by: BTreeSet::new() });
    let profile_id = session.profile_id.clone();
    evaluation.effects.push(promise.effect(CouponCreated { value, profile_id }));
    made.push(coupon);
}

fn make_referral(
    tx: &mut Transaction<'_>,
    promise: &Promise,
    session: &CustomerSessionV2,
    evaluation: &mut Evaluation,
    made: &mut Vec<Referral>,
) {
    let order = talon_core::model::NewReferral::new(promise.campaign_id, &session.profile_id);
    if let Ok(referral) = new_referral(tx, order) {
        tx.counts_mut(promise.campaign_id).referral_creations += 1;
        let value = referral.code.clone();
        evaluation.effects.push(promise.effect(ReferralCreated { value }));
        made.push(referral);
    }
}

/// Tries for a code that is not taken, not for ever: a constant pattern has but one.
pub(in crate::service) fn unused<T>(
    tx: &mut Transaction<'_>,
    mut attempt: impl FnMut(&mut Transaction<'_>) -> Option<T>,
) -> Option<T> {
    (0..100).find_map(|_| attempt(tx))
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
