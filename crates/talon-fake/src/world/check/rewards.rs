//! Discounts and points of rules.

use talon_core::Amount;

use super::{LARGEST_AMOUNT, check_amount};
use crate::rules::Reward;
use crate::world::{Campaign, WorldError};

const LARGEST_PERCENT: i64 = 10_000;

/// Checks what the rules of a campaign give.
pub(super) fn check(place: &str, campaign: &Campaign) -> Result<(), WorldError> {
    for (rule_index, rule) in campaign.rules.iter().enumerate() {
        for (index, reward) in rule.then.iter().enumerate() {
            let place = format!("{place}.rules[{rule_index}].then[{index}]");
            match reward {
                Reward::SetDiscount(discount) => {
                    check_worth(&place, discount.percent, discount.amount)?;
                }
                Reward::SetDiscountPerItem(discount) => {
                    check_worth(&place, discount.percent, discount.amount)?;
                }
                Reward::SetDiscountPerAdditionalCost(discount)
                | Reward::SetDiscountPerAdditionalCostPerItem(discount) => {
                    check_worth(&place, discount.percent, discount.amount)?;
                }
                Reward::DeductLoyaltyPoints(points) if points.items.is_some() => {
                    let place = format!("{place}.deductLoyaltyPoints.items");
                    return Err(WorldError::at(place, "points are not deducted per item"));
                }
                Reward::AddLoyaltyPoints(points) | Reward::DeductLoyaltyPoints(points) => {
                    check_amount(&format!("{place}.points"), points.points, LARGEST_AMOUNT)?;
                }
                Reward::IncreaseAchievementProgress(progress) => {
                    check_worth(&place, progress.percent, progress.amount)?;
                }
                _ => {}
            }
        }
    }
    Ok(())
}

fn check_worth(
    place: &str,
    percent: Option<Amount>,
    amount: Option<Amount>,
) -> Result<(), WorldError> {
    match (percent, amount) {
        (Some(percent), None) => check_amount(place, percent, LARGEST_PERCENT),
        (None, Some(amount)) => check_amount(place, amount, LARGEST_AMOUNT),
        _ => Err(WorldError::at(place, "needs either percent or amount")),
    }
}
