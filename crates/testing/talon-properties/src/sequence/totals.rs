//! Counters and totals: each is the sum of the effects of closed sessions.

use std::collections::BTreeSet;

use talon_core::effect::EffectKind;
use talon_core::model::{Coupon, CustomerSessionV2, Referral};
use talon_core::{Amount, CampaignId, ProfileId};
use talon_fake::World;

use super::closed_session::{ClosedSession, discount_value};
use super::expected::Expected;
use super::points;
use super::state::{AwardedCodes, Counts, StoredProfile, StoredState};

pub(super) fn check(expected: &Expected, world: &World, state: &StoredState) {
    for campaign in &world.campaigns {
        let id = campaign.id.expect("every campaign has one");
        assert_eq!(state.counts.get(&id).cloned().unwrap_or_default(), counts(expected, id));
    }
    for stored in state.coupons.values() {
        check_coupon(expected, &stored.coupon);
        let reserved = i64::try_from(stored.reserved_by.len()).expect("they are few");
        let counter = stored.coupon.reservation_counter.unwrap_or_default();
        assert_eq!(counter, Amount::from(reserved), "{stored:?}");
    }
    for stored in state.referrals.values() {
        check_referral(expected, &stored.referral);
    }
    for (id, stored) in &state.profiles {
        check_profile(expected, id, stored);
    }
    for stored in state.sessions.values() {
        check_totals(&stored.session);
    }
    points::check(expected, state);
    check_reservations(expected, state);
    check_giveaways(expected, world, state);
}

fn counts(expected: &Expected, id: CampaignId) -> Counts {
    let mut counts = Counts::default();
    for closed in expected.booked() {
        for effect in closed.effects().filter(|effect| effect.campaign_id == id) {
            counts.coupon_redemptions +=
                i64::from(matches!(effect.kind, EffectKind::AcceptCoupon(_)));
            counts.referral_redemptions +=
                i64::from(matches!(effect.kind, EffectKind::AcceptReferral(_)));
            counts.discount += discount_value(&effect.kind);
            counts.discount_effects += i64::from(!discount_value(&effect.kind).is_zero());
        }
    }
    let effects = expected.ever_booked().flat_map(ClosedSession::effects);
    for effect in effects.filter(|effect| effect.campaign_id == id) {
        counts.coupon_creations += i64::from(matches!(effect.kind, EffectKind::CouponCreated(_)));
        counts.referral_creations +=
            i64::from(matches!(effect.kind, EffectKind::ReferralCreated(_)));
    }
    counts
}

fn check_coupon(expected: &Expected, coupon: &Coupon) {
    let accepts = |kind: &EffectKind| matches!(kind, EffectKind::AcceptCoupon(accepted) if accepted.value == coupon.value);
    let used: i64 = expected.closed.values().map(|closed| closed.count(accepts)).sum();
    assert_eq!(coupon.usage_counter, used, "{coupon:?}");
    assert!(coupon.usage_limit == 0 || used <= coupon.usage_limit, "{coupon:?}");
    let (Some(limit), Some(counter)) = (coupon.discount_limit, coupon.discount_counter) else {
        return assert_eq!((coupon.discount_counter, coupon.discount_remainder), (None, None));
    };
    let by_coupon = |closed: &&ClosedSession| closed.count(accepts) > 0;
    let effects = expected.closed.values().filter(by_coupon).flat_map(ClosedSession::effects);
    let mine = effects.filter(|effect| effect.triggered_by_coupon == Some(coupon.id));
    let discounts: Amount = mine.map(|effect| discount_value(&effect.kind)).sum();
    // V1 does not say which discounts are due to the coupon.
    assert!(counter <= discounts && !counter.is_negative() && counter <= limit, "{coupon:?}");
    assert_eq!(coupon.discount_remainder, Some(limit - counter), "{coupon:?}");
}

