//! Effects of discounts.

use talon_core::effect::{
    EffectKind, SetDiscount, SetDiscountPerAdditionalCost, SetDiscountPerAdditionalCostPerItem,
    SetDiscountPerItem,
};

use super::worth;
use crate::rules::{CostDiscount, Discount, Facts, ItemDiscount};

pub(super) fn of_session(discount: &Discount, facts: &Facts<'_>) -> SetDiscount {
    let value = worth(discount.percent, discount.amount, facts.session.cart_item_total);
    SetDiscount { name: discount.name.clone(), value, ..SetDiscount::default() }
}

/// One effect per unit: a line of quantity 2 is two units, with sub-positions 0 and 1. Its name ends
/// with the position of the item.
pub(super) fn of_items<'a>(
    discount: &'a ItemDiscount,
    facts: &Facts<'a>,
) -> impl Iterator<Item = EffectKind> + use<'a> {
    let items = facts.session.cart_items.iter().zip(0i64..);
    let matching = items.filter(|(item, _)| discount.items.matches(item));
    matching.flat_map(move |(item, position)| {
        let price = item.price.unwrap_or_default();
        let value = worth(discount.percent, discount.amount, price);
        (0..item.quantity).map(move |sub_position| {
            SetDiscountPerItem {
                name: format!("{}#{position}", discount.name),
                value,
                position,
                sub_position: Some(sub_position),
                ..SetDiscountPerItem::default()
            }
            .into()
        })
    })
}

/// A discount on a cost of the session.
pub(super) fn of_costs<'a>(
    discount: &'a CostDiscount,
    facts: &Facts<'a>,
) -> impl Iterator<Item = EffectKind> + use<'a> {
    let facts = *facts;
    let costs = facts.session.additional_costs.iter().flatten();
    let mine = costs.filter(|(name, _)| **name == discount.cost);
    mine.map(move |(name, cost)| {
        SetDiscountPerAdditionalCost {
            name: discount.name.clone(),
            additional_cost_id: facts.cost_id(name),
            additional_cost: name.clone(),
            value: worth(discount.percent, discount.amount, cost.price),
            desired_value: None,
        }
        .into()
    })
}

/// A discount on a cost of each unit of each item that has it.
pub(super) fn of_item_costs<'a>(
    discount: &'a CostDiscount,
    facts: &Facts<'a>,
) -> impl Iterator<Item = EffectKind> + use<'a> {
    let facts = *facts;
    let items = facts.session.cart_items.iter().zip(0i64..);
    let costs = items.flat_map(|(item, position)| {
        let costs = item.additional_costs.iter().flatten();
        costs.map(move |(name, cost)| (item.quantity, position, name, cost))
    });
    let mine = costs.filter(|(_, _, name, _)| **name == discount.cost);
    mine.flat_map(move |(quantity, position, name, cost)| {
        (0..quantity).map(move |sub_position| {
            SetDiscountPerAdditionalCostPerItem {
                name: format!("{}#{position}", discount.name),
                additional_cost_id: facts.cost_id(name),
                value: worth(discount.percent, discount.amount, cost.price),
                position,
                additional_cost: name.clone(),
                sub_position: Some(sub_position),
                desired_value: None,
            }
            .into()
        })
    })
}
