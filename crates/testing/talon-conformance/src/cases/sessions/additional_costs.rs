//! Discounts on additional costs.

use talon_core::effect::{SetDiscountPerAdditionalCost, SetDiscountPerAdditionalCostPerItem};
use talon_fake::rules::CostDiscount;

use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        success a_cost_of_the_session_is_discounted,
        surprise a_percentage_of_a_cost_is_not_rounded,
        detail a_discount_amount_of_a_cost_is_not_changed,
        surprise costs_are_numbered_in_the_order_of_the_rules,
        detail without_the_cost_there_is_no_discount,
        success a_cost_of_an_item_is_discounted_for_each_unit,
        surprise costs_of_sessions_and_items_are_separate,
        detail a_cancellation_names_the_cost,
        detail a_cancellation_names_the_item_and_its_cost,
    }
}

fn half() -> CostDiscount {
    let (name, cost) = ("50 %".into(), "shipping".into());
    CostDiscount { name, cost, percent: Some(50.into()), amount: None }
}

fn of_session() -> Seed {
    seed::always(Reward::SetDiscountPerAdditionalCost(half()))
}

fn of_items() -> Seed {
    seed::always(Reward::SetDiscountPerAdditionalCostPerItem(half()))
}

fn shipped(shipping: Amount) -> NewCustomerSessionV2 {
    cart(100).additional_costs([("shipping", shipping)])
}

/// A light item, and two heavy ones.
fn heavy() -> NewCustomerSessionV2 {
    let costs = |costs: &[(&str, i64)]| {
        let costs =
            costs.iter().map(|(name, cost)| ((*name).to_owned(), AdditionalCost::new(*cost)));
        Some(costs.collect())
    };
    let sofa = CartItem {
        additional_costs: costs(&[("handling", 3), ("shipping", 30)]),
        ..CartItem::new("SOFA", 2).price(500)
    };
    NewCustomerSessionV2::default().cart_items([CartItem::new("SOCK", 1).price(5), sofa])
}

fn one(reply: &IntegrationStateV2) -> SetDiscountPerAdditionalCost {
    let [EffectKind::SetDiscountPerAdditionalCost(discount)] = reply.kinds()[..] else {
        panic!("{:?}", reply.effects);
    };
    discount.clone()
}

async fn a_cost_of_the_session_is_discounted(worlds: Worlds) {
    let world = worlds.with(of_session()).await;

    let reply = world.put("cart-1", shipped(8.into())).await;

    let expected = SetDiscountPerAdditionalCost {
        name: "50 %".into(),
        additional_cost_id: 1,
        additional_cost: "shipping".into(),
        value: 4.into(),
        desired_value: None,
    };
    assert_eq!(one(&reply), expected);
}

async fn a_percentage_of_a_cost_is_not_rounded(worlds: Worlds) {
    let world = worlds.with(of_session()).await;

    let reply = world.put("cart-1", shipped(amount("4.99"))).await;

    assert_eq!(one(&reply).value, amount("2.495"));
}

async fn a_discount_amount_of_a_cost_is_not_changed(worlds: Worlds) {
    let discount = CostDiscount { percent: None, amount: Some(amount("1.23")), ..half() };
    let world = worlds.with(seed::always(Reward::SetDiscountPerAdditionalCost(discount))).await;

    let reply = world.put("cart-1", shipped(8.into())).await;

    assert_eq!(one(&reply).value, amount("1.23"));
}

async fn costs_are_numbered_in_the_order_of_the_rules(worlds: Worlds) {
    let world = worlds.with(of_session()).await;

    let costs = [("wrapping", 2), ("shipping", 8), ("handling", 1)];
    let costs = costs.map(|(name, cost)| (name, AdditionalCost::new(cost)));
    let reply = world.put("cart-1", cart(100).additional_costs(costs)).await;

    assert_eq!((one(&reply).additional_cost_id, one(&reply).value), (1, 4.into()));
}

async fn without_the_cost_there_is_no_discount(worlds: Worlds) {
    let world = worlds.with(of_session()).await;

    let wrapped = cart(100).additional_costs([("wrapping", AdditionalCost::new(2))]);

    assert!(!world.fires("cart-1", wrapped).await);
    assert!(!world.fires("cart-2", cart(100)).await);
}

async fn a_cost_of_an_item_is_discounted_for_each_unit(worlds: Worlds) {
    let world = worlds.with(of_items()).await;

    let reply = world.put("cart-1", heavy()).await;

    let unit = |sub_position: i64| -> EffectKind {
        SetDiscountPerAdditionalCostPerItem {
            name: "50 %#1".to_owned(),
            additional_cost_id: 1,
            value: 15.into(),
            position: 1,
            additional_cost: "shipping".into(),
            sub_position: Some(sub_position),
            desired_value: None,
        }
        .into()
    };
    assert_eq!(reply.kinds(), [&unit(0), &unit(1)]);
}

async fn costs_of_sessions_and_items_are_separate(worlds: Worlds) {
    let world = worlds.with(of_items()).await;

    assert!(!world.fires("cart-1", shipped(8.into())).await);
}

async fn a_cancellation_names_the_cost(worlds: Worlds) {
    let world = worlds.with(of_session()).await;
    world.put("cart-1", shipped(8.into()).state(SessionState::Closed)).await;

    let reply = world.put("cart-1", cancelled()).await;

    let [EffectKind::RollbackDiscount(undone)] = reply.kinds()[..] else {
        panic!("{:?}", reply.effects);
    };
    assert_eq!((undone.name.as_str(), undone.value), ("50 %", 4.into()));
    assert_eq!(undone.additional_cost.as_deref(), Some("shipping"));
    assert_eq!((undone.additional_cost_id, undone.cart_item_position), (Some(1), None));
}

async fn a_cancellation_names_the_item_and_its_cost(worlds: Worlds) {
    let world = worlds.with(of_items()).await;
    world.put("cart-1", heavy().state(SessionState::Closed)).await;

    let reply = world.put("cart-1", cancelled()).await;

    let [EffectKind::RollbackDiscount(first), EffectKind::RollbackDiscount(second)] =
        reply.kinds()[..]
    else {
        panic!("{:?}", reply.effects);
    };
    assert_eq!((first.cart_item_position, first.cart_item_sub_position), (Some(1), Some(0)));
    assert_eq!((second.cart_item_position, second.cart_item_sub_position), (Some(1), Some(1)));
    assert_eq!(second.additional_cost.as_deref(), Some("shipping"));
}
