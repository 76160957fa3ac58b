//! Limits of campaigns and coupons, and how much of them an evaluation uses up.

use std::collections::{BTreeMap, BTreeSet};

use talon_core::effect::EffectKind;
use talon_core::model::{
    Coupon, CouponRejection, CustomerSessionV2, LimitAction, LimitConfig, LimitEntity, Referral,
    ReferralRejection,
};
use talon_core::{Amount, CampaignId, CouponId};

use crate::rules::Facts;
use crate::state::{BudgetKey, StoredCampaign, Transaction, period_of};

/// What this evaluation has used up so far, beside what closed sessions did.
#[derive(Debug, Default)]
pub(super) struct Spending {
    budgets: BTreeMap<BudgetKey, Amount>,
    by_coupon: BTreeMap<CouponId, Amount>,
}

/// Where something happens: whose limits it uses up.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) tx: &'a Transaction<'a>,
    pub(super) facts: Facts<'a>,
    pub(super) campaign: &'a StoredCampaign,
}

/// A rule's effect does not fit into a limit.
#[derive(Debug)]
pub(super) struct OverBudget;

impl Spending {
    /// What was used up, by counter.
    pub(super) fn into_budgets(self) -> Vec<(BudgetKey, Amount)> {
        self.budgets.into_iter().collect()
    }

    /// Whether the coupon may be redeemed once more, or which limit is in the way.
    pub(super) fn check_coupon(&self, place: &Place<'_>) -> Result<(), CouponRejection> {
        match self.full(place, &LimitAction::RedeemCoupon) {
            None => Ok(()),
            Some(limit) if limit.entities.is_empty() => Err(CouponRejection::CampaignLimitReached),
            Some(limit)
                if limit.entities.contains(&LimitEntity::Coupon) && limit.entities.len() == 1 =>
            {
                Err(CouponRejection::CouponLimitReached)
            }
            Some(_) => Err(CouponRejection::ProfileLimitReached),
        }
    }

    /// Whether the referral may be redeemed once more, or which limit is in the way.
    pub(super) fn check_referral(&self, place: &Place<'_>) -> Result<(), ReferralRejection> {
        match self.full(place, &LimitAction::RedeemReferral) {
            None => Ok(()),
            Some(limit) if limit.entities.is_empty() => {
                Err(ReferralRejection::CampaignLimitReached)
            }
            Some(limit)
                if limit.entities.contains(&LimitEntity::Referral) && limit.entities.len() == 1 =>
            {
                Err(ReferralRejection::ReferralLimitReached)
            }
            Some(_) => Err(ReferralRejection::ProfileLimitReached),
        }
    }

