//! Limits of campaigns and coupons, and how much of them an evaluation uses up.

use std::collections::BTreeMap;

use talon_core::effect::EffectKind;
use talon_core::model::{
    Coupon, CouponRejection, LimitAction, LimitConfig, LimitEntity, ReferralRejection,
};
use talon_core::{Amount, CouponId};

use super::place::Place;
use crate::state::{BudgetKey, Transaction};

/// What this evaluation has used up so far, beside what closed sessions did.
#[derive(Clone, Debug, Default)]
pub(super) struct Spending {
    budgets: BTreeMap<BudgetKey, Amount>,
    by_coupon: BTreeMap<CouponId, Amount>,
}

/// An effect does not fit into a limit.
#[derive(Debug)]
pub(super) struct OverBudget;

/// Whose limit is full, in the few words that rejections have for it, in the order in which they
/// are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Scope {
    Code,
    Campaign,
    Profile,
}

impl Scope {
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

impl Spending {
    /// What was used up, by counter.
    pub(super) fn into_budgets(self) -> Vec<(BudgetKey, Amount)> {
        self.budgets.into_iter().collect()
    }

    /// Whether the coupon may be redeemed once more, or which limit is in the way.
    pub(super) fn check_coupon(&self, place: &Place<'_>) -> Result<(), CouponRejection> {
        match self.full(place, &LimitAction::RedeemCoupon) {
            None => Ok(()),
            Some(Scope::Campaign) => Err(CouponRejection::CampaignLimitReached),
            Some(Scope::Code) => Err(CouponRejection::CouponLimitReached),
            Some(Scope::Profile) => Err(CouponRejection::ProfileLimitReached),
        }
    }

    /// Whether the referral may be redeemed once more, or which limit is in the way.
    pub(super) fn check_referral(&self, place: &Place<'_>) -> Result<(), ReferralRejection> {
        match self.full(place, &LimitAction::RedeemReferral) {
            None => Ok(()),
            Some(Scope::Campaign) => Err(ReferralRejection::CampaignLimitReached),
            Some(Scope::Code) => Err(ReferralRejection::ReferralLimitReached),
            Some(Scope::Profile) => Err(ReferralRejection::ProfileLimitReached),
        }
    }

    /// Whose limit has no room for one more; of several the one that is told first.
    fn full(&self, place: &Place<'_>, action: &LimitAction) -> Option<Scope> {
        let counters = place.counters(action);
        let full = counters.filter(|(limit, key)| self.room(place.tx, limit, key) < 1.into());
        full.map(|(limit, _)| Scope::of(limit)).min()
    }

    /// Uses up one redemption.
    pub(super) fn redeem(&mut self, place: &Place<'_>, action: &LimitAction) {
        for (_, key) in place.counters(action) {
            *self.budgets.entry(key).or_default() += Amount::from(1);
        }
    }

    /// Uses up what an effect needs, or nothing when it does not fit.
    ///
    /// With partial rewards a discount is cut to what is left and says what it wanted to be.
    pub(super) fn spend(
        &mut self,
        place: &Place<'_>,
        kind: &mut EffectKind,
    ) -> Result<(), OverBudget> {
        if place.campaign.partial_rewards
            && let Some(room) = self.room_for_discount(place)
        {
            cut(kind, room);
        }
        let counters: Vec<_> = uses(kind)
            .iter()
            .flat_map(|(action, amount)| place.counters(action).map(move |c| (c, *amount)))
            .collect();
        let fits = |((limit, key), amount): &((&LimitConfig, BudgetKey), Amount)| {
            self.room(place.tx, limit, key) >= *amount
        };
        let discount = discount_of(kind);
        let coupon = place.facts.coupon.filter(|_| !discount.is_zero());
        let room = coupon.and_then(|coupon| self.room_of_coupon(coupon));
        if !counters.iter().all(fits) || room.is_some_and(|room| room < discount) {
            return Err(OverBudget);
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
    fn room_for_discount(&self, place: &Place<'_>) -> Option<Amount> {
        let counters = place.counters(&LimitAction::SetDiscount);
        let campaign = counters.map(|(limit, key)| self.room(place.tx, limit, &key)).min();
        let coupon = place.facts.coupon.and_then(|coupon| self.room_of_coupon(coupon));
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

/// Whether a limit counts what only the close of a session makes final.
pub(crate) fn is_of_cart(action: &LimitAction) -> bool {
    matches!(
        action.as_str(),
        "redeemCoupon"
            | "redeemReferral"
            | "setDiscount"
            | "setDiscountEffect"
            | "addFreeItemEffect"
    )
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
