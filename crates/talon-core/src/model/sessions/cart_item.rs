//! Lines of a cart and what they cost.

use crate::model::model;
use std::collections::BTreeMap;

use crate::{Amount, Attributes, LoyaltyProgramId, Timestamp};

model! {
    /// One line of a cart.
    ///
    /// A line of several units behaves as that many items, told apart by a sub-position. Schema
    /// `CartItem`.
    pub struct CartItem {
        /// What the item is called. The service of 2020 requires it.
        pub name: Option<String>,
        /// Stock keeping unit, at least 1 character.
        pub sku: String,
        /// How many units, at least 1.
        pub quantity: i64,
        /// Units that came back; the service counts them. Not in the API of June 2020.
        pub returned_quantity: Option<i64>,
        /// Units that did not come back; the service counts them. Not in the API of June 2020.
        pub remaining_quantity: Option<i64>,
        /// Price of one unit in the application's currency. May be left out for an item of a catalog;
        /// the service of 2020 requires it.
        pub price: Option<Amount>,
        /// Kind of item, such as shoes.
        pub category: Option<String>,
        /// Product the item is a variant of. Not in the API of June 2020.
        pub product: Option<Product>,
        /// Weight of one unit in grams; the service of 2020 documents millimetres.
        pub weight: Option<Amount>,
        /// Height of one unit in millimetres.
        pub height: Option<Amount>,
        /// Width of one unit in millimetres.
        pub width: Option<Amount>,
        /// Length of one unit in millimetres.
        pub length: Option<Amount>,
        /// Index of the line in the cart, from 0; the service sets it and ignores what is sent.
        #[serde(deserialize_with = "crate::wire::lenient::optional_whole")]
        pub position: Option<i64>,
        /// Custom attributes; those of an earlier request that are not listed are removed.
        pub attributes: Option<Attributes>,
        /// Payment of the line in loyalty points. The service of today no longer has it.
        pub adjustment: Option<CartItemAdjustment>,
        /// Costs of this line by name, such as shipping. Not in the API of June 2020.
        pub additional_costs: Option<BTreeMap<String, AdditionalCost>>,
        /// Catalog item the line refers to. Not in the API of June 2020.
        #[serde(rename = "catalogItemID")]
        pub catalog_item_id: Option<i64>,
        /// Which of `prices` applies, such as that for members. Not in the API of June 2020.
        pub selected_price_type: Option<String>,
        /// UUID of the price adjustment that set the price. Not in the API of June 2020.
        pub adjustment_reference_id: Option<String>,
        /// Start of that price adjustment. Not in the API of June 2020.
        pub adjustment_effective_from: Option<Timestamp>,
        /// End of that price adjustment. Not in the API of June 2020.
        pub adjustment_effective_until: Option<Timestamp>,
        /// Every price of the item by price type. Not in the API of June 2020.
        pub prices: Option<BTreeMap<String, PriceDetail>>,
    }
}

impl CartItem {
    /// `quantity` units of `sku`; the service of 2020 needs a name and a price as well.
    pub fn new(sku: impl Into<String>, quantity: impl Into<i64>) -> Self {
        Self { sku: sku.into(), quantity: quantity.into(), ..Self::default() }
    }

    /// Sets the name.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the price of one unit.
    #[must_use]
    pub fn price(mut self, price: impl Into<Amount>) -> Self {
        self.price = Some(price.into());
        self
    }

    /// Sets the category.
    #[must_use]
    pub fn category(mut self, category: impl Into<String>) -> Self {
        self.category = Some(category.into());
        self
    }

    /// Sets the custom attributes.
    #[must_use]
    pub fn attributes(mut self, attributes: Attributes) -> Self {
        self.attributes = Some(attributes);
        self
    }
}

model! {
    /// Payment of a line in loyalty points.
    ///
    /// Known to the service of 2020 only. Schema `CartItemAdjustment`.
    pub struct CartItemAdjustment {
        /// Program whose points are spent.
        pub pay_from_loyalty_program: LoyaltyProgramId,
        /// Points to spend, at least 1.
        pub point_payment: i64,
        /// What is left to pay in currency, at least 0.
        pub remaining_price: Option<Amount>,
    }
}

model! {
    /// A cost beside the price of the goods, such as shipping or a service fee.
    ///
    /// Schema `AdditionalCost`.
    pub struct AdditionalCost {
        /// Amount in the application's currency.
        pub price: Amount,
    }
}

impl AdditionalCost {
    /// A cost of this amount.
    pub fn new(price: impl Into<Amount>) -> Self {
        Self { price: price.into() }
    }
}

impl From<Amount> for AdditionalCost {
    fn from(price: Amount) -> Self {
        Self { price }
    }
}

model! {
    /// A product that several items are variants of.
    ///
    /// Not in the API of June 2020. Schema `Product`.
    pub struct Product {
        /// What the product is called.
        pub name: String,
    }
}

model! {
    /// One of an item's prices.
    ///
    /// Published replies name the period `effectiveFrom` and `effectiveUntil`, the specification
    /// `adjustmentEffectiveFrom` and `adjustmentEffectiveUntil`; both are kept. Not in the API of
    /// June 2020. Schema `PriceDetail`.
    pub struct PriceDetail {
        /// The price in the application's currency.
        pub price: Option<Amount>,
        /// Context of the price adjustment behind it.
        pub adjustment_context_id: Option<String>,
        /// UUID of the price adjustment behind it.
        pub adjustment_reference_id: Option<String>,
        /// Start of that price adjustment, as specified.
        pub adjustment_effective_from: Option<Timestamp>,
        /// End of that price adjustment, as specified.
        pub adjustment_effective_until: Option<Timestamp>,
        /// Start of that price adjustment, as replies name it.
        pub effective_from: Option<Timestamp>,
        /// End of that price adjustment, as replies name it.
        pub effective_until: Option<Timestamp>,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_may_be_written_as_a_decimal() {
        let item: CartItem =
            serde_json::from_str(r#"{"sku":"a","quantity":1,"position":2.0}"#).unwrap();

        assert_eq!(item.position, Some(2));
    }
}
