//! How much of the limits of campaigns and coupons an evaluation uses.

use std::collections::BTreeMap;

use talon_core::effect::EffectKind;
use talon_core::model::{Coupon, LimitAction, LimitConfig, LimitEntity};
use talon_core::{Amount, CouponId};

use crate::engine::limits::{LimitScope, discount_of};
use crate::state::{BudgetKey, Transaction};

/// What an evaluation has used so far, in addition to what is stored.
#[derive(Debug, Default)]
pub(super) struct LimitUsage {
    by_counter: BTreeMap<BudgetKey, Amount>,
    by_coupon: BTreeMap<CouponId, Amount>,
}

/// Counters that one effect counts against, each with an amount.
pub(super) type Counted = Vec<(BudgetKey, Amount)>;

/// An effect does not fit into a limit.
#[derive(Debug)]
pub(super) struct LimitExceeded;

/// Whose limit is reached, as far as rejections tell them apart; the first one is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum LimitOwner {
    Code,
    Campaign,
    Profile,
}

impl LimitOwner {
    /// Rejections have no reason for limits of identifiers, stores or sessions: they are reported
    /// as the campaign's.
    fn new(limit: &LimitConfig) -> Self {
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
    /// Whose limit has no room for one more; of several the one that is reported first.
    pub(super) fn reached(
        &self,
        scope: &LimitScope<'_>,
        action: &LimitAction,
    ) -> Option<LimitOwner> {
        let counters = scope.counters(action);
        let full = counters.filter(|(limit, key)| self.room(scope.tx, limit, key) < 1.into());
        full.map(|(limit, _)| LimitOwner::new(limit)).min()
    }

    /// Uses one redemption.
    pub(super) fn redeem(&mut self, scope: &LimitScope<'_>, action: &LimitAction) -> Counted {
        let counted = scope.counters(action).map(|(_, key)| (key, Amount::from(1))).collect();
        self.count(&counted);
        counted
    }

    /// Uses what an effect needs, or nothing when it does not fit.
    ///
    /// With partial rewards a discount is cut to what is left and reports the wanted value.
    pub(super) fn spend(
        &mut self,
        scope: &LimitScope<'_>,
        kind: &mut EffectKind,
    ) -> Result<Counted, LimitExceeded> {
        if scope.campaign.partial_rewards
            && let Some(room) = self.room_for_discount(scope)
        {
            cut(kind, room);
        }
        let counted = self.counted(scope, kind)?;
        let discount = discount_of(kind);
        let coupon = scope.coupon.filter(|_| !discount.is_zero());
        let room = coupon.and_then(|coupon| self.room_of_coupon(coupon));
        if room.is_some_and(|room| room < discount) {
            return Err(LimitExceeded);
        }
        if let Some(coupon) = coupon {
            *self.by_coupon.entry(coupon.id).or_default() += discount;
        }
        self.count(&counted);
        Ok(counted)
    }

    /// Gives back what an effect used.
    pub(super) fn give_back(
        &mut self,
        coupon: Option<&Coupon>,
        kind: &EffectKind,
        counted: &Counted,
    ) {
        for (key, amount) in counted {
            if let Some(used) = self.by_counter.get_mut(key) {
                *used -= *amount;
            }
        }
        let used = coupon.and_then(|coupon| self.by_coupon.get_mut(&coupon.id));
        if let Some(used) = used {
            *used -= discount_of(kind);
        }
    }

    fn count(&mut self, counted: &Counted) {
        for (key, amount) in counted {
            match self.by_counter.get_mut(key) {
                Some(used) => *used += *amount,
                None => drop(self.by_counter.insert(key.clone(), *amount)),
            }
        }
    }

    /// The counters that an effect counts against, when each has room for it.
    fn counted(&self, scope: &LimitScope<'_>, kind: &EffectKind) -> Result<Counted, LimitExceeded> {
        let mut counted = Vec::new();
        if scope.campaign.campaign.limits.is_empty() {
            return Ok(counted);
        }
        for (action, amount) in actions_of(kind).into_iter().flatten() {
            for (limit, key) in scope.counters(&action) {
                if self.room(scope.tx, limit, &key) < amount {
                    return Err(LimitExceeded);
                }
                counted.push((key, amount));
            }
        }
        Ok(counted)
    }

    /// What is left for a discount: of the coupon's own limit and the campaign's.
    fn room_for_discount(&self, scope: &LimitScope<'_>) -> Option<Amount> {
        let counters = scope.counters(&LimitAction::SetDiscount);
        let campaign = counters.map(|(limit, key)| self.room(scope.tx, limit, &key)).min();
        let coupon = scope.coupon.and_then(|coupon| self.room_of_coupon(coupon));
        campaign.into_iter().chain(coupon).min()
    }

    fn room_of_coupon(&self, coupon: &Coupon) -> Option<Amount> {
        let used = coupon.discount_counter.unwrap_or_default();
        let now = self.by_coupon.get(&coupon.id).copied().unwrap_or_default();
        coupon.discount_limit.map(|limit| limit - used - now)
    }

    fn room(&self, tx: &Transaction<'_>, limit: &LimitConfig, key: &BudgetKey) -> Amount {
        limit.limit - tx.budget(key) - self.by_counter.get(key).copied().unwrap_or_default()
    }
}

/// The actions that an effect counts as, each with an amount.
fn actions_of(kind: &EffectKind) -> [Option<(LimitAction, Amount)>; 2] {
    let once = Amount::from(1);
    let sum_and_count = |amount: &str, value, effect: &str| {
        [Some((LimitAction::from(amount), value)), Some((LimitAction::from(effect), once))]
    };
    let count_of = |name: &str| [Some((LimitAction::from(name), once)), None];
    match kind {
        EffectKind::AddLoyaltyPoints(points) => {
            sum_and_count("createLoyaltyPoints", points.value, "createLoyaltyPointsEffect")
        }
        EffectKind::DeductLoyaltyPoints(points) => {
            sum_and_count("redeemLoyaltyPoints", points.value, "redeemLoyaltyPointsEffect")
        }
        EffectKind::AddFreeItem(_) => count_of("addFreeItemEffect"),
        EffectKind::CustomEffect(_) => count_of("customEffect"),
        EffectKind::TriggerWebhook(_) => count_of("callApi"),
        other => match discount_of(other) {
            zero if zero.is_zero() => [None, None],
            value => sum_and_count("setDiscount", value, "setDiscountEffect"),
        },
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
