//! Points for each unit, and the effects of returns on points.

use crate::prelude::*;

cases! {
    "returnCartItems" {
        success points_of_returned_units_are_rolled_back,
        detail spent_points_are_not_rolled_back,
        surprise points_of_the_whole_session_stay,
        surprise deducted_points_stay_deducted,
    }
    "updateCustomerSessionV2" {
        success each_unit_earns_points,
        detail only_units_of_matching_items_earn_points,
    }
}

const PROGRAM: i64 = 7;

type Item = ReturnedCartItem;

async fn closed_with(worlds: Worlds, seed: Seed) -> World {
    let world = worlds.with(seed).await;
    world.put("cart-1", seed::shoes_and_shirts()).await;
    world
}

fn program() -> Seed {
    Seed::new().loyalty_program(seed::program(PROGRAM))
}

/// 10 points for each unit, in a program.
fn points_each(items: ItemFilter) -> Seed {
    let reward = Reward::add_loyalty_points_per_item(PROGRAM, 10, items);
    program().campaign(Campaign::new("Points").rule(Rule::new("Points").then(reward)))
}

/// Positions, units and values of added points.
fn additions(reply: &IntegrationStateV2) -> Vec<(Option<i64>, Option<i64>, Amount)> {
    let points = reply.kinds().into_iter().filter_map(|kind| match kind {
        EffectKind::AddLoyaltyPoints(it) => {
            Some((it.cart_item_position, it.cart_item_sub_position, it.value))
        }
        _ => None,
    });
    points.collect()
}

async fn points_of_returned_units_are_rolled_back(worlds: Worlds) {
    let world = closed_with(worlds, points_each(ItemFilter::default())).await;
    let earned = world.probe().points("anna", PROGRAM);

    let reply = world.give_back("cart-1", [Item::at(1).quantity(1)]).await;

    let [EffectKind::RollbackAddedLoyaltyPoints(points)] = reply.kinds()[..] else {
        panic!("{:?}", reply.effects);
    };
    assert_eq!((points.cart_item_position, points.cart_item_sub_position), (Some(1), Some(0)));
    assert_eq!((points.program_id.get(), points.value), (PROGRAM, 10.into()));
    assert_eq!((earned, world.probe().points("anna", PROGRAM)), (30.into(), 20.into()));
}

async fn spent_points_are_not_rolled_back(worlds: Worlds) {
    let spends = Rule::new("Spend")
        .when(Condition::AnyItem(ItemFilter::sku("REWARD")))
        .then(Reward::deduct_loyalty_points(PROGRAM, 25));
    let shirts = Reward::add_loyalty_points_per_item(PROGRAM, 15, ItemFilter::sku("SHIRT"));
    let campaign = Campaign::new("Points").rule(Rule::new("Earn").then(shirts)).rule(spends);
    let world = closed_with(worlds, program().campaign(campaign)).await;
    let reward = NewCustomerSessionV2::default()
        .profile("anna")
        .cart_items([CartItem::new("REWARD", 1)])
        .state(SessionState::Closed);
    world.put("cart-2", reward).await;

    let reply = world.give_back("cart-1", [Item::at(1)]).await;

    let [EffectKind::RollbackAddedLoyaltyPoints(points)] = reply.kinds()[..] else {
        panic!("{:?}", reply.effects);
    };
    assert_eq!((points.cart_item_sub_position, points.value), (Some(1), 5.into()));
    assert_eq!(world.probe().points("anna", PROGRAM), Amount::ZERO);
}

async fn points_of_the_whole_session_stay(worlds: Worlds) {
    let rule = Rule::new("Earn").then(Reward::add_loyalty_points(PROGRAM, 50));
    let world = closed_with(worlds, program().campaign(Campaign::new("Earn").rule(rule))).await;

    let reply = world.give_back("cart-1", [Item::at(0), Item::at(1)]).await;

    assert!(reply.effects.is_empty());
    assert_eq!(world.probe().points("anna", PROGRAM), 50.into());
}

async fn deducted_points_stay_deducted(worlds: Worlds) {
    let shirts = Condition::AnyItem(ItemFilter::sku("SHIRT"));
    let spends =
        Rule::new("Spend").when(shirts.clone()).then(Reward::deduct_loyalty_points(PROGRAM, 20));
    let earns = Rule::new("Earn").when(!shirts).then(Reward::add_loyalty_points(PROGRAM, 50));
    let campaign = Campaign::new("Points").rule(spends).rule(earns);
    let world = worlds.with(program().campaign(campaign)).await;
    world.put("cart-0", cart(1).profile("anna").state(SessionState::Closed)).await;
    world.put("cart-1", seed::shoes_and_shirts()).await;

    let reply = world.give_back("cart-1", [Item::at(0), Item::at(1)]).await;

    assert!(reply.effects.is_empty());
    assert_eq!(world.probe().points("anna", PROGRAM), 30.into());
}

async fn each_unit_earns_points(worlds: Worlds) {
    let world = worlds.with(points_each(ItemFilter::default())).await;

    let reply = world.put("cart-1", seed::shoes_and_shirts()).await;

    let unit = |position, unit| (Some(position), Some(unit), 10.into());
    assert_eq!(additions(&reply), [unit(0, 0), unit(1, 0), unit(1, 1)]);
    assert_eq!(world.probe().points("anna", PROGRAM), 30.into());
}

async fn only_units_of_matching_items_earn_points(worlds: Worlds) {
    let world = worlds.with(points_each(ItemFilter::sku("SHIRT"))).await;

    let reply = world.put("cart-1", seed::shoes_and_shirts()).await;

    let unit = |unit| (Some(1), Some(unit), 10.into());
    assert_eq!(additions(&reply), [unit(0), unit(1)]);
}