fn check_referral(expected: &Expected, referral: &Referral) {
    let accepts = |kind: &EffectKind| matches!(kind, EffectKind::AcceptReferral(accepted) if accepted.value == referral.code);
    let sessions = expected.closed.values().filter(|closed| closed.count(accepts) > 0);
    let friends: BTreeSet<_> = sessions.clone().map(|closed| &closed.session.profile_id).collect();
    let used = i64::try_from(sessions.count()).expect("they are few");
    assert_eq!(referral.usage_counter, used, "{referral:?}");
    assert!(referral.usage_limit == 0 || used <= referral.usage_limit, "{referral:?}");
    let referred: BTreeSet<_> = referral.referred_customers.iter().flatten().collect();
    let known: BTreeSet<_> = friends.into_iter().filter(|friend| !friend.is_empty()).collect();
    assert_eq!(referred, known, "{referral:?}");
}

fn check_profile(expected: &Expected, id: &ProfileId, stored: &StoredProfile) {
    let mine: Vec<_> =
        expected.closed.values().filter(|closed| closed.session.profile_id == *id).collect();
    let closed = i64::try_from(mine.len()).expect("they are few");
    assert_eq!(stored.profile.closed_sessions, closed, "{id}");
    let sales: Amount = mine.iter().map(|closed| closed.sales).sum();
    assert_eq!(stored.profile.total_sales, sales, "{id}");
    for (code, redeemed) in &stored.redeemed {
        let accepts = |kind: &EffectKind| matches!(kind, EffectKind::AcceptCoupon(accepted) if accepted.value == *code);
        let times: i64 = mine.iter().map(|closed| closed.count(accepts)).sum();
        assert_eq!(*redeemed, times, "{id}: {code}");
    }
}

fn check_reservations(expected: &Expected, state: &StoredState) {
    let by_coupon = state.coupons.iter().flat_map(|(code, stored)| {
        stored.reserved_by.iter().map(|profile| (code.clone(), profile.clone()))
    });
    let by_profile = state
        .profiles
        .iter()
        .flat_map(|(id, stored)| stored.reserved.iter().map(|code| (code.clone(), id.clone())));
    assert_eq!(by_coupon.collect::<BTreeSet<_>>(), expected.reserved);
    assert_eq!(by_profile.collect::<BTreeSet<_>>(), expected.reserved);
}

fn check_giveaways(expected: &Expected, world: &World, state: &StoredState) {
    let effects = expected.ever_booked().flat_map(ClosedSession::effects);
    let awarded: Vec<_> = effects
        .filter_map(|effect| match &effect.kind {
            EffectKind::AwardGiveaway(award) => Some((award.pool_id, award.code.as_str())),
            _ => None,
        })
        .collect();
    let distinct: BTreeSet<_> = awarded.iter().copied().collect();
    assert_eq!(distinct.len(), awarded.len(), "a giveaway was awarded twice: {awarded:?}");
    for pool in &world.giveaway_pools {
        let mine = awarded.iter().filter(|(id, _)| *id == pool.id);
        let mine: Vec<_> = mine.map(|(_, code)| (*code).to_owned()).collect();
        assert!(
            mine.iter().all(|code| pool.codes.iter().any(|it| it.code == *code)),
            "{awarded:?}"
        );
        assert_eq!(state.awarded.get(&pool.id).map_or(0, AwardedCodes::count), mine.len());
    }
    let held = state.profiles.values().flat_map(|stored| &stored.giveaways);
    assert_eq!(held.count(), awarded.len());
}

/// Totals of a cart are the sums of its lines.
fn check_totals(session: &CustomerSessionV2) {
    let (mut items, mut costs) = (Amount::ZERO, Amount::ZERO);
    for item in &session.cart_items {
        for _ in 0..item.quantity {
            items += item.price.unwrap_or_default();
            costs += item.additional_costs.iter().flatten().map(|(_, cost)| cost.price).sum();
        }
    }
    let of_session = session.additional_costs.iter().flatten().map(|(_, cost)| cost.price).sum();
    assert_eq!(session.cart_item_total, items, "{session:?}");
    assert_eq!(session.additional_cost_total, of_session, "{session:?}");
    assert_eq!(session.cart_item_additional_cost_total, Some(costs), "{session:?}");
    assert_eq!(session.total, items + costs + of_session, "{session:?}");
}
