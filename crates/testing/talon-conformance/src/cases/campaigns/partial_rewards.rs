//! Rewards that are reduced to the rest of their budget.

use talon_core::effect::SetDiscount;

use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        success a_partial_reward_is_the_rest_of_the_budget,
        surprise a_partial_reward_exhausts_the_budget,
        surprise an_exhausted_budget_gives_no_partial_reward,
        detail within_the_budget_a_reward_is_not_reduced,
        detail the_reward_of_a_unit_may_be_partial,
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

/// The values of discounts, and their desired values if they differ.
fn values(reply: &IntegrationStateV2) -> Vec<(Amount, Option<Amount>)> {
    let values = reply.kinds().into_iter().filter_map(|kind| match kind {
        EffectKind::SetDiscount(discount) => Some((discount.value, discount.desired_value)),
        EffectKind::SetDiscountPerItem(discount) => Some((discount.value, discount.desired_value)),
        _ => None,
    });
    values.collect()
}

async fn a_partial_reward_is_the_rest_of_the_budget(worlds: Worlds) {
    let world = worlds.with(seed::of(budget(15, &[]).partial_rewards())).await;
    world.put("cart-1", paid(100)).await;

    let reply = world.put("cart-2", cart(100)).await;

    let cut = SetDiscount {
        name: "10 % off".into(),
        value: 5.into(),
        desired_value: Some(10.into()),
        ..SetDiscount::default()
    };
    assert_eq!(reply.kinds(), [&EffectKind::from(cut)]);
}

async fn a_partial_reward_exhausts_the_budget(worlds: Worlds) {
    let world = worlds.with(seed::of(budget(15, &[]).partial_rewards())).await;
    world.put("cart-1", paid(100)).await;
    world.put("cart-2", paid(100)).await;
    let full = world.fires("cart-3", cart(100)).await;

    world.put("cart-2", cancelled()).await;
    let reply = world.put("cart-3", cart(100)).await;

    assert!(!full);
    assert_eq!(values(&reply), [(5.into(), Some(10.into()))]);
}

async fn an_exhausted_budget_gives_no_partial_reward(worlds: Worlds) {
    let limit = seed::limit(LimitAction::SetDiscount, 10, &[]);
    let campaign = seed::summer_campaign().coupon("SUMMER10").limit(limit).partial_rewards();
    let world = worlds.with(seed::of(campaign)).await;
    world.put("cart-1", paid(100).coupon_codes(["SUMMER10"])).await;

    let reply = world.put("cart-2", cart(100).coupon_codes(["SUMMER10"])).await;

    assert_eq!(reply.types(), ["rejectCoupon"]);
    assert_eq!(reply.coupon_rejection(), CouponRejection::EffectCouldNotBeApplied);
}

async fn within_the_budget_a_reward_is_not_reduced(worlds: Worlds) {
    let world = worlds.with(seed::of(budget(10, &[]).partial_rewards())).await;

    let reply = world.put("cart-1", cart(100)).await;

    assert_eq!(values(&reply), [(10.into(), None)]);
}

async fn the_reward_of_a_unit_may_be_partial(worlds: Worlds) {
    let each = Reward::set_discount_per_item("4", Discount::amount(4), ItemFilter::default());
    let limit = seed::limit(LimitAction::SetDiscount, 6, &[]);
    let campaign = Campaign::new("Each").rule(Rule::new("Each").then(each)).limit(limit);
    let world = worlds.with(seed::of(campaign.partial_rewards())).await;

    let items = [CartItem::new("A", 2).price(5)];
    let reply = world.put("cart-1", NewCustomerSessionV2::default().cart_items(items)).await;

    assert_eq!(values(&reply), [(4.into(), None), (2.into(), Some(4.into()))]);
}
