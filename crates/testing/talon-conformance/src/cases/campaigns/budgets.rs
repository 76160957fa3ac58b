//! Budgets of discounts and points.

use talon_core::effect::{CustomEffect, TriggerWebhook};

use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        success a_budget_is_the_sum_of_discounts,
        detail a_cancellation_restores_the_budget,
        detail each_customer_has_a_budget,
        surprise discounts_of_one_evaluation_share_the_budget,
        surprise only_the_effect_that_exceeds_the_budget_is_dropped,
        surprise a_code_whose_effect_exceeds_the_budget_is_rejected,
        surprise an_accepted_code_drops_only_the_effect_that_exceeds_the_budget,
        detail the_number_of_discounts_has_a_budget,
        surprise each_unit_counts_as_a_discount,
        detail other_campaigns_have_their_own_budgets,
        detail points_have_a_budget,
        detail the_number_of_points_effects_has_a_budget,
        detail free_items_have_a_budget,
        detail custom_effects_and_webhooks_have_budgets,
    }
}

fn ten_off() -> Campaign {
    Campaign::new("Ten off").rule(seed::ten_percent())
}

fn budget(limit: i64, entities: &[LimitEntity]) -> Campaign {
    ten_off().limit(seed::limit(LimitAction::SetDiscount, limit, entities))
}

fn paid(price: i64) -> NewCustomerSessionV2 {
    cart(price).state(SessionState::Closed)
}

fn off(name: &str, amount: i64) -> Reward {
    Reward::set_discount(name, Discount::amount(amount))
}

async fn a_budget_is_the_sum_of_discounts(worlds: Worlds) {
    let world = worlds.with(seed::of(budget(25, &[]))).await;
    world.put("cart-1", paid(100)).await;
    world.put("cart-2", paid(100)).await;

    assert!(!world.fires("cart-3", cart(51)).await);
    assert!(world.fires("cart-3", cart(50)).await);
}

async fn a_cancellation_restores_the_budget(worlds: Worlds) {
    let world = worlds.with(seed::of(budget(10, &[]))).await;
    world.put("cart-1", paid(100)).await;
    let full = world.fires("cart-2", cart(100)).await;

    world.put("cart-1", cancelled()).await;

    assert!(!full && world.fires("cart-2", cart(100)).await);
}

async fn each_customer_has_a_budget(worlds: Worlds) {
    let world = worlds.with(seed::of(budget(10, &[LimitEntity::Profile]))).await;
    world.put("cart-1", paid(100).profile("anna")).await;

    assert!(!world.fires("cart-2", cart(100).profile("anna")).await);
    assert!(world.fires("cart-3", cart(100).profile("bert")).await);
    assert!(world.fires("cart-4", cart(1000)).await);
}

async fn discounts_of_one_evaluation_share_the_budget(worlds: Worlds) {
    let limit = seed::limit(LimitAction::SetDiscount, 12, &[]);
    let campaign = Campaign::new("Budget")
        .rule(Rule::new("First").then(off("first", 10)))
        .rule(Rule::new("Second").then(off("second", 5)))
        .rule(Rule::new("Third").then(off("third", 2)))
        .limit(limit);
    let world = worlds.with(seed::of(campaign)).await;

    let reply = world.put("cart-1", cart(100)).await;

    assert_eq!(reply.discounts(), [("first", 10.into()), ("third", 2.into())]);
}

async fn only_the_effect_that_exceeds_the_budget_is_dropped(worlds: Worlds) {
    let limit = seed::limit(LimitAction::SetDiscount, 12, &[]);
    let rule = Rule::new("All").then(off("first", 10)).then(off("second", 5)).then(off("third", 2));
    let campaign = Campaign::new("Budget").rule(rule).limit(limit);
    let world = worlds.with(seed::of(campaign)).await;

    let reply = world.put("cart-1", cart(100)).await;

    assert_eq!(reply.discounts(), [("first", 10.into()), ("third", 2.into())]);
}

/// The coupon gives 10 off and a gift, and the budget is 9.
fn too_dear() -> Campaign {
    let rule = Rule::new("Both")
        .when(Condition::coupon_valid())
        .then(Reward::add_free_item("GIFT", "A gift"))
        .then(off("ten", 10));
    let limit = seed::limit(LimitAction::SetDiscount, 9, &[]);
    Campaign::new("Budget").coupon("SUMMER10").rule(rule).limit(limit)
}

async fn a_code_whose_effect_exceeds_the_budget_is_rejected(worlds: Worlds) {
    let world = worlds.with(seed::of(too_dear())).await;

    let reply = world.put("cart-1", cart(100).coupon_codes(["SUMMER10"])).await;

    assert_eq!(reply.types(), ["rejectCoupon"]);
    let EffectKind::RejectCoupon(rejected) = &reply.effects[0].kind else {
        panic!("{:?}", reply.effects);
    };
    assert_eq!(rejected.rejection_reason, CouponRejection::EffectCouldNotBeApplied);
    assert_eq!((rejected.condition_index, rejected.effect_index), (None, Some(1)));
    assert!(reply.triggered_campaigns.expect("asked for").is_empty());
}

