//! Limits of campaigns and coupons, and how much of them an evaluation uses up.

use std::collections::BTreeMap;

use talon_core::effect::EffectKind;
use talon_core::model::{
    Coupon, CouponRejection, LimitAction, LimitConfig, LimitEntity, ReferralRejection,
};
use talon_core::{Amount, CouponId};

use super::limit_scope::LimitScope;
use crate::state::{BudgetKey, Transaction};

/// What this evaluation has used up so far, beside what closed sessions did.
#[derive(Clone, Debug, Default)]
pub(super) struct LimitUsage {
    budgets: BTreeMap<BudgetKey, Amount>,
    by_coupon: BTreeMap<CouponId, Amount>,
}

/// An effect does not fit into a limit.
#[derive(Debug)]
pub(super) struct LimitExceeded;

/// Whose limit is full, in the few words that rejections have for it, in the order in which they
/// are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum LimitOwner {
    Code,
    Campaign,
    Profile,
}

impl LimitOwner {
    /// A limit of identifiers, stores or sessions has no word of its own: it is the campaign's.
    fn of(limit: &LimitConfig) -> Self {
        let has = |entity: &LimitEntity| limit.entities.contains(entity);
        if has(&LimitEntity::Profile) {
            Self::Profile
        } else if has(&LimitEntity::Coupon) || has(&LimitEntity::Referral) {
            Self::Code
        } else {
            Self::Campaign
        }
    }
}

impl LimitUsage {
    /// What was used up, by counter.
    pub(super) fn into_budgets(self) -> Vec<(BudgetKey, Amount)> {
        self.budgets.into_iter().collect()
    }

    /// Whether the coupon may be redeemed once more, or which limit is in the way.
    pub(super) fn check_coupon(&self, scope: &LimitScope<'_>) -> Result<(), CouponRejection> {
        match self.full(scope, &LimitAction::RedeemCoupon) {
            None => Ok(()),
            Some(LimitOwner::Campaign) => Err(CouponRejection::CampaignLimitReached),
            Some(LimitOwner::Code) => Err(CouponRejection::CouponLimitReached),
            Some(LimitOwner::Profile) => Err(CouponRejection::ProfileLimitReached),
        }
    }

    /// Whether the referral may be redeemed once more, or which limit is in the way.
    pub(super) fn check_referral(&self, scope: &LimitScope<'_>) -> Result<(), ReferralRejection> {
        match self.full(scope, &LimitAction::RedeemReferral) {
            None => Ok(()),
            Some(LimitOwner::Campaign) => Err(ReferralRejection::CampaignLimitReached),
            Some(LimitOwner::Code) => Err(ReferralRejection::ReferralLimitReached),
            Some(LimitOwner::Profile) => Err(ReferralRejection::ProfileLimitReached),
        }
    }

    /// Whose limit has no room for one more; of several the one that is told first.
    fn full(&self, scope: &LimitScope<'_>, action: &LimitAction) -> Option<LimitOwner> {
        let counters = scope.counters(action);
        let full = counters.filter(|(limit, key)| self.room(scope.tx, limit, key) < 1.into());
        full.map(|(limit, _)| LimitOwner::of(limit)).min()
    }

    /// Uses up one redemption.
    pub(super) fn redeem(&mut self, scope: &LimitScope<'_>, action: &LimitAction) {
        for (_, key) in scope.counters(action) {
            *self.budgets.entry(key).or_default() += Amount::from(1);
        }
    }

