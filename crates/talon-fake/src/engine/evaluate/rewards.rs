//! From rewards to effects.

use serde_json::Map;
use talon_core::Amount;
use talon_core::effect::{CustomEffect, EffectKind, RedeemReferral};

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

/// The outcomes of the rewards of a rule that applies, in order, each with the position of its
/// reward. A reward that needs something absent has none.
pub(super) fn of_rule(
    tx: &Transaction<'_>,
    rule: &Rule,
    facts: &Facts<'_>,
) -> Vec<(usize, RewardOutcome)> {
    let rewards = rule.then.iter().enumerate();
    // An event outside of sessions has no cart to discount.
    let has_no_cart = facts.event.is_some() && facts.session.integration_id.is_empty();
    let fits =
        |kind: &EffectKind| !(discount_of(kind).is_negative() || has_no_cart && is_discount(kind));
    let outcomes = rewards.flat_map(|(index, reward)| {
        let grant = grant(reward, facts).map(RewardOutcome::Grant);
        let progress = progress::of_reward(reward, facts).map(RewardOutcome::Progress);
        let effects = of_reward(tx, &rule.name, reward, facts).into_iter();
        let effects = effects.filter(fits);
        let changes = grant.into_iter().chain(progress);
        let outcomes = changes.chain(effects.map(RewardOutcome::Effect));
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

fn of_reward(
    tx: &Transaction<'_>,
    rule: &str,
    reward: &Reward,
    facts: &Facts<'_>,
) -> Vec<EffectKind> {
    match reward {
        Reward::SetDiscount(discount) => vec![discounts::of_session(discount, facts).into()],
        Reward::SetDiscountPerItem(discount) => discounts::of_items(discount, facts),
        Reward::AddLoyaltyPoints(points) => points::added(tx, points, facts),
        Reward::DeductLoyaltyPoints(points) => {
            points::deducted(tx, rule, points, facts).map(EffectKind::from).into_iter().collect()
        }
        Reward::ExtendLoyaltyPointsExpiryDate(extension) => {
            points::extended(tx, extension, facts).map(EffectKind::from).into_iter().collect()
        }
        Reward::SetLoyaltyPointsExpiryDate(expiry) => {
            points::with_expiry(tx, expiry, facts).map(EffectKind::from).into_iter().collect()
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
        Reward::SetDiscountPerAdditionalCost(discount) => discounts::of_costs(discount, facts),
        Reward::SetDiscountPerAdditionalCostPerItem(discount) => {
            discounts::of_item_costs(discount, facts)
        }
        // Rewards that change more than the session are grants, or changes of progress.
        Reward::CreateCoupon
        | Reward::CreateReferral
        | Reward::ReserveCoupon(_)
        | Reward::AddToAudience(_)
        | Reward::RemoveFromAudience(_)
        | Reward::AwardGiveaway(_)
        | Reward::StartAchievementProgress(_)
        | Reward::IncreaseAchievementProgress(_) => Vec::new(),
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
