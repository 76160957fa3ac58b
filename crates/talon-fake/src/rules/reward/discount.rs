//! Rewards that are discounts.

use serde::{Deserialize, Serialize};
use talon_core::Amount;

use super::Reward;
use crate::rules::ItemFilter;

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

impl Reward {
    /// A discount on the session.
    ///
    /// ```
    /// use talon_fake::rules::{Discount, Reward};
    ///
    /// let reward = Reward::set_discount("10 % off", Discount::percent(10));
    ///
    /// let of_a_file = r#"{"setDiscount": {"name": "10 % off", "percent": 10}}"#;
    /// assert_eq!(reward, serde_json::from_str(of_a_file)?);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn set_discount(name: impl Into<String>, mut discount: Discount) -> Self {
        discount.name = name.into();
        Self::SetDiscount(discount)
    }

    /// A discount on each unit of the items that match.
    pub fn set_discount_per_item(
        name: impl Into<String>,
        Discount { percent, amount, .. }: Discount,
        items: ItemFilter,
    ) -> Self {
        Self::SetDiscountPerItem(ItemDiscount { name: name.into(), percent, amount, items })
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
