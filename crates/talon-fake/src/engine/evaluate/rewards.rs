//! From rewards to effects.

use std::time::Duration;

use serde_json::Map;
use talon_core::effect::{
    AddLoyaltyPoints, CustomEffect, DeductLoyaltyPoints, EffectKind, RedeemReferral, SetDiscount,
    SetDiscountPerAdditionalCost, SetDiscountPerAdditionalCostPerItem, SetDiscountPerItem,
};
use talon_core::{Amount, Timestamp};

use crate::engine::limits::{discount_of, is_discount};
use crate::engine::outcome::GrantKind;
use crate::rules::{CostDiscount, Discount, Facts, ItemDiscount, Points, Reward, Rule};

/// What a reward of a rule that applies becomes.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "most rewards are effects")]
pub(super) enum RewardOutcome {
    /// An effect that is complete.
    Effect(EffectKind),
    /// A change to more than the session, whose effect depends on it.
    Grant(GrantKind),
}

/// The outcomes of the rewards of a rule that applies, in order, each with the position of its
/// reward. A reward that needs something absent has none.
pub(super) fn of_rule(rule: &Rule, facts: &Facts<'_>) -> Vec<(usize, RewardOutcome)> {
    let rewards = rule.then.iter().enumerate();
    // An event outside of sessions has no cart to discount.
    let has_no_cart = facts.event.is_some() && facts.session.integration_id.is_empty();
    let fits =
        |kind: &EffectKind| !(discount_of(kind).is_negative() || has_no_cart && is_discount(kind));
    let outcomes = rewards.flat_map(|(index, reward)| {
        let grant = grant(reward, facts).map(RewardOutcome::Grant);
        let effects = of_reward(&rule.name, reward, facts).into_iter();
        let effects = effects.filter(fits);
        let outcomes = grant.into_iter().chain(effects.map(RewardOutcome::Effect));
        outcomes.map(move |outcome| (index, outcome))
    });
    outcomes.collect()
}

fn grant(reward: &Reward, facts: &Facts<'_>) -> Option<GrantKind> {
    let has_profile = facts.profile.is_some();
    match reward {
        Reward::CreateCoupon => Some(GrantKind::CreateCoupon),
        Reward::CreateReferral if has_profile => Some(GrantKind::CreateReferral),
        Reward::ReserveCoupon(code) if has_profile => Some(GrantKind::ReserveCoupon(code.clone())),
        Reward::AddToAudience(id) if has_profile => Some(GrantKind::JoinAudience(*id)),
        Reward::RemoveFromAudience(id) if has_profile => Some(GrantKind::LeaveAudience(*id)),
        Reward::AwardGiveaway(pool) if has_profile => Some(GrantKind::AwardGiveaway(*pool)),
        _ => None,
    }
}

fn of_reward(rule: &str, reward: &Reward, facts: &Facts<'_>) -> Vec<EffectKind> {
    match reward {
        Reward::SetDiscount(discount) => vec![session_discount(discount, facts).into()],
        Reward::SetDiscountPerItem(discount) => item_discounts(discount, facts),
        Reward::AddLoyaltyPoints(points) => added(points, facts),
        Reward::DeductLoyaltyPoints(points) => {
            deducted(rule, points, facts).map(EffectKind::from).into_iter().collect()
        }
        Reward::RedeemReferral => {
            let redeem = |referral: &talon_core::model::Referral| {
                RedeemReferral { id: referral.id, value: referral.code.clone() }.into()
            };
            facts.referral.map(redeem).into_iter().collect()
        }
        Reward::AddFreeItem(item) => vec![item.clone().into()],
        Reward::ShowNotification(notification) => vec![notification.clone().into()],
        Reward::UpdateAttribute(update) => vec![update.clone().into()],
        Reward::TriggerWebhook(webhook) => vec![webhook.clone().into()],
        Reward::CustomEffect(effect) => vec![with_payload(effect).into()],
        Reward::ShowBundleMetadata(bundle) => vec![bundle.clone().into()],
        Reward::Error(error) => vec![error.clone().into()],
        Reward::Compute(compute) => compute.effects(facts),
        Reward::SetDiscountPerAdditionalCost(discount) => cost_discount(discount, facts),
        Reward::SetDiscountPerAdditionalCostPerItem(discount) => {
            item_cost_discounts(discount, facts)
        }
        // Rewards that change more than the session are grants.
        Reward::CreateCoupon
        | Reward::CreateReferral
        | Reward::ReserveCoupon(_)
        | Reward::AddToAudience(_)
        | Reward::RemoveFromAudience(_)
        | Reward::AwardGiveaway(_) => Vec::new(),
    }
}

/// The effect with a payload, which replies must have: an empty one unless the rule has another.
fn with_payload(effect: &CustomEffect) -> CustomEffect {
    let mut effect = effect.clone();
    if effect.payload.is_null() {
        effect.payload = Map::new().into();
    }
    effect
}

