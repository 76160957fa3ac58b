//! Discounts and free items.

use super::props;
use crate::Amount;
use crate::wire::open_enum;

open_enum! {
    /// What a discount applies to.
    pub enum DiscountScope {
        /// Prices of the session's items.
        CartItems = "cartItems",
        /// Additional costs, of the session or of one item.
        AdditionalCosts = "additionalCosts",
        /// All of the session.
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
        /// Label; two discounts of one name stand for each other.
        name: String,
        /// Total amount, unrounded.
        value: Amount,
        ;
        /// What it applies to: items, additional costs or the session's total. Not in the API of
        /// June 2020.
        scope: DiscountScope,
        /// Amount before a limit cut it. Not in the API of June 2020.
        desired_value: Amount,
    }

    /// Props of `setDiscountPerItem`: discount one cart item. Schema
    /// `SetDiscountPerItemEffectProps`.
    SetDiscountPerItem {
        /// Label.
        name: String,
        /// Amount, unrounded: of one unit where `sub_position` is given, else of the whole line.
        value: Amount,
        /// Position of the line in the cart, from 0.
        #[serde(deserialize_with = "crate::wire::lenient::whole")]
        position: i64,
        ;
        /// Unit within the line, from 0. Not in the API of June 2020.
        #[serde(deserialize_with = "crate::wire::lenient::optional_whole")]
        sub_position: i64,
        /// Amount before a limit cut it. Not in the API of June 2020.
        desired_value: Amount,
        /// What it applies to: price, additional costs or the item's total. Not in the API of June
        /// 2020.
        scope: DiscountScope,
        /// The whole discount this is a share of. Not in the API of June 2020.
        total_discount: Amount,
        /// The whole discount before a limit cut it. Not in the API of June 2020.
        desired_total_discount: Amount,
        /// Bundle the item is in. Not in the API of June 2020.
        bundle_index: i64,
        /// Name of that bundle. Not in the API of June 2020.
        bundle_name: String,
        /// Line that made the discount possible. Not in the API of June 2020.
        #[serde(deserialize_with = "crate::wire::lenient::optional_whole")]
        targeted_item_position: i64,
        /// Unit that made the discount possible. Not in the API of June 2020.
        #[serde(deserialize_with = "crate::wire::lenient::optional_whole")]
        targeted_item_sub_position: i64,
        /// Whether the price history leaves this discount out. Not in the API of June 2020.
        excluded_from_price_history: bool,
    }

    /// Props of `setDiscountPerAdditionalCost`. Schema `SetDiscountPerAdditionalCostEffectProps`.
    SetDiscountPerAdditionalCost {
        /// Label.
        name: String,
        /// The service's id of the cost.
        additional_cost_id: i64,
        /// Name of the cost.
        additional_cost: String,
        /// Amount, unrounded.
        value: Amount,
        ;
        /// Amount before a limit cut it.
        desired_value: Amount,
    }

    /// Props of `setDiscountPerAdditionalCostPerItem`. Schema
    /// `SetDiscountPerAdditionalCostPerItemEffectProps`.
    SetDiscountPerAdditionalCostPerItem {
        /// Label.
        name: String,
        /// The service's id of the cost.
        additional_cost_id: i64,
        /// Amount, unrounded.
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
        /// Amount before a limit cut it.
        desired_value: Amount,
    }

    /// Props of `rollbackDiscount`: a discount is taken back. Schema `RollbackDiscountEffectProps`.
    RollbackDiscount {
        /// Label of the discount.
        name: String,
        /// Amount taken back.
        value: Amount,
        ;
        /// Line the discount was on. Not in the API of June 2020.
        #[serde(deserialize_with = "crate::wire::lenient::optional_whole")]
        cart_item_position: i64,
        /// Unit the discount was on. Not in the API of June 2020.
        #[serde(deserialize_with = "crate::wire::lenient::optional_whole")]
        cart_item_sub_position: i64,
        /// The service's id of the cost the discount was on. Not in the API of June 2020.
        additional_cost_id: i64,
        /// Name of that cost. Not in the API of June 2020.
        additional_cost: String,
        /// What the discount applied to. Not in the API of June 2020.
        scope: DiscountScope,
    }

    /// Props of `addFreeItem`. Schema `AddFreeItemEffectProps`.
    AddFreeItem {
        /// SKU of the item.
        sku: String,
        /// Name of the reward.
        name: String,
        ;
        /// How many before a limit cut it. Not in the API of June 2020.
        desired_quantity: i64,
    }
}
