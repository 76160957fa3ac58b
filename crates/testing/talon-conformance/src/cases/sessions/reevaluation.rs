//! Returns that evaluate campaigns again.

use talon_fake::rules::LedgerBalance;

use crate::prelude::*;

cases! {
    "returnCartItems" {
        success a_campaign_is_evaluated_again_for_the_remaining_units,
        surprise without_rules_no_campaign_is_evaluated_again,
        surprise other_campaigns_are_not_evaluated_again,
        surprise a_campaign_with_the_same_effects_yields_nothing,
        detail a_campaign_without_an_effect_at_the_close_is_not_evaluated,
        surprise a_campaign_with_rolled_back_effects_is_evaluated_again,
        detail effects_are_rolled_back_if_the_condition_no_longer_holds,
        detail units_keep_their_positions,
        detail a_code_of_the_campaign_is_redeemed_again,
        surprise effects_without_a_rollback_are_not_repeated,
        detail a_discount_may_use_the_budget_of_its_rollback,
        detail points_of_the_session_are_added_again,
        detail spent_points_do_not_prevent_the_evaluation,
        surprise points_that_a_campaign_earned_are_not_its_balance,
        detail changed_campaigns_are_reported,
        detail a_dry_return_evaluates_too,
        detail a_cancellation_rolls_back_the_latest_evaluation,
    }
}

type Item = ReturnedCartItem;

fn again() -> Campaign {
    Campaign::new("Again").id(seed::CAMPAIGN).reevaluate_on_return()
}

async fn closed_with(worlds: Worlds, campaign: Campaign) -> World {
    let world = worlds.with(seed::of(campaign)).await;
    world.put("cart-1", seed::shoes_and_shirts()).await;
    world
}

async fn give_back(world: &World, items: impl IntoIterator<Item = Item>) -> IntegrationStateV2 {
    let request = returning("cart-1", items).run_rule_engine(true);
    world.api.return_cart_items(request).await.expect("the return is accepted")
}

async fn a_campaign_is_evaluated_again_for_the_remaining_units(worlds: Worlds) {
    let world = closed_with(worlds, again().rule(seed::ten_percent())).await;

    let reply = give_back(&world, [Item::at(0)]).await;

    let [EffectKind::RollbackDiscount(old), EffectKind::SetDiscount(new)] = reply.kinds()[..]
    else {
        panic!("{:?}", reply.effects);
    };
    assert_eq!((old.name.as_str(), old.value), ("10 % off", 10.into()));
    assert_eq!((new.name.as_str(), new.value), ("10 % off", 4.into()));
    assert_eq!(world.read("cart-1").await.discounts(), [("10 % off", 4.into())]);
}

async fn without_rules_no_campaign_is_evaluated_again(worlds: Worlds) {
    let world = closed_with(worlds, again().rule(seed::ten_percent())).await;

    let reply = world.give_back("cart-1", [Item::at(0)]).await;

    assert!(reply.effects.is_empty());
    assert_eq!(reply.triggered_campaigns, Some(Vec::new()));
}

async fn other_campaigns_are_not_evaluated_again(worlds: Worlds) {
    let world = closed_with(worlds, Campaign::new("Once").rule(seed::ten_percent())).await;

    let reply = give_back(&world, [Item::at(0)]).await;

    assert!(reply.effects.is_empty());
    assert_eq!(world.read("cart-1").await.discounts(), [("10 % off", 10.into())]);
}

async fn a_campaign_with_the_same_effects_yields_nothing(worlds: Worlds) {
    let fixed = Reward::set_discount("3 off", Discount::amount(3));
    let world = closed_with(worlds, again().rule(Rule::new("Fixed").then(fixed))).await;

    let reply = give_back(&world, [Item::at(0)]).await;

    assert!(reply.effects.is_empty());
    assert_eq!(world.read("cart-1").await.discounts(), [("3 off", 3.into())]);
}

async fn a_campaign_without_an_effect_at_the_close_is_not_evaluated(worlds: Worlds) {
    let small = Condition::cart_total(Range::at_most(50));
    let world = closed_with(worlds, again().rule(seed::ten_percent().when(small))).await;

    let reply = give_back(&world, [Item::at(0)]).await;

    assert!(reply.effects.is_empty());
}