fn session_discount(discount: &Discount, facts: &Facts<'_>) -> SetDiscount {
    let value = worth(discount.percent, discount.amount, facts.session.cart_item_total);
    SetDiscount { name: discount.name.clone(), value, ..SetDiscount::default() }
}

/// One effect per unit: a line of quantity 2 is two units, with sub-positions 0 and 1. Its name ends
/// with the position of the item.
fn item_discounts(discount: &ItemDiscount, facts: &Facts<'_>) -> Vec<EffectKind> {
    let items = facts.session.cart_items.iter().zip(0i64..);
    let matching = items.filter(|(item, _)| discount.items.matches(item));
    matching
        .flat_map(|(item, position)| {
            let price = item.price.unwrap_or_default();
            let value = worth(discount.percent, discount.amount, price);
            (0..item.quantity).map(move |sub_position| {
                SetDiscountPerItem {
                    name: format!("{}#{position}", discount.name),
                    value,
                    position,
                    sub_position: Some(sub_position),
                    ..SetDiscountPerItem::default()
                }
                .into()
            })
        })
        .collect()
}

fn later(from: Timestamp, days: u32) -> Option<Timestamp> {
    from.checked_add(Duration::from_secs(u64::from(days) * 24 * 60 * 60))
}

/// A discount on a cost of the session.
fn cost_discount(discount: &CostDiscount, facts: &Facts<'_>) -> Vec<EffectKind> {
    let costs = facts.session.additional_costs.iter().flatten();
    let mine = costs.filter(|(name, _)| **name == discount.cost);
    let effects = mine.map(|(name, cost)| {
        SetDiscountPerAdditionalCost {
            name: discount.name.clone(),
            additional_cost_id: facts.cost_id(name),
            additional_cost: name.clone(),
            value: worth(discount.percent, discount.amount, cost.price),
            desired_value: None,
        }
        .into()
    });
    effects.collect()
}

/// A discount on a cost of each unit of each item that has it.
fn item_cost_discounts(discount: &CostDiscount, facts: &Facts<'_>) -> Vec<EffectKind> {
    let items = facts.session.cart_items.iter().zip(0i64..);
    let costs = items.flat_map(|(item, position)| {
        let costs = item.additional_costs.iter().flatten();
        costs.map(move |(name, cost)| (item.quantity, position, name, cost))
    });
    let mine = costs.filter(|(_, _, name, _)| **name == discount.cost);
    let effects = mine.flat_map(|(quantity, position, name, cost)| {
        (0..quantity).map(move |sub_position| {
            SetDiscountPerAdditionalCostPerItem {
                name: format!("{}#{position}", discount.name),
                additional_cost_id: facts.cost_id(name),
                value: worth(discount.percent, discount.amount, cost.price),
                position,
                additional_cost: name.clone(),
                sub_position: Some(sub_position),
                desired_value: None,
            }
            .into()
        })
    });
    effects.collect()
}

/// A percentage of `whole`, unrounded, or the amount.
fn worth(percent: Option<Amount>, amount: Option<Amount>, whole: Amount) -> Amount {
    match percent {
        Some(percent) => percent.percent_of(whole),
        None => amount.unwrap_or_default(),
    }
}

/// One effect, or one per unit of the items that match.
fn added(points: &Points, facts: &Facts<'_>) -> Vec<EffectKind> {
    let Some(addition) = addition(points, facts) else { return Vec::new() };
    let Some(filter) = &points.items else { return vec![addition.into()] };
    let items = facts.session.cart_items.iter().zip(0i64..);
    let matching = items.filter(|(item, _)| filter.matches(item));
    let units =
        matching.flat_map(|(item, position)| (0..item.quantity).map(move |unit| (position, unit)));
    let of_unit = |(position, sub_position)| {
        AddLoyaltyPoints {
            cart_item_position: Some(position),
            cart_item_sub_position: Some(sub_position),
            ..addition.clone()
        }
        .into()
    };
    units.map(of_unit).collect()
}

fn addition(points: &Points, facts: &Facts<'_>) -> Option<AddLoyaltyPoints> {
    let start = points.pending_days.and_then(|days| later(facts.now, days));
    Some(AddLoyaltyPoints {
        name: points.name.clone(),
        program_id: points.program_id,
        sub_ledger_id: points.sub_ledger_id.clone(),
        value: points.points,
        recipient_integration_id: facts.profile?.integration_id.clone(),
        expiry_condition: Some(String::new()),
        start_date: start,
        expiry_date: points.valid_days.and_then(|days| later(start.unwrap_or(facts.now), days)),
        ..AddLoyaltyPoints::default()
    })
}

fn deducted(rule: &str, points: &Points, facts: &Facts<'_>) -> Option<DeductLoyaltyPoints> {
    facts.profile?;
    Some(DeductLoyaltyPoints {
        rule_title: rule.to_owned(),
        program_id: points.program_id,
        sub_ledger_id: points.sub_ledger_id.clone(),
        value: points.points,
        name: Some(points.name.clone()),
        ..DeductLoyaltyPoints::default()
    })
}
