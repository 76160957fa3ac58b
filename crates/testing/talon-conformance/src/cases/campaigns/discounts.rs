//! Discounts: amounts, items and rules.

use talon_core::effect::SetDiscountPerItem;

use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        success a_rule_without_a_code_gives_a_discount,
        surprise a_percentage_is_not_rounded,
        detail an_amount_is_not_changed,
        surprise a_percentage_applies_to_items_and_not_to_costs,
        surprise each_unit_of_a_line_is_discounted,
        detail only_the_items_that_match_are_discounted,
        detail a_condition_that_does_not_hold_gives_nothing,
        detail every_campaign_gives_its_discount_in_order,
        detail an_effect_names_its_rule,
        detail a_cancellation_rolls_discounts_back,
        detail a_cancellation_rolls_the_discount_of_each_unit_back,
        surprise a_budget_counts_only_closed_sessions,
        detail a_discount_that_exceeds_its_budget_is_not_given,
    }
}

fn half_off_each() -> Reward {
    Reward::set_discount_per_item("50 %", Discount::percent(50), ItemFilter::sku("A"))
}

fn per_item(reply: &IntegrationStateV2) -> Vec<SetDiscountPerItem> {
    let discounts = reply.effects.iter().map(|effect| match &effect.kind {
        EffectKind::SetDiscountPerItem(discount) => discount.clone(),
        other => panic!("{other:?}"),
    });
    discounts.collect()
}

async fn a_rule_without_a_code_gives_a_discount(worlds: Worlds) {
    let world = worlds.with(seed::rule(seed::ten_percent())).await;

    let reply = world.put("cart-1", cart(100)).await;

    assert_eq!(reply.types(), ["setDiscount"]);
    assert_eq!(reply.discounts(), [("10 % off", 10.into())]);
}

async fn a_percentage_is_not_rounded(worlds: Worlds) {
    let world = worlds.with(seed::rule(seed::ten_percent())).await;

    let reply = world.put("cart-1", cart(amount("99.99"))).await;

    assert_eq!(reply.discounts(), [("10 % off", amount("9.999"))]);
}

async fn an_amount_is_not_changed(worlds: Worlds) {
    let reward = Reward::set_discount("Free money", Discount::amount(amount("45.55")));
    let world = worlds.with(seed::always(reward)).await;

    let reply = world.put("cart-1", cart(10)).await;

    assert_eq!(reply.discounts(), [("Free money", amount("45.55"))]);
}

async fn a_percentage_applies_to_items_and_not_to_costs(worlds: Worlds) {
    let world = worlds.with(seed::rule(seed::ten_percent())).await;

    let cart = cart(100).additional_costs([("shipping", AdditionalCost::new(50))]);
    let reply = world.put("cart-1", cart).await;

    assert_eq!(reply.discounts(), [("10 % off", 10.into())]);
}

async fn each_unit_of_a_line_is_discounted(worlds: Worlds) {
    let world = worlds.with(seed::always(half_off_each())).await;
    let items = [CartItem::new("B", 1).price(5), CartItem::new("A", 2).price(10)];

    let cart = NewCustomerSessionV2::default().cart_items(items);
    let reply = world.put("cart-1", cart).await;

    let unit = |sub_position| SetDiscountPerItem {
        name: "50 %#1".to_owned(),
        value: 5.into(),
        position: 1,
        sub_position: Some(sub_position),
        ..SetDiscountPerItem::default()
    };
    assert_eq!(per_item(&reply), [unit(0), unit(1)]);
}

async fn only_the_items_that_match_are_discounted(worlds: Worlds) {
    let world = worlds.with(seed::always(half_off_each())).await;
    let items = ["B", "A", "C"].map(|sku| CartItem::new(sku, 1).price(10));

    let cart = NewCustomerSessionV2::default().cart_items(items);
    let reply = world.put("cart-1", cart).await;

    assert_eq!(per_item(&reply).len(), 1);
    assert_eq!(per_item(&reply)[0].position, 1);
}

async fn a_condition_that_does_not_hold_gives_nothing(worlds: Worlds) {
    let rule = seed::ten_percent().when(Condition::cart_total(Range::above(100)));
    let world = worlds.with(seed::rule(rule)).await;

    let reply = world.put("cart-1", cart(100)).await;

    assert!(reply.effects.is_empty());
    assert_eq!(reply.triggered_campaigns, Some(vec![]));
}

