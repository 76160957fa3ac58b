//! Rewards of rules.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use talon_core::effect::{
    AddFreeItem, CustomEffect, EffectKind, RuleError, ShowBundleMetadata, ShowNotification,
    TriggerWebhook, UpdateAttribute,
};
use talon_core::{Amount, AudienceId, CouponCode, LoyaltyProgramId};

use super::{Facts, ItemFilter};

/// A reward of a rule, as data; [`Reward::compute`] takes a closure where data does not suffice.
///
/// In a world file it is an object with one member, named after the effect that it causes:
/// `{"setDiscount": {"name": "10 % off", "percent": 10}}`.
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
    /// `addLoyaltyPoints`, once or for each unit of the items that match; booked when the session closes, or at once by an event or a profile
    /// update; needs a profile.
    AddLoyaltyPoints(Points),
    /// `deductLoyaltyPoints`, booked as `addLoyaltyPoints`; needs a profile with the points.
    DeductLoyaltyPoints(Points),
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

/// A discount: a percentage or an amount.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Discount {
    /// Label.
    #[serde(default)]
    pub name: String,
    /// Percent of the sum of the cart items, 0 to 10 000.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<Amount>,
    /// Amount in the application's currency, 0 to 10¹⁵.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Amount>,
}

/// A discount on items.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ItemDiscount {
    /// Label.
    #[serde(default)]
    pub name: String,
    /// Percent of the price of a unit, 0 to 10 000.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<Amount>,
    /// Amount for each unit, 0 to 10¹⁵ in the application's currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Amount>,
    /// The items; all when absent.
    #[serde(default)]
    pub items: ItemFilter,
}

/// A discount on an additional cost.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CostDiscount {
    /// Label.
    #[serde(default)]
    pub name: String,
    /// Name of the cost, such as `shipping`.
    pub cost: String,
    /// Percent of the cost, 0 to 10 000.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<Amount>,
    /// Amount in the application's currency, 0 to 10¹⁵.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Amount>,
}

/// Loyalty points that are added or deducted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Points {
    /// Reason shown to the customer.
    #[serde(default)]
    pub name: String,
    /// The program.
    pub program_id: LoyaltyProgramId,
    /// The subledger; empty for the main ledger.
    #[serde(default)]
    pub sub_ledger_id: String,
    /// How many, 0 to 10¹⁵; for each unit where `items` is given.
    pub points: Amount,
    /// The items for each unit of which points are added, `{}` for all; once for the whole session
    /// when absent. Points are never deducted per item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub items: Option<ItemFilter>,
    /// The days after which added points can be spent; at once when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pending_days: Option<u32>,
    /// The days for which added points can be spent; without end when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_days: Option<u32>,
}

/// A closure from the facts to effects.
#[derive(Clone)]
pub struct Compute(Arc<Computation>);

type Computation = dyn Fn(&Facts<'_>) -> Vec<EffectKind> + Send + Sync;

impl Reward {
    /// A discount on the session.
    ///
    /// ```
    /// use talon_fake::rules::{Discount, Reward};
    ///
    /// let reward = Reward::discount("10 % off", Discount::percent(10));
    ///
    /// let of_a_file = r#"{"setDiscount": {"name": "10 % off", "percent": 10}}"#;
    /// assert_eq!(reward, serde_json::from_str(of_a_file)?);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn discount(name: impl Into<String>, mut discount: Discount) -> Self {
        discount.name = name.into();
        Self::SetDiscount(discount)
    }

    /// A discount on each unit of the items that match.
    pub fn discount_per_item(
        name: impl Into<String>,
        Discount { percent, amount, .. }: Discount,
        items: ItemFilter,
    ) -> Self {
        Self::SetDiscountPerItem(ItemDiscount { name: name.into(), percent, amount, items })
    }

    /// A free item.
    pub fn free_item(sku: impl Into<String>, name: impl Into<String>) -> Self {
        let (sku, name) = (sku.into(), name.into());
        Self::AddFreeItem(AddFreeItem { sku, name, desired_quantity: None })
    }

    /// Points for the main ledger of a program.
    pub fn points(program_id: impl Into<LoyaltyProgramId>, points: impl Into<Amount>) -> Self {
        let (program_id, points) = (program_id.into(), points.into());
        Self::AddLoyaltyPoints(Points { program_id, points, ..Points::default() })
    }

    /// Points for each unit of the items that match, for the main ledger of a program. A return of
    /// a unit takes its points back.
    ///
    /// ```
    /// use talon_fake::rules::{ItemFilter, Reward};
    ///
    /// let reward = Reward::points_per_item(1, 5, ItemFilter::sku("MUG"));
    ///
    /// let of_a_file =
    ///     r#"{"addLoyaltyPoints": {"programId": 1, "points": 5, "items": {"sku": "MUG"}}}"#;
    /// assert_eq!(reward, serde_json::from_str(of_a_file)?);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn points_per_item(
        program_id: impl Into<LoyaltyProgramId>,
        points: impl Into<Amount>,
        items: ItemFilter,
    ) -> Self {
        let (program_id, points) = (program_id.into(), points.into());
        Self::AddLoyaltyPoints(Points {
            program_id,
            points,
            items: Some(items),
            ..Points::default()
        })
    }

    /// Effects computed in Rust.
    ///
    /// ```
    /// use talon_core::effect::{EffectKind, SetDiscount};
    /// use talon_fake::rules::Reward;
    ///
    /// let one_each = Reward::compute(|facts| {
    ///     let value = (facts.session.cart_items.len() as i64).into();
    ///     vec![SetDiscount { name: "1 per line".into(), value, ..Default::default() }.into()]
    /// });
    /// # let _ = one_each;
    /// ```
    pub fn compute(
        compute: impl Fn(&Facts<'_>) -> Vec<EffectKind> + Send + Sync + 'static,
    ) -> Self {
        Self::Compute(Compute(Arc::new(compute)))
    }
}

impl Compute {
    pub(crate) fn effects(&self, facts: &Facts<'_>) -> Vec<EffectKind> {
        (self.0)(facts)
    }
}

impl Discount {
    /// This many percent.
    pub fn percent(percent: impl Into<Amount>) -> Self {
        Self { percent: Some(percent.into()), ..Self::default() }
    }

    /// This amount.
    pub fn amount(amount: impl Into<Amount>) -> Self {
        Self { amount: Some(amount.into()), ..Self::default() }
    }
}

impl fmt::Debug for Compute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a closure")
    }
}

/// Two closures are equal when they are the same one.
impl PartialEq for Compute {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}