    /// Uses up what an effect needs, or nothing when it does not fit.
    ///
    /// With partial rewards a discount is cut to what is left and says what it wanted to be.
    pub(super) fn spend(
        &mut self,
        scope: &LimitScope<'_>,
        kind: &mut EffectKind,
    ) -> Result<(), LimitExceeded> {
        if scope.campaign.partial_rewards
            && let Some(room) = self.room_for_discount(scope)
        {
            cut(kind, room);
        }
        let counters: Vec<_> = uses(kind)
            .iter()
            .flat_map(|(action, amount)| scope.counters(action).map(move |c| (c, *amount)))
            .collect();
        let fits = |((limit, key), amount): &((&LimitConfig, BudgetKey), Amount)| {
            self.room(scope.tx, limit, key) >= *amount
        };
        let discount = discount_of(kind);
        let coupon = scope.facts.coupon.filter(|_| !discount.is_zero());
        let room = coupon.and_then(|coupon| self.room_of_coupon(coupon));
        if !counters.iter().all(fits) || room.is_some_and(|room| room < discount) {
            return Err(LimitExceeded);
        }
        for ((_, key), amount) in counters {
            *self.budgets.entry(key).or_default() += amount;
        }
        if let Some(coupon) = coupon {
            *self.by_coupon.entry(coupon.id).or_default() += discount;
        }
        Ok(())
    }

    /// What is left for a discount: of the coupon's own limit and the campaign's.
    fn room_for_discount(&self, scope: &LimitScope<'_>) -> Option<Amount> {
        let counters = scope.counters(&LimitAction::SetDiscount);
        let campaign = counters.map(|(limit, key)| self.room(scope.tx, limit, &key)).min();
        let coupon = scope.facts.coupon.and_then(|coupon| self.room_of_coupon(coupon));
        campaign.into_iter().chain(coupon).min()
    }

    fn room_of_coupon(&self, coupon: &Coupon) -> Option<Amount> {
        let used = coupon.discount_counter.unwrap_or_default();
        let now = self.by_coupon.get(&coupon.id).copied().unwrap_or_default();
        coupon.discount_limit.map(|limit| limit - used - now)
    }

    fn room(&self, tx: &Transaction<'_>, limit: &LimitConfig, key: &BudgetKey) -> Amount {
        limit.limit - tx.budget(key) - self.budgets.get(key).copied().unwrap_or_default()
    }
}

/// Which limits an effect uses up, and how much of them.
fn uses(kind: &EffectKind) -> Vec<(LimitAction, Amount)> {
    let once = Amount::from(1);
    let action = |name: &str| LimitAction::from(name);
    match kind {
        EffectKind::AddLoyaltyPoints(points) => vec![
            (action("createLoyaltyPoints"), points.value),
            (action("createLoyaltyPointsEffect"), once),
        ],
        EffectKind::DeductLoyaltyPoints(points) => vec![
            (action("redeemLoyaltyPoints"), points.value),
            (action("redeemLoyaltyPointsEffect"), once),
        ],
        EffectKind::AddFreeItem(_) => vec![(action("addFreeItemEffect"), once)],
        EffectKind::CustomEffect(_) => vec![(action("customEffect"), once)],
        EffectKind::TriggerWebhook(_) => vec![(action("callApi"), once)],
        other => match discount_of(other) {
            zero if zero.is_zero() => Vec::new(),
            value => {
                vec![(LimitAction::SetDiscount, value), (LimitAction::SetDiscountEffect, once)]
            }
        },
    }
}

/// What an effect takes off; 0 when it is no discount.
pub(crate) fn discount_of(kind: &EffectKind) -> Amount {
    match kind {
        EffectKind::SetDiscount(props) => props.value,
        EffectKind::SetDiscountPerItem(props) => props.value,
        EffectKind::SetDiscountPerAdditionalCost(props) => props.value,
        EffectKind::SetDiscountPerAdditionalCostPerItem(props) => props.value,
        _ => Amount::ZERO,
    }
}

/// Cuts a discount to `room`.
fn cut(kind: &mut EffectKind, room: Amount) {
    let (value, desired) = match kind {
        EffectKind::SetDiscount(props) => (&mut props.value, &mut props.desired_value),
        EffectKind::SetDiscountPerItem(props) => (&mut props.value, &mut props.desired_value),
        EffectKind::SetDiscountPerAdditionalCost(props) => {
            (&mut props.value, &mut props.desired_value)
        }
        EffectKind::SetDiscountPerAdditionalCostPerItem(props) => {
            (&mut props.value, &mut props.desired_value)
        }
        _ => return,
    };
    if *value > room && !room.is_zero() && !room.is_negative() {
        *desired = Some(*value);
        *value = room;
    }
}
