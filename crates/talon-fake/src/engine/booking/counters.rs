//! Counters of campaigns, codes and profiles that an effect moves.

use talon_core::effect::{Effect, EffectKind};
use talon_core::{Amount, CouponCode, ProfileId, ReferralCode};

use super::Direction;
use crate::engine::limits::discount_of;
use crate::state::{StoredCoupon, Transaction};

/// Moves the counters of campaigns and codes by one effect.
pub(super) fn count(
    tx: &mut Transaction<'_>,
    effect: &Effect,
    coupon: Option<&CouponCode>,
    profile: &ProfileId,
    direction: Direction,
) {
    match &effect.kind {
        EffectKind::AcceptCoupon(accepted) => count_coupon(tx, &accepted.value, profile, direction),
        EffectKind::AcceptReferral(accepted) => {
            count_referral(tx, &accepted.value, profile, direction);
        }
        kind => {
            let discount = discount_of(kind);
            if !discount.is_zero() {
                let counts = tx.counts_mut(effect.campaign_id);
                counts.discount += direction.signed(discount);
                direction.count(&mut counts.discount_effects);
            }
            if let Some(stored) = coupon.and_then(|code| tx.coupon_mut(code)) {
                count_discount(stored, direction.signed(discount));
            }
        }
    }
}

fn count_discount(StoredCoupon { coupon, .. }: &mut StoredCoupon, discount: Amount) {
    if let (Some(limit), Some(used)) = (coupon.discount_limit, &mut coupon.discount_counter) {
        *used += discount;
        coupon.discount_remainder = Some(limit - *used);
    }
}

fn count_coupon(
    tx: &mut Transaction<'_>,
    code: &CouponCode,
    profile: &ProfileId,
    direction: Direction,
) {
    let Some(StoredCoupon { coupon, .. }) = tx.coupon_mut(code) else { return };
    direction.count(&mut coupon.usage_counter);
    let campaign = coupon.campaign_id;
    direction.count(&mut tx.counts_mut(campaign).coupon_redemptions);
    if let Some(profile) = tx.profile_mut(profile) {
        direction.count(profile.redeemed.entry(code.clone()).or_default());
    }
}

fn count_referral(
    tx: &mut Transaction<'_>,
    code: &ReferralCode,
    profile: &ProfileId,
    direction: Direction,
) {
    let Some(stored) = tx.referral_mut(code) else { return };
    direction.count(&mut stored.referral.usage_counter);
    let campaign = stored.referral.campaign_id;
    let referred = stored.referral.referred_customers.get_or_insert_default();
    match direction {
        Direction::Apply if !profile.is_empty() => referred.push(profile.clone()),
        Direction::Apply => {}
        Direction::Revert => referred.retain(|friend| friend != profile),
    }
    direction.count(&mut tx.counts_mut(campaign).referral_redemptions);
    if let Some(stored) = tx.profile_mut(profile) {
        match direction {
            Direction::Apply => stored.referred_in.insert(campaign),
            Direction::Revert => stored.referred_in.remove(&campaign),
        };
    }
}