async fn every_campaign_gives_its_discount_in_order(worlds: Worlds) {
    let off = |name: &str| Rule::new(name).then(Reward::set_discount(name, Discount::amount(1)));
    let seed = Seed::new()
        .campaign(Campaign::new("A").rule(off("first")).rule(off("second")))
        .campaign(Campaign::new("B").rule(off("third")));
    let world = worlds.with(seed).await;

    let reply = world.put("cart-1", cart(100)).await;

    let names = reply.effects.iter().map(|effect| effect.rule_name.as_str());
    assert!(names.eq(["first", "second", "third"]));
    let campaigns = reply.effects.iter().map(|effect| effect.campaign_id.get());
    assert!(campaigns.eq([1, 1, 2]));
}

async fn an_effect_names_its_rule(worlds: Worlds) {
    let campaign = Campaign::new("C").id(seed::CAMPAIGN).rule(Rule::new("Nothing"));
    let world = worlds.with(seed::of(campaign.rule(seed::ten_percent()))).await;

    let reply = world.put("cart-1", cart(100)).await;

    let effect = &reply.effects[0];
    assert_eq!(effect.campaign_id, seed::campaign_id());
    assert_eq!((effect.rule_index, effect.rule_name.as_str()), (1, "Ten off"));
    let campaign = &reply.triggered_campaigns.as_ref().expect("asked for")[0];
    assert_eq!(campaign.active_ruleset_id, Some(effect.ruleset_id));
    assert_eq!(effect.triggered_by_coupon, None);
}

async fn a_cancellation_rolls_discounts_back(worlds: Worlds) {
    let world = worlds.with(seed::rule(seed::ten_percent())).await;
    world.put("cart-1", cart(100).state(SessionState::Closed)).await;

    let cancelled = NewCustomerSessionV2::default().state(SessionState::Cancelled);
    let reply = world.put("cart-1", cancelled).await;

    let EffectKind::RollbackDiscount(rollback) = &reply.effects[0].kind else {
        panic!("{:?}", reply.effects);
    };
    assert_eq!((rollback.name.as_str(), rollback.value), ("10 % off", 10.into()));
    assert_eq!(reply.effects[0].campaign_id, seed::campaign_id());
    assert_eq!(reply.effects.len(), 1);
}

async fn a_cancellation_rolls_the_discount_of_each_unit_back(worlds: Worlds) {
    let world = worlds.with(seed::always(half_off_each())).await;
    let cart = NewCustomerSessionV2::default().cart_items([CartItem::new("A", 2).price(10)]);
    world.put("cart-1", cart.state(SessionState::Closed)).await;

    let cancelled = NewCustomerSessionV2::default().state(SessionState::Cancelled);
    let reply = world.put("cart-1", cancelled).await;

    let places = reply.effects.iter().map(|effect| match &effect.kind {
        EffectKind::RollbackDiscount(undone) => {
            (undone.cart_item_position, undone.cart_item_sub_position)
        }
        other => panic!("{other:?}"),
    });
    assert!(places.eq([(Some(0), Some(0)), (Some(0), Some(1))]));
}

fn budget_of_fifteen() -> Seed {
    let limit = seed::limit(LimitAction::SetDiscount, 15, &[]);
    seed::of(Campaign::new("Budget").limit(limit).rule(seed::ten_percent()))
}

async fn a_budget_counts_only_closed_sessions(worlds: Worlds) {
    let world = worlds.with(budget_of_fifteen()).await;
    world.put("cart-1", cart(100)).await;

    let open = world.put("cart-2", cart(100)).await;
    world.put("cart-1", closed()).await;
    let after = world.put("cart-2", cart(100)).await;

    assert_eq!(open.types(), ["setDiscount"]);
    assert!(after.effects.is_empty());
}

async fn a_discount_that_exceeds_its_budget_is_not_given(worlds: Worlds) {
    let world = worlds.with(budget_of_fifteen()).await;

    let within = world.put("cart-1", cart(150)).await;
    let beyond = world.put("cart-1", cart(151)).await;

    assert_eq!(within.discounts(), [("10 % off", 15.into())]);
    assert!(beyond.effects.is_empty());
}
