//! The order of effects, their names and the ids in them. BEHAVIOUR 3.8, 6.1.

use talon_core::effect::{SetDiscountPerAdditionalCost, SetDiscountPerItem};
use talon_fake::rules::CostDiscount;

use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        success effects_come_in_the_order_of_the_rule,
        detail effects_that_are_booked_at_the_close_keep_the_order,
        surprise a_discount_of_an_item_is_named_after_its_position,
        surprise a_discount_of_an_items_cost_is_named_after_its_position,
        surprise a_cost_has_the_same_id_in_every_cart,
    }
}

/// Rewards of every kind in one rule, with codes and audiences in between.
fn mixed() -> Seed {
    let rule = Rule::new("Mixed")
        .then(Reward::CreateCoupon)
        .then(Reward::set_discount("1 off", Discount::amount(1)))
        .then(Reward::AddToAudience(5.into()))
        .then(Reward::add_loyalty_points(7, 1))
        .then(Reward::CreateReferral)
        .then(Reward::add_free_item("GIFT", "A gift"));
    let campaign = Campaign::new("Mixed").referrals("FRIEND-####").rule(rule);
    seed::of(campaign).loyalty_program(LoyaltyProgram::new(7)).audience(5, "Fans")
}

async fn effects_come_in_the_order_of_the_rule(worlds: Worlds) {
    let world = worlds.with(mixed()).await;

    let session = cart(10).profile("anna").state(SessionState::Closed);
    let reply = world.put("cart-1", session).await;

    let expected = [
        "couponCreated",
        "setDiscount",
        "addToAudience",
        "addLoyaltyPoints",
        "referralCreated",
        "addFreeItem",
    ];
    assert_eq!(reply.types(), expected);
}

async fn effects_that_are_booked_at_the_close_keep_the_order(worlds: Worlds) {
    let world = worlds.with(mixed()).await;

    let reply = world.put("cart-1", cart(10).profile("anna").coupon_codes(["WINTER"])).await;

    let expected =
        ["setDiscount", "addToAudience", "addLoyaltyPoints", "addFreeItem", "rejectCoupon"];
    assert_eq!(reply.types(), expected);
}

async fn a_discount_of_an_item_is_named_after_its_position(worlds: Worlds) {
    let reward =
        Reward::set_discount_per_item("Half", Discount::percent(50), ItemFilter::default());
    let world = worlds.with(seed::always(reward)).await;
    let items = [CartItem::new("A", 1).price(10), CartItem::new("B", 2).price(4)];

    let reply = world.put("cart-1", NewCustomerSessionV2::default().cart_items(items)).await;

    let named = reply.kinds().into_iter().map(|kind| match kind {
        EffectKind::SetDiscountPerItem(SetDiscountPerItem {
            name, position, sub_position, ..
        }) => (name.as_str(), *position, *sub_position),
        other => panic!("{other:?}"),
    });
    let expected = [("Half#0", 0, Some(0)), ("Half#1", 1, Some(0)), ("Half#1", 1, Some(1))];
    assert_eq!(named.collect::<Vec<_>>(), expected);
}

fn shipping() -> CostDiscount {
    CostDiscount {
        name: "Free shipping".into(),
        cost: "shipping".into(),
        percent: Some(100.into()),
        ..CostDiscount::default()
    }
}

async fn a_discount_of_an_items_cost_is_named_after_its_position(worlds: Worlds) {
    let reward = Reward::SetDiscountPerAdditionalCostPerItem(shipping());
    let world = worlds.with(seed::always(reward)).await;
    let costs = Some([("shipping".to_owned(), Amount::from(3).into())].into());
    let items = [
        CartItem::new("A", 1).price(10),
        CartItem { additional_costs: costs, ..CartItem::new("B", 2).price(4) },
    ];

    let reply = world.put("cart-1", NewCustomerSessionV2::default().cart_items(items)).await;

    let names = reply.kinds().into_iter().map(|kind| match kind {
        EffectKind::SetDiscountPerAdditionalCostPerItem(discount) => discount.name.as_str(),
        other => panic!("{other:?}"),
    });
    assert_eq!(names.collect::<Vec<_>>(), ["Free shipping#1"; 2]);
}

async fn a_cost_has_the_same_id_in_every_cart(worlds: Worlds) {
    let world = worlds.with(seed::always(Reward::SetDiscountPerAdditionalCost(shipping()))).await;
    let id = |reply: IntegrationStateV2| match reply.kinds()[..] {
        [
            EffectKind::SetDiscountPerAdditionalCost(SetDiscountPerAdditionalCost {
                additional_cost_id,
                ..
            }),
        ] => *additional_cost_id,
        ref others => panic!("{others:?}"),
    };

    let alone =
        world.put("cart-1", cart(10).additional_costs([("shipping", Amount::from(3))])).await;
    let costs = [("assembly", Amount::from(9)), ("shipping", Amount::from(3))];
    let beside = world.put("cart-2", cart(10).additional_costs(costs)).await;

    assert_eq!(id(alone), id(beside));
}
