//! Filters of cart items.

use serde::{Deserialize, Serialize};
use talon_core::model::CartItem;

use crate::rules::{AttributeTest, Range};

/// A filter of cart items; an item matches when every member that is given does.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ItemFilter {
    /// Its SKU.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sku: Option<String>,
    /// Its category.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Range of the price of one unit, in the application's currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Range>,
    /// Range of its quantity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Range>,
    /// A test of one of its attributes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribute: Option<AttributeTest>,
}

impl ItemFilter {
    /// Items with this SKU.
    pub fn sku(sku: impl Into<String>) -> Self {
        Self { sku: Some(sku.into()), ..Self::default() }
    }

    /// Items of this category.
    pub fn category(category: impl Into<String>) -> Self {
        Self { category: Some(category.into()), ..Self::default() }
    }

    /// Whether `item` matches.
    pub fn matches(&self, item: &CartItem) -> bool {
        self.sku.as_ref().is_none_or(|sku| item.sku == *sku)
            && self.category.as_ref().is_none_or(|wanted| item.category.as_ref() == Some(wanted))
            && self.price.is_none_or(|range| range.contains(item.price.unwrap_or_default()))
            && self.quantity.is_none_or(|range| range.contains(item.quantity.into()))
            && self.attribute.as_ref().is_none_or(|test| {
                item.attributes.as_ref().is_some_and(|attributes| test.holds(attributes))
            })
    }
}
