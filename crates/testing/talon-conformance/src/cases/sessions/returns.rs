//! Returns of items: rollbacks and counters.

use talon_core::effect::RollbackDiscount;
use talon_fake::rules::CostDiscount;

use crate::prelude::*;

cases! {
    "returnCartItems" {
        success each_returned_unit_rolls_back_its_discount,
        detail units_are_returned_from_the_lowest_position,
        detail costs_of_the_returned_units_are_rolled_back,
        surprise discounts_of_the_session_stay,
        surprise codes_stay_redeemed,
        detail budgets_of_rolled_back_effects_revert,
        surprise totals_of_the_session_stay,
        detail sales_of_the_profile_drop_by_the_price_of_the_units,
        detail the_reply_describes_the_return,
        detail anonymous_sessions_accept_returns,
        detail a_return_is_an_event,
        detail nothing_is_returned_by_default,
        surprise a_dry_return_stores_nothing,
        surprise a_return_counts_as_an_update_and_as_activity,
        detail a_cancellation_rolls_back_the_effects_that_returns_left,
        refused(400) a_partially_returned_session_cannot_be_updated,
    }
    "updateCustomerSessionV2" {
        detail previous_returns_are_returned_on_request,
    }
}

type Item = ReturnedCartItem;

async fn closed_with(worlds: Worlds, seed: Seed) -> World {
    let world = worlds.with(seed).await;
    world.put("cart-1", seed::shoes_and_shirts()).await;
    world
}

async fn example(worlds: Worlds) -> World {
    closed_with(worlds, seed::of(seed::five_off_each())).await
}

fn rollback(position: i64, unit: i64) -> EffectKind {
    RollbackDiscount {
        name: format!("5 off#{position}"),
        value: 5.into(),
        cart_item_position: Some(position),
        cart_item_sub_position: Some(unit),
        ..RollbackDiscount::default()
    }
    .into()
}

async fn each_returned_unit_rolls_back_its_discount(worlds: Worlds) {
    let world = worlds.with(seed::of(seed::five_off_each())).await;
    let close = world.put("cart-1", seed::shoes_and_shirts()).await;

    let reply = world.give_back("cart-1", [Item::at(1).quantity(1)]).await;

    assert_eq!(reply.kinds(), [&rollback(1, 0)]);
    let rule = |effect: &Effect| (effect.campaign_id, effect.rule_index, effect.rule_name.clone());
    assert_eq!(rule(&reply.effects[0]), rule(&close.effects[1]));
    assert!(reply.created_coupons.is_empty() && reply.created_referrals.is_empty());
}

async fn units_are_returned_from_the_lowest_position(worlds: Worlds) {
    let world = example(worlds).await;
    world.give_back("cart-1", [Item::at(1).quantity(1)]).await;

    let reply = world.give_back("cart-1", [Item::at(1), Item::at(0)]).await;

    assert_eq!(reply.kinds(), [&rollback(0, 0), &rollback(1, 1)]);
}

async fn costs_of_the_returned_units_are_rolled_back(worlds: Worlds) {
    let (name, cost) = ("50 %".to_owned(), "shipping".to_owned());
    let half = CostDiscount { name, cost, percent: Some(50.into()), amount: None };
    let reward = Reward::SetDiscountPerAdditionalCostPerItem(half);
    let world = worlds.with(seed::always(reward)).await;
    let shipping = [("shipping".to_owned(), AdditionalCost::new(6))];
    let shirt = CartItem {
        additional_costs: Some(shipping.into_iter().collect()),
        ..CartItem::new("SHIRT", 2).price(20)
    };
    let session = NewCustomerSessionV2::default().cart_items([shirt]);
    world.put("cart-1", session.state(SessionState::Closed)).await;

    let reply = world.give_back("cart-1", [Item::at(0).quantity(1)]).await;

    let rolled_back = RollbackDiscount {
        name: "50 %#0".into(),
        value: 3.into(),
        cart_item_position: Some(0),
        cart_item_sub_position: Some(0),
        additional_cost_id: Some(1),
        additional_cost: Some("shipping".into()),
        ..RollbackDiscount::default()
    };
    assert_eq!(reply.kinds(), [&EffectKind::from(rolled_back)]);
}

async fn discounts_of_the_session_stay(worlds: Worlds) {
    let world = closed_with(worlds, seed::rule(seed::ten_percent())).await;

    let reply = world.give_back("cart-1", [Item::at(0), Item::at(1)]).await;

    assert!(reply.effects.is_empty());
    assert_eq!(world.read("cart-1").await.discounts(), [("10 % off", 10.into())]);
}

async fn codes_stay_redeemed(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;
    world.put("cart-1", seed::shoes_and_shirts().coupon_codes(["SUMMER10"])).await;

    let reply = world.give_back("cart-1", [Item::at(0), Item::at(1)]).await;

    assert!(reply.effects.is_empty());
    assert_eq!(reply.coupons.expect("asked for")[0].value, "SUMMER10");
    assert_eq!(world.probe().coupon("SUMMER10").expect("seeded").usage_counter, 1);
}

async fn budgets_of_rolled_back_effects_revert(worlds: Worlds) {
    let limit = seed::limit(LimitAction::SetDiscount, 15, &[]);
    let world = closed_with(worlds, seed::of(seed::five_off_each().limit(limit))).await;
    let full = !world.fires("cart-2", cart(9)).await;

    world.give_back("cart-1", [Item::at(1).quantity(1)]).await;

    assert!(full && world.fires("cart-2", cart(9)).await);
    world.put("cart-3", cart(9).state(SessionState::Closed)).await;
    assert!(!world.fires("cart-4", cart(9)).await);
}

