//! Rewards of rules.

use serde::{Deserialize, Serialize};
use talon_core::effect::{
    AddFreeItem, CustomEffect, RuleError, ShowBundleMetadata, ShowNotification, TriggerWebhook,
    UpdateAttribute,
};
use talon_core::{AchievementId, AudienceId, CouponCode};

mod compute;
mod discount;
mod points;
mod progress;

pub use compute::Compute;
pub use discount::{CostDiscount, Discount, ItemDiscount};
pub use points::{Points, PointsBase, PointsExpiry, PointsExtension, PointsTarget};
pub use progress::Progress;

/// A reward of a rule, as data; [`Reward::compute`] takes a closure where data does not suffice.
///
/// In a world file it is an object with one member, named after the effect that it causes, and so are
/// the variants and the constructors: `{"setDiscount": {"name": "10 % off", "percent": 10}}` is
/// [`Reward::set_discount`].
///
/// ```
/// use talon_core::effect::ShowNotification;
/// use talon_fake::rules::{Condition, Discount, ItemFilter, Range, Reward, Rule};
///
/// let shoes = ItemFilter::category("shoes");
/// let rule = Rule::new("Shoes")
///     .when(Condition::cart_total(Range::at_least(100)))
///     .then(Reward::set_discount_per_item("5 off", Discount::amount(5), shoes))
///     .then(Reward::add_loyalty_points(1, 50))
///     .then(Reward::ShowNotification(ShowNotification {
///         title: "50 points".into(),
///         ..ShowNotification::default()
///     }));
/// assert_eq!(rule.then.len(), 3);
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Reward {
    /// `setDiscount` on the session.
    SetDiscount(Discount),
    /// `setDiscountPerItem`, once for each unit of each item that matches.
    SetDiscountPerItem(ItemDiscount),
    /// `setDiscountPerAdditionalCost` on a cost of the session, when it has that cost.
    SetDiscountPerAdditionalCost(CostDiscount),
    /// `setDiscountPerAdditionalCostPerItem`, once for each unit of each item with that cost.
    SetDiscountPerAdditionalCostPerItem(CostDiscount),
    /// `addFreeItem`.
    AddFreeItem(AddFreeItem),
    /// `addLoyaltyPoints`, once or for each unit of the items that match; booked when the session
    /// closes, or at once by an event or a profile update; needs a profile.
    AddLoyaltyPoints(Points),
    /// `deductLoyaltyPoints`, booked as `addLoyaltyPoints`; needs a profile with the points.
    DeductLoyaltyPoints(Points),
    /// `extendLoyaltyPointsExpiryDate`, booked as `addLoyaltyPoints`; needs active points that expire.
    ExtendLoyaltyPointsExpiryDate(PointsExtension),
    /// `setLoyaltyPointsExpiryDate`, booked as `addLoyaltyPoints`; needs active points.
    SetLoyaltyPointsExpiryDate(PointsExpiry),
    /// `couponCreated`: a new coupon of this campaign for the profile, when the session closes, or
    /// at once by an event or a profile update.
    CreateCoupon,
    /// `referralCreated`: a new referral of this campaign with the profile as advocate.
    CreateReferral,
    /// `redeemReferral` with the referral under evaluation.
    RedeemReferral,
    /// `reserveCoupon` for the profile, at once.
    ReserveCoupon(CouponCode),
    /// `addToAudience`, at once; needs a profile.
    AddToAudience(AudienceId),
    /// `removeFromAudience`, at once; needs a profile.
    RemoveFromAudience(AudienceId),
    /// `willAwardGiveaway`, and `awardGiveaway` when the session closes and the pool has a code
    /// left; needs a profile.
    AwardGiveaway(i64),
    /// `startAchievementProgress`: opens a progress tracker of the achievement with the progress 0,
    /// unless one is in progress or no other can be opened; stored when the session closes, or at once
    /// by an event or a profile update; needs a profile.
    StartAchievementProgress(AchievementId),
    /// `increaseAchievementProgress`, stored as `startAchievementProgress`: up to the target, and not
    /// after completion. In an achievement that recurs on completion the rest goes to the next progress
    /// trackers, 1000 at most, with an effect for each.
    IncreaseAchievementProgress(Progress),
    /// `showNotification`.
    ShowNotification(ShowNotification),
    /// `updateAttribute`, which changes `Profile.Attributes.X` or `Session.Attributes.X`.
    UpdateAttribute(UpdateAttribute),
    /// `triggerWebhook`; nothing is called.
    TriggerWebhook(TriggerWebhook),
    /// `customEffect`.
    CustomEffect(CustomEffect),
    /// `showBundleMetadata`.
    ShowBundleMetadata(ShowBundleMetadata),
    /// `error`, as when a rule fails while it runs.
    Error(RuleError),
    /// The effects that a closure returns; not possible in a world file.
    #[serde(skip)]
    Compute(Compute),
}

impl Reward {
    /// A free item.
    pub fn add_free_item(sku: impl Into<String>, name: impl Into<String>) -> Self {
        let (sku, name) = (sku.into(), name.into());
        Self::AddFreeItem(AddFreeItem { sku, name, desired_quantity: None })
    }

    /// The audience that it changes.
    pub(crate) fn audience(&self) -> Option<AudienceId> {
        match self {
            Self::AddToAudience(id) | Self::RemoveFromAudience(id) => Some(*id),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