async fn a_campaign_with_rolled_back_effects_is_evaluated_again(worlds: Worlds) {
    let shoes = ItemFilter::sku("SHOES");
    let off = Reward::set_discount_per_item("5 off", Discount::amount(5), shoes.clone());
    let otherwise = seed::ten_percent().when(!Condition::AnyItem(quantity(shoes, 1)));
    let world =
        closed_with(worlds, again().rule(Rule::new("Shoes").then(off)).rule(otherwise)).await;
    world.give_back("cart-1", [Item::at(0)]).await;

    let reply = give_back(&world, [Item::at(1).quantity(1)]).await;

    assert_eq!(reply.discounts(), [("10 % off", 2.into())]);
}

/// Items with at least this quantity.
fn quantity(items: ItemFilter, at_least: i64) -> ItemFilter {
    ItemFilter { quantity: Some(Range::at_least(at_least)), ..items }
}

async fn effects_are_rolled_back_if_the_condition_no_longer_holds(worlds: Worlds) {
    let large = Condition::cart_total(Range::at_least(100));
    let world = closed_with(worlds, again().rule(seed::ten_percent().when(large))).await;

    let reply = give_back(&world, [Item::at(1).quantity(1)]).await;

    assert_eq!(reply.types(), ["rollbackDiscount"]);
    assert_eq!(world.read("cart-1").await.effects, Some(Vec::new()));
}

async fn units_keep_their_positions(worlds: Worlds) {
    let world = closed_with(worlds, seed::five_off_each().reevaluate_on_return()).await;

    let first = give_back(&world, [Item::at(1).quantity(1)]).await;
    let second = give_back(&world, [Item::at(1).quantity(1)]).await;

    let units = [first, second].map(|reply| match reply.kinds()[..] {
        [EffectKind::RollbackDiscount(it)] => (it.cart_item_position, it.cart_item_sub_position),
        _ => panic!("{:?}", reply.effects),
    });
    assert_eq!(units, [(Some(1), Some(0)), (Some(1), Some(1))]);
}

async fn a_code_of_the_campaign_is_redeemed_again(worlds: Worlds) {
    let summer = seed::summer_campaign().coupon(seed::Coupon::new("SUMMER10").usage_limit(1));
    let world = worlds.with(seed::of(summer.reevaluate_on_return())).await;
    world.put("cart-1", seed::shoes_and_shirts().coupon_codes(["SUMMER10"])).await;

    let reply = give_back(&world, [Item::at(0)]).await;

    let types = ["rollbackCoupon", "rollbackDiscount", "acceptCoupon", "setDiscount"];
    assert_eq!(reply.types(), types);
    assert_eq!(world.probe().coupon("SUMMER10").expect("seeded").usage_counter, 1);
}

async fn effects_without_a_rollback_are_not_repeated(worlds: Worlds) {
    let rule = seed::ten_percent()
        .then(Reward::add_free_item("GIFT", "A gift"))
        .then(Reward::CreateCoupon)
        .then(Reward::AwardGiveaway(3));
    let limit = seed::limit("addFreeItemEffect".into(), 1, &[]);
    let campaign = again().rule(rule).limit(limit);
    let world = worlds.with(seed::of(campaign).giveaways(3, "Tickets", &["T-1", "T-2"])).await;
    world.put("cart-1", seed::shoes_and_shirts()).await;

    let reply = give_back(&world, [Item::at(0)]).await;

    assert_eq!(reply.types(), ["rollbackDiscount", "setDiscount"]);
    assert!(reply.created_coupons.is_empty());
    let in_force = ["addFreeItem", "couponCreated", "awardGiveaway", "setDiscount"];
    assert_eq!(world.read("cart-1").await.types(), in_force);
}

async fn a_discount_may_use_the_budget_of_its_rollback(worlds: Worlds) {
    let limit = seed::limit(LimitAction::SetDiscount, 10, &[]);
    let world = closed_with(worlds, again().rule(seed::ten_percent()).limit(limit)).await;

    let reply = give_back(&world, [Item::at(0)]).await;

    assert_eq!(reply.discounts(), [("10 % off", 4.into())]);
    assert!(world.fires("cart-2", cart(60)).await);
    assert!(!world.fires("cart-3", cart(61)).await);
}

