//! Discounts and points of rules.

use talon_core::Amount;

use super::{LARGEST_AMOUNT, check_amount, loyalty};
use crate::rules::{Points, PointsTarget, Reward};
use crate::world::{Campaign, WorldError};

const LARGEST_PERCENT: i64 = 10_000;
const LARGEST_FACTOR: i64 = 10_000;

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
                Reward::DeductLoyaltyPoints(points) if points.target == PointsTarget::Advocate => {
                    let place = format!("{place}.deductLoyaltyPoints.target");
                    return Err(WorldError::at(place, "points are only added to the advocate"));
                }
                Reward::AddLoyaltyPoints(points) | Reward::DeductLoyaltyPoints(points) => {
                    check_points(&place, points)?;
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

/// Checks that points are a number or a factor.
fn check_points(place: &str, points: &Points) -> Result<(), WorldError> {
    match points.factor {
        None => loyalty::check_points(&format!("{place}.points"), points.points),
        Some(factor) if points.points.is_zero() => {
            check_amount(&format!("{place}.factor"), factor, LARGEST_FACTOR)
        }
        Some(_) => Err(WorldError::at(place, "needs either points or factor")),
    }
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
