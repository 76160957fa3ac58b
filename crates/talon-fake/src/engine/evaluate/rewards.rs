//! From rewards to effects.

use serde_json::Map;
use talon_core::Amount;
use talon_core::effect::{CustomEffect, EffectKind, RedeemReferral};

use super::limits::Counted;
use crate::engine::limits::{discount_of, is_discount};
use crate::engine::outcome::GrantKind;
use crate::rules::{Facts, Reward, Rule};
use crate::state::Transaction;

mod discounts;
mod points;
mod progress;

pub(super) use progress::ProgressChange;

/// What a reward of a rule that applies becomes.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "most rewards are effects")]
pub(super) enum RewardOutcome {
    /// An effect that is complete.
    Effect(EffectKind),
    /// A change to more than the session, whose effect depends on it.
    Grant(GrantKind),
    /// A change of progress, whose effects depend on the progress before it.
    Progress(ProgressChange),
}

/// What a rule that applies gives: an outcome of one of its rewards, and the counters of limits that it
/// counts against.
#[derive(Debug)]
pub(super) struct Given {
    /// Position of the reward in its rule.
    pub(super) reward: usize,
    pub(super) outcome: RewardOutcome,
    pub(super) counted: Counted,
}

/// The outcomes of the rewards of a rule that applies, in order, which count against no limit yet. A
/// reward that needs something absent has none.
pub(super) fn of_rule(tx: &Transaction<'_>, rule: &Rule, facts: &Facts<'_>) -> Vec<Given> {
    // An event outside of sessions has no cart to discount.
    let has_no_cart = facts.event.is_some() && facts.session.integration_id.is_empty();
    let fits =
        |kind: &EffectKind| !(discount_of(kind).is_negative() || has_no_cart && is_discount(kind));
    let mut given = Vec::with_capacity(rule.then.len());
    for (position, reward) in rule.then.iter().enumerate() {
        let mut add =
            |outcome| given.push(Given { reward: position, outcome, counted: Counted::new() });
        grant(reward, facts).map(RewardOutcome::Grant).into_iter().for_each(&mut add);
        let progress = progress::of_reward(reward, facts).map(RewardOutcome::Progress);
        progress.into_iter().for_each(&mut add);
        of_reward(tx, &rule.name, reward, facts, &mut |kind| {
            if fits(&kind) {
                add(RewardOutcome::Effect(kind));
            }
        });
    }
    given
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

/// Hands each effect of a reward to `add`, in order.
fn of_reward(
    tx: &Transaction<'_>,
    rule: &str,
    reward: &Reward,
    facts: &Facts<'_>,
    mut add: impl FnMut(EffectKind),
) {
    match reward {
        Reward::SetDiscount(discount) => add(discounts::of_session(discount, facts).into()),
        Reward::SetDiscountPerItem(discount) => discounts::of_items(discount, facts).for_each(add),
        Reward::AddLoyaltyPoints(points) => {
            points::added(tx, points, facts).into_iter().for_each(add);
        }
        Reward::DeductLoyaltyPoints(points) => {
            let deducted = points::deducted(tx, rule, points, facts);
            deducted.map(EffectKind::from).into_iter().for_each(add);
        }
        Reward::ExtendLoyaltyPointsExpiryDate(extension) => {
            let extended = points::extended(tx, extension, facts);
            extended.map(EffectKind::from).into_iter().for_each(add);
        }
        Reward::SetLoyaltyPointsExpiryDate(expiry) => {
            let changed = points::with_expiry(tx, expiry, facts);
            changed.map(EffectKind::from).into_iter().for_each(add);
        }
        Reward::RedeemReferral => {
            if let Some(referral) = facts.referral {
                let (id, value) = (referral.id, referral.code.clone());
                add(RedeemReferral { id, value }.into());
            }
        }
        Reward::AddFreeItem(item) => add(item.clone().into()),
        Reward::ShowNotification(notification) => add(notification.clone().into()),
        Reward::UpdateAttribute(update) => add(update.clone().into()),
        Reward::TriggerWebhook(webhook) => add(webhook.clone().into()),
        Reward::CustomEffect(effect) => add(with_payload(effect).into()),
        Reward::ShowBundleMetadata(bundle) => add(bundle.clone().into()),
        Reward::Error(error) => add(error.clone().into()),
        Reward::Compute(compute) => compute.effects(facts).into_iter().for_each(add),
        Reward::SetDiscountPerAdditionalCost(discount) => {
            discounts::of_costs(discount, facts).for_each(add);
        }
        Reward::SetDiscountPerAdditionalCostPerItem(discount) => {
            discounts::of_item_costs(discount, facts).for_each(add);
        }
        // Rewards that change more than the session are grants, or changes of progress.
        Reward::CreateCoupon
        | Reward::CreateReferral
        | Reward::ReserveCoupon(_)
        | Reward::AddToAudience(_)
        | Reward::RemoveFromAudience(_)
        | Reward::AwardGiveaway(_)
        | Reward::StartAchievementProgress(_)
        | Reward::IncreaseAchievementProgress(_) => {}
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

/// A percentage of `whole`, unrounded, or the amount.
fn worth(percent: Option<Amount>, amount: Option<Amount>, whole: Amount) -> Amount {
    match percent {
        Some(percent) => percent.percent_of(whole),
        None => amount.unwrap_or_default(),
    }
}