    /// The first limit that has no room for one more.
    fn full<'a>(&self, place: &Place<'a>, action: &LimitAction) -> Option<&'a LimitConfig> {
        let mut counters = place.counters(action);
        let full = counters.find(|(limit, key)| self.room(place.tx, limit, key) < 1.into());
        full.map(|(limit, _)| limit)
    }

    /// Uses up one redemption.
    pub(super) fn redeem(&mut self, place: &Place<'_>, action: &LimitAction) {
        for (_, key) in place.counters(action) {
            *self.budgets.entry(key).or_default() += Amount::from(1);
        }
    }

    /// Uses up what a rule's effects need, or nothing when one does not fit.
    ///
    /// With partial rewards a discount is cut to what is left and says what it wanted to be.
    pub(super) fn spend(
        &mut self,
        place: &Place<'_>,
        kinds: &mut [EffectKind],
    ) -> Result<(), OverBudget> {
        let (budgets, by_coupon) = (self.budgets.clone(), self.by_coupon.clone());
        for kind in kinds.iter_mut() {
            if self.spend_one(place, kind).is_err() {
                (self.budgets, self.by_coupon) = (budgets, by_coupon);
                return Err(OverBudget);
            }
        }
        Ok(())
    }

    fn spend_one(&mut self, place: &Place<'_>, kind: &mut EffectKind) -> Result<(), OverBudget> {
        if place.campaign.partial_rewards
            && let Some(room) = self.room_for_discount(place)
        {
            cut(kind, room);
        }
        let used = uses(kind);
        for (action, amount) in &used {
            for (limit, key) in place.counters(action) {
                if self.room(place.tx, limit, &key) < *amount {
                    return Err(OverBudget);
                }
                *self.budgets.entry(key).or_default() += *amount;
            }
        }
        let discount = discount_of(kind);
        if let Some(coupon) = place.facts.coupon.filter(|_| !discount.is_zero()) {
            if self.room_of_coupon(coupon).is_some_and(|room| room < discount) {
                return Err(OverBudget);
            }
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

impl<'a> Place<'a> {
    /// The campaign's counters for an action: one per limit, or one per identifier.
    ///
    /// A limit for something that the session does not have, such as a profile, does not apply.
    fn counters(
        &self,
        action: &LimitAction,
    ) -> impl Iterator<Item = (&'a LimitConfig, BudgetKey)> + use<'a> {
        let place = *self;
        let limits = place.campaign.campaign.limits.iter().enumerate();
        let action = action.clone();
        limits.filter(move |(_, limit)| limit.action == action).flat_map(move |(index, limit)| {
            let zone = &place.tx.state.zone;
            let period = limit.period.as_ref().map(|p| period_of(p, place.facts.now, zone));
            place.addresses(&limit.entities).into_iter().map(move |entities| {
                let key = BudgetKey::new(place.campaign.id(), index, &entities, period.as_deref());
                (limit, key)
            })
        })
    }

    /// Every combination of what the entities are here.
    fn addresses(&self, entities: &[LimitEntity]) -> Vec<Vec<String>> {
        entities.iter().fold(vec![Vec::new()], |addresses, entity| {
            let names = self.names(entity);
            let extended = addresses.iter().flat_map(|address| {
                names.iter().map(|name| {
                    let mut address = address.clone();
                    address.push(format!("{entity}:{name}"));
                    address
                })
            });
            extended.collect()
        })
    }

    fn names(&self, entity: &LimitEntity) -> Vec<String> {
        let session = self.facts.session;
        let profile = Some(&session.profile_id).filter(|id| !id.is_empty());
        let one = match entity {
            LimitEntity::Coupon => self.facts.coupon.map(|coupon| coupon.value.to_string()),
            LimitEntity::Referral => self.facts.referral.map(|referral| referral.code.to_string()),
            LimitEntity::Profile => profile.map(ToString::to_string),
            LimitEntity::Session => Some(session.integration_id.to_string()),
            LimitEntity::Store => session.store_integration_id.clone(),
            LimitEntity::Identifier => {
                // One that was sent twice counts once.
                let each: BTreeSet<_> = session.identifiers.iter().flatten().cloned().collect();
                return each.into_iter().collect();
            }
            _ => None,
        };
        one.into_iter().collect()
    }
}

impl<'a> Place<'a> {
    pub(super) fn for_codes(
        self,
        coupon: Option<&'a Coupon>,
        referral: Option<&'a Referral>,
    ) -> Self {
        Self { facts: Facts { coupon, referral, ..self.facts }, ..self }
    }
}

/// Uses up one of a campaign's limits for what is made outside of a rule, unless one is full.
pub(crate) fn use_up(
    tx: &mut Transaction<'_>,
    session: &CustomerSessionV2,
    campaign: CampaignId,
    action: &str,
) -> bool {
    let Some(campaign) = tx.campaign(campaign) else { return false };
    let facts = Facts {
        now: tx.now,
        session,
        profile: None,
        event: None,
        coupon: None,
        referral: None,
        zone: &tx.state.zone,
        case: tx.state.case,
    };
    let counters: Vec<_> = Place { tx, facts, campaign }
        .counters(&LimitAction::from(action))
        .map(|(limit, key)| (limit.limit, key))
        .collect();
    if counters.iter().any(|(limit, key)| tx.budget(key) + Amount::from(1) > *limit) {
        return false;
    }
    for (_, key) in &counters {
        tx.spend(key, Amount::from(1));
    }
    true
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
        EffectKind::ReserveCoupon(_) => vec![(action("reserveCoupon"), once)],
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