async fn an_accepted_code_drops_only_the_effect_that_exceeds_the_budget(worlds: Worlds) {
    let notice = Rule::new("Notice").when(Condition::coupon_valid()).then(off("one", 1));
    let campaign = too_dear();
    let rules = [notice].into_iter().chain(campaign.rules).collect();
    let world = worlds.with(seed::of(Campaign { rules, ..campaign })).await;

    let reply = world.put("cart-1", cart(100).coupon_codes(["SUMMER10"])).await;

    assert_eq!(reply.types(), ["acceptCoupon", "setDiscount", "addFreeItem"]);
    assert_eq!(reply.discounts(), [("one", 1.into())]);
}

async fn the_number_of_discounts_has_a_budget(worlds: Worlds) {
    let limit = seed::limit(LimitAction::SetDiscountEffect, 2, &[]);
    let world = worlds.with(seed::of(ten_off().limit(limit))).await;
    world.put("cart-1", paid(100)).await;
    world.put("cart-2", paid(1_000_000)).await;
    let full = world.fires("cart-3", cart(1)).await;

    world.put("cart-1", cancelled()).await;

    assert!(!full && world.fires("cart-3", cart(1)).await);
}

async fn each_unit_counts_as_a_discount(worlds: Worlds) {
    let each = Reward::set_discount_per_item("1", Discount::amount(1), ItemFilter::default());
    let limit = seed::limit(LimitAction::SetDiscountEffect, 2, &[]);
    let campaign = Campaign::new("Each").rule(Rule::new("Each").then(each)).limit(limit);
    let world = worlds.with(seed::of(campaign)).await;
    let units = |quantity: i64| {
        NewCustomerSessionV2::default().cart_items([CartItem::new("A", quantity).price(5)])
    };

    assert_eq!(world.put("cart-1", units(1)).await.effects.len(), 1);
    assert_eq!(world.put("cart-1", units(3)).await.effects.len(), 2);
}

async fn other_campaigns_have_their_own_budgets(worlds: Worlds) {
    let world = worlds.with(seed::of(budget(9, &[])).campaign(ten_off())).await;

    let reply = world.put("cart-1", cart(100)).await;

    assert_eq!(reply.discounts(), [("10 % off", 10.into())]);
    assert_eq!(reply.effects[0].campaign_id.get(), 2);
}

fn earning(action: &str, limit: i64) -> Seed {
    let rule = Rule::new("Earn").then(Reward::add_loyalty_points(7, 30));
    let campaign = Campaign::new("Earn").rule(rule).limit(seed::limit(action.into(), limit, &[]));
    seed::of(campaign).loyalty_program(LoyaltyProgram::new(7))
}

async fn points_have_a_budget(worlds: Worlds) {
    let world = worlds.with(earning("createLoyaltyPoints", 50)).await;
    world.put("cart-1", paid(1).profile("anna")).await;
    let full = world.fires("cart-2", cart(1).profile("bert")).await;

    world.put("cart-1", cancelled()).await;

    assert!(!full && world.fires("cart-2", cart(1).profile("bert")).await);
}

async fn the_number_of_points_effects_has_a_budget(worlds: Worlds) {
    let world = worlds.with(earning("createLoyaltyPointsEffect", 1)).await;
    let first = world.fires("cart-1", paid(1).profile("anna")).await;

    assert!(first && !world.fires("cart-2", cart(1).profile("anna")).await);
}

async fn free_items_have_a_budget(worlds: Worlds) {
    let limit = seed::limit("addFreeItemEffect".into(), 1, &[]);
    let rule = Rule::new("Gift").then(Reward::add_free_item("GIFT", "A gift"));
    let world = worlds.with(seed::of(Campaign::new("Gift").rule(rule).limit(limit))).await;
    let first = world.fires("cart-1", paid(1)).await;

    assert!(first && !world.fires("cart-2", cart(1)).await);
}

async fn custom_effects_and_webhooks_have_budgets(worlds: Worlds) {
    let limited = |action: &str, reward: Reward| {
        let limit = seed::limit(action.into(), 1, &[]);
        Campaign::new(action).rule(Rule::new(action).then(reward)).limit(limit)
    };
    let seed = seed::of(limited("customEffect", Reward::CustomEffect(CustomEffect::default())))
        .campaign(limited("callApi", Reward::TriggerWebhook(TriggerWebhook::default())));
    let world = worlds.with(seed).await;

    let first = world.put("cart-1", paid(1)).await;
    let second = world.put("cart-2", paid(1)).await;

    assert_eq!(first.types(), ["customEffect", "triggerWebhook"]);
    assert!(second.effects.is_empty());
}
