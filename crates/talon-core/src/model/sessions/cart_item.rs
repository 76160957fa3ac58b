//! Items of a cart.

use crate::model::model;
use std::collections::BTreeMap;

use crate::{Amount, Attributes, LoyaltyProgramId, Timestamp};

model! {
    /// One line of a cart.
    ///
    /// A line with several units counts as as many items, distinguished by a sub-position. Schema
    /// `CartItem`.
    ///
    /// ```
    /// use talon_core::prelude::*;
    ///
    /// let mug = CartItem::new("MUG", 2)
    ///     .name("Mug")
    ///     .price(Amount::new(855, 2))
    ///     .category("kitchen")
    ///     .attribute("Colour", "blue")
    ///     .additional_costs([("wrapping", 2)]);
    /// assert_eq!(mug.price, Some("8.55".parse()?));
    /// # Ok::<(), talon_core::ParseAmountError>(())
    /// ```
    pub struct CartItem {
        /// Name of the item. Required by the API of June 2020.
        pub name: Option<String>,
        /// Stock keeping unit, at least 1 character.
        pub sku: String,
        /// Number of units, at least 1.
        pub quantity: i64,
        /// Number of returned units, counted by the service. Not in the API of June 2020.
        pub returned_quantity: Option<i64>,
        /// Number of units that were not returned, counted by the service. Not in the API of June
        /// 2020.
        pub remaining_quantity: Option<i64>,
        /// Price of one unit in the application's currency. Optional for items of a catalog;
        /// required by the API of June 2020.
        pub price: Option<Amount>,
        /// Kind of item, such as shoes.
        pub category: Option<String>,
        /// Product that the item is a variant of. Not in the API of June 2020.
        pub product: Option<Product>,
        /// Weight of one unit in grams (the API of June 2020 documents millimetres).
        pub weight: Option<Amount>,
        /// Height of one unit in millimetres.
        pub height: Option<Amount>,
        /// Width of one unit in millimetres.
        pub width: Option<Amount>,
        /// Length of one unit in millimetres.
        pub length: Option<Amount>,
        /// Index of the line in the cart, from 0. Set by the service, ignored in requests. The API
        /// declares a number, and published examples have fractions.
        pub position: Option<Amount>,
        /// Custom attributes; attributes of earlier requests that are not listed are removed.
        pub attributes: Option<Attributes>,
        /// Payment of the line in loyalty points. Only in the API of June 2020.
        pub adjustment: Option<CartItemAdjustment>,
        /// Costs of this line by name, such as shipping. Not in the API of June 2020.
        pub additional_costs: Option<BTreeMap<String, AdditionalCost>>,
        /// Catalog item the line refers to. Not in the API of June 2020.
        #[serde(rename = "catalogItemID")]
        pub catalog_item_id: Option<i64>,
        /// Key of the price in `prices` that applies, such as the one for members. Not in the API
        /// of June 2020.
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
    setters
}

impl CartItem {
    /// `quantity` units of `sku`. The API of June 2020 also requires a name and a price.
    pub fn new(sku: impl Into<String>, quantity: impl Into<i64>) -> Self {
        Self { sku: sku.into(), quantity: quantity.into(), ..Self::default() }
    }
}

model! {
    /// Payment of a line in loyalty points.
    ///
    /// Only in the API of June 2020. Schema `CartItemAdjustment`.
    pub struct CartItemAdjustment {
        /// Program whose points are spent.
        pub pay_from_loyalty_program: LoyaltyProgramId,
        /// Points to spend, at least 1.
        pub point_payment: i64,
        /// Remaining price in the application's currency, at least 0.
        pub remaining_price: Option<Amount>,
    }
    setters
}

model! {
    /// A cost in addition to the prices of the items, such as shipping or a service fee.
    ///
    /// Schema `AdditionalCost`.
    pub struct AdditionalCost {
        /// Amount in the application's currency.
        pub price: Amount,
    }
    setters
}

impl AdditionalCost {
    /// A cost of this amount.
    pub fn new(price: impl Into<Amount>) -> Self {
        Self { price: price.into() }
    }
}

impl<P: Into<Amount>> From<P> for AdditionalCost {
    fn from(price: P) -> Self {
        Self::new(price)
    }
}

model! {
    /// Product of an item; several items may be variants of one product.
    ///
    /// Not in the API of June 2020. Schema `Product`.
    pub struct Product {
        /// Name of the product.
        pub name: String,
    }
    setters
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
    setters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_may_be_any_number() {
        for text in ["2", "2.0", "5.962133916683182"] {
            let item = format!(r#"{{"sku":"a","quantity":1,"position":{text}}}"#);
            let item: CartItem = serde_json::from_str(&item).unwrap();

            assert_eq!(item.position, Some(text.parse().unwrap()));
        }
    }
}
