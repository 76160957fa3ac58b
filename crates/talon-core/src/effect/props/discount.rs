//! Discounts and free items.

use super::props;
use crate::Amount;
use crate::wire::open_enum;

open_enum! {
    /// Scope of a discount.
    pub enum DiscountScope {
        /// Prices of the session's items.
        CartItems = "cartItems",
        /// Additional costs, of the session or of one item.
        AdditionalCosts = "additionalCosts",
        /// The whole session.
        SessionTotal = "sessionTotal",
        /// Price of one item.
        Price = "price",
        /// Price and additional costs of one item.
        ItemTotal = "itemTotal",
    }
}

props! {
    /// Props of `setDiscount`: discount the session's total. Schema `SetDiscountEffectProps`.
    SetDiscount {
        /// Name of the discount. A discount replaces an earlier one with the same name.
        name: String,
        /// Unrounded total amount.
        value: Amount,
        ;
        /// Scope of the discount: items, additional costs or the session's total. Not in the API of
        /// June 2020.
        scope: DiscountScope,
        /// Amount before a limit reduced it. Not in the API of June 2020.
        desired_value: Amount,
    }

    /// Props of `setDiscountPerItem`: discount one cart item. Schema
    /// `SetDiscountPerItemEffectProps`.
    SetDiscountPerItem {
        /// Name of the discount.
        name: String,
        /// Unrounded amount: of one unit if `sub_position` is present, otherwise of the whole line.
        value: Amount,
        /// Position of the line in the cart, from 0.
        #[serde(deserialize_with = "crate::wire::lenient::whole")]
        position: i64,
        ;
        /// Unit within the line, from 0. Not in the API of June 2020.
        #[serde(deserialize_with = "crate::wire::lenient::optional_whole")]
        sub_position: i64,
        /// Amount before a limit reduced it. Not in the API of June 2020.
        desired_value: Amount,
        /// Scope of the discount: price, additional costs or the item's total. Not in the API of
        /// June 2020.
        scope: DiscountScope,
        /// Total discount that this is a share of. Not in the API of June 2020.
        total_discount: Amount,
        /// Total discount before a limit reduced it. Not in the API of June 2020.
        desired_total_discount: Amount,
        /// Index of the bundle that contains the item. Not in the API of June 2020.
        bundle_index: i64,
        /// Name of that bundle. Not in the API of June 2020.
        bundle_name: String,
        /// Position of the line that triggered the discount. Not in the API of June 2020.
        #[serde(deserialize_with = "crate::wire::lenient::optional_whole")]
        targeted_item_position: i64,
        /// Unit that triggered the discount, from 0. Not in the API of June 2020.
        #[serde(deserialize_with = "crate::wire::lenient::optional_whole")]
        targeted_item_sub_position: i64,
        /// Whether the price history excludes this discount. Not in the API of June 2020.
        excluded_from_price_history: bool,
    }

    /// Props of `setDiscountPerAdditionalCost`. Schema `SetDiscountPerAdditionalCostEffectProps`.
    SetDiscountPerAdditionalCost {
        /// Name of the discount.
        name: String,
        /// Id of the cost.
        additional_cost_id: i64,
        /// Name of the cost.
        additional_cost: String,
        /// Unrounded amount.
        value: Amount,
        ;
        /// Amount before a limit reduced it.
        desired_value: Amount,
    }

    /// Props of `setDiscountPerAdditionalCostPerItem`. Schema
    /// `SetDiscountPerAdditionalCostPerItemEffectProps`.
    SetDiscountPerAdditionalCostPerItem {
        /// Name of the discount.
        name: String,
        /// Id of the cost.
        additional_cost_id: i64,
        /// Unrounded amount.
        value: Amount,
        /// Position of the line in the cart, from 0.
        #[serde(deserialize_with = "crate::wire::lenient::whole")]
        position: i64,
        /// Name of the cost.
        additional_cost: String,
        ;
        /// Unit within the line, from 0.
        #[serde(deserialize_with = "crate::wire::lenient::optional_whole")]
        sub_position: i64,
        /// Amount before a limit reduced it.
        desired_value: Amount,
    }

    /// Props of `rollbackDiscount`: a discount is taken back. Schema `RollbackDiscountEffectProps`.
    RollbackDiscount {
        /// Name of the discount.
        name: String,
        /// Amount that is undone.
        value: Amount,
        ;
        /// Position of the discounted line, from 0. Not in the API of June 2020.
        #[serde(deserialize_with = "crate::wire::lenient::optional_whole")]
        cart_item_position: i64,
        /// Discounted unit within the line, from 0. Not in the API of June 2020.
        #[serde(deserialize_with = "crate::wire::lenient::optional_whole")]
        cart_item_sub_position: i64,
        /// Id of the cost the discount was on. Not in the API of June 2020.
        additional_cost_id: i64,
        /// Name of that cost. Not in the API of June 2020.
        additional_cost: String,
        /// Scope of the discount. Not in the API of June 2020.
        scope: DiscountScope,
    }

    /// Props of `addFreeItem`. Schema `AddFreeItemEffectProps`.
    AddFreeItem {
        /// SKU of the item.
        sku: String,
        /// Name of the reward.
        name: String,
        ;
        /// Quantity before a limit reduced it. Not in the API of June 2020.
        desired_quantity: i64,
    }
}