async fn points_of_the_session_are_added_again(worlds: Worlds) {
    let few = Condition::cart_total(Range::below(100));
    let rules = [
        Rule::new("Many").when(!few.clone()).then(Reward::add_loyalty_points(7, 50)),
        Rule::new("Few").when(few).then(Reward::add_loyalty_points(7, 10)),
    ];
    let campaign = rules.into_iter().fold(again(), Campaign::rule);
    let seed = Seed::new().loyalty_program(seed::program(7)).campaign(campaign);
    let world = worlds.with(seed).await;
    world.put("cart-1", seed::shoes_and_shirts()).await;

    let reply = give_back(&world, [Item::at(0)]).await;

    assert_eq!(reply.types(), ["rollbackAddedLoyaltyPoints", "addLoyaltyPoints"]);
    assert_eq!(world.probe().points("anna", 7), 10.into());
}

async fn spent_points_do_not_prevent_the_evaluation(worlds: Worlds) {
    let shirts = Condition::AnyItem(ItemFilter::sku("SHIRT"));
    let spends = Rule::new("Spend").when(shirts.clone()).then(Reward::deduct_loyalty_points(7, 50));
    let earns = Rule::new("Earn").when(!shirts).then(Reward::add_loyalty_points(7, 50));
    let seed = Seed::new().loyalty_program(seed::program(7));
    let world = worlds.with(seed.campaign(again().rule(spends).rule(earns))).await;
    world.put("cart-0", cart(1).profile("anna").state(SessionState::Closed)).await;
    world.put("cart-1", seed::shoes_and_shirts()).await;

    let reply = give_back(&world, [Item::at(0)]).await;

    assert!(reply.effects.is_empty());
    assert_eq!(world.probe().points("anna", 7), Amount::ZERO);
}

async fn changed_campaigns_are_reported(worlds: Worlds) {
    let world = closed_with(worlds, again().rule(seed::ten_percent())).await;

    let reply = give_back(&world, [Item::at(0)]).await;

    let campaigns = reply.triggered_campaigns.expect("asked for");
    assert_eq!(campaigns.iter().map(|it| it.id).collect::<Vec<_>>(), [seed::campaign_id()]);
}

async fn a_dry_return_evaluates_too(worlds: Worlds) {
    let world = closed_with(worlds, again().rule(seed::ten_percent())).await;
    let before = world.probe().snapshot();

    let request = returning("cart-1", [Item::at(0)]).run_rule_engine(true).dry(true);
    let reply = world.api.return_cart_items(request).await.expect("accepted");

    assert_eq!(reply.types(), ["rollbackDiscount", "setDiscount"]);
    assert_eq!(world.changes_since(&before), [""; 0]);
}

async fn a_cancellation_rolls_back_the_latest_evaluation(worlds: Worlds) {
    let world = closed_with(worlds, again().rule(seed::ten_percent())).await;
    give_back(&world, [Item::at(0)]).await;

    let reply = world.put("cart-1", cancelled()).await;

    let [EffectKind::RollbackDiscount(undone)] = reply.kinds()[..] else {
        panic!("{:?}", reply.effects);
    };
    assert_eq!(undone.value, 4.into());
}

/// The comparison is with the state before the close, as it is after the effects are rolled back.
async fn points_that_a_campaign_earned_are_not_its_balance(worlds: Worlds) {
    let earned = Reward::add_loyalty_points(7, 50);
    let balance = LedgerBalance::current(7, Range::at_least(50));
    let rich = seed::ten_percent().when(Condition::LoyaltyBalance(balance));
    let campaign = again().rule(Rule::new("Earn").then(earned)).rule(rich);
    let world = worlds.with(seed::of(campaign).loyalty_program(seed::program(7))).await;
    let at_the_close = world.put("cart-1", seed::shoes_and_shirts()).await;

    let reply = give_back(&world, [Item::at(1).quantity(1)]).await;

    assert_eq!(at_the_close.types(), ["addLoyaltyPoints"]);
    assert_eq!(reply.types(), [""; 0]);
    assert_eq!(world.probe().points("anna", 7), 50.into());
}