async fn totals_of_the_session_stay(worlds: Worlds) {
    let world = example(worlds).await;
    let before = world.probe().session("cart-1").expect("stored");

    let reply = world.give_back("cart-1", [Item::at(0)]).await;

    let after = reply.session();
    assert_eq!((after.total, after.cart_item_total), (before.total, before.cart_item_total));
    assert_eq!((after.total, after.cart_items[0].quantity), (100.into(), 1));
}

async fn sales_of_the_profile_drop_by_the_price_of_the_units(worlds: Worlds) {
    let world = example(worlds).await;

    let reply = world.give_back("cart-1", [Item::at(0), Item::at(1).quantity(1)]).await;

    assert_eq!(reply.profile().total_sales, 20.into());
    assert_eq!(reply.profile().closed_sessions, 1);
}

async fn the_reply_describes_the_return(worlds: Worlds) {
    let world = example(worlds).await;

    let reply = world.give_back("cart-1", [Item::of_sku("SHIRT").quantity(1)]).await;

    let returned = reply.returned.clone().expect("always there");
    assert_eq!(returned.created, world.clock().now());
    assert_eq!(returned.session_integration_id, "cart-1");
    assert_eq!(Some(returned.session_id), reply.session().id);
    assert_eq!(returned.profile_integration_id, Some("anna".into()));
    assert_eq!(returned.profile_id, reply.profile().id);
    assert_eq!(Some(returned.event_id), reply.event.map(|event| event.id));
    assert_eq!(returned.created_by, None);
}

async fn anonymous_sessions_accept_returns(worlds: Worlds) {
    let world = worlds.with(seed::of(seed::five_off_each())).await;
    world.put("cart-1", cart(9).state(SessionState::Closed)).await;

    let reply = world.give_back("cart-1", [Item::at(0)]).await;

    let returned = reply.returned.clone().expect("always there");
    assert_eq!((returned.profile_id, returned.profile_integration_id), (None, None));
    assert_eq!(reply.kinds(), [&rollback(0, 0)]);
}

async fn a_return_is_an_event(worlds: Worlds) {
    let world = example(worlds).await;

    let reply = world.give_back("cart-1", [Item::at(0)]).await;

    let event = reply.event.expect("asked for");
    assert_eq!(event.event_type, "talon_session_partially_returned");
    assert_eq!(event.profile_id, Some("anna".into()));
}

async fn nothing_is_returned_by_default(worlds: Worlds) {
    let world = example(worlds).await;

    let request = ReturnCartItems::new("cart-1", [Item::at(0)]);
    let reply = world.api.return_cart_items(request).await.expect("accepted");

    let bare = IntegrationStateV2 {
        effects: reply.effects.clone(),
        returned: reply.returned.clone(),
        ..IntegrationStateV2::default()
    };
    assert!(reply.returned.is_some() && reply.effects.len() == 1);
    assert_eq!(reply, bare);
}

async fn a_dry_return_stores_nothing(worlds: Worlds) {
    let world = example(worlds).await;
    let before = world.probe().snapshot();

    let dry = returning("cart-1", [Item::at(1).quantity(1)]).dry(true);
    let reply = world.api.return_cart_items(dry).await.expect("accepted");

    assert_eq!(reply.kinds(), [&rollback(1, 0)]);
    assert_eq!(reply.session().state, SessionState::PartiallyReturned);
    assert_eq!(reply.profile().total_sales, 80.into());
    assert!(reply.returned.is_some());
    assert_eq!(world.changes_since(&before), [""; 0]);
}

async fn a_return_counts_as_an_update_and_as_activity(worlds: Worlds) {
    let world = example(worlds).await;
    let later = at("2027-01-01T00:00:00Z");
    world.clock().set(later);

    let reply = world.give_back("cart-1", [Item::at(0)]).await;

    assert_eq!((reply.session().update_count, reply.session().updated), (Some(2), Some(later)));
    assert_eq!(reply.profile().last_activity, later);
}

async fn a_cancellation_rolls_back_the_effects_that_returns_left(worlds: Worlds) {
    let world = example(worlds).await;
    world.give_back("cart-1", [Item::at(1).quantity(1)]).await;
    world.give_back("cart-1", [Item::at(0)]).await;

    let reply = world.put("cart-1", cancelled()).await;

    assert_eq!(reply.kinds(), [&rollback(1, 1)]);
    assert_eq!(reply.session().state, SessionState::Cancelled);
    assert_eq!(reply.profile().total_sales, Amount::ZERO);
    assert_eq!(reply.profile().closed_sessions, 0);
    assert_eq!(world.read("cart-1").await.effects, Some(Vec::new()));
}

async fn a_partially_returned_session_cannot_be_updated(worlds: Worlds) {
    let world = example(worlds).await;
    world.give_back("cart-1", [Item::at(0)]).await;

    let update = world.put_refused("cart-1", cart(9)).await;
    let close = world.put_refused("cart-1", closed()).await;

    assert_eq!((update.status().as_u16(), close.status().as_u16()), (400, 400));
}

async fn previous_returns_are_returned_on_request(worlds: Worlds) {
    let world = example(worlds).await;
    let first = world.give_back("cart-1", [Item::at(0)]).await;
    let second = world.give_back("cart-1", [Item::at(1)]).await;

    let content = [ResponseContent::PreviousReturns];
    let reply = world
        .send(UpdateCustomerSessionV2::new("cart-1", cancelled()).response_content(content))
        .await;

    let both = [first, second].map(|reply| reply.returned.expect("always there"));
    assert_eq!(reply.previous_returns, Some(both.into()));
}
