//! Coupons with a budget of discounts, such as gift cards.

use talon_core::effect::SetDiscount;

use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        surprise a_gift_card_discount_is_at_most_its_remainder,
        detail a_cancellation_refills_a_gift_card,
        surprise two_rules_share_a_gift_card,
    }
}

fn paid(price: i64) -> NewCustomerSessionV2 {
    cart(price).state(SessionState::Closed)
}

fn off(name: &str, amount: i64) -> Reward {
    Reward::set_discount(name, Discount::amount(amount))
}

fn gift_card(campaign: Campaign) -> Seed {
    seed::of(campaign.coupon(seed::Coupon::new("GIFT-CARD").discount_limit(15)))
}

fn with_card(session: NewCustomerSessionV2) -> NewCustomerSessionV2 {
    session.coupon_codes(["GIFT-CARD"])
}

/// The used amount of the gift card, and its remainder.
fn card(world: &World) -> (Option<Amount>, Option<Amount>) {
    let card = world.probe().coupon("GIFT-CARD").expect("seeded");
    (card.discount_counter, card.discount_remainder)
}

async fn a_gift_card_discount_is_at_most_its_remainder(worlds: Worlds) {
    let world = worlds.with(gift_card(seed::summer_campaign().partial_rewards())).await;
    world.put("cart-1", with_card(paid(100))).await;

    let reply = world.put("cart-2", with_card(paid(100))).await;
    let empty = world.put("cart-3", with_card(cart(100))).await;

    let cut = SetDiscount {
        name: "10 % off".into(),
        value: 5.into(),
        desired_value: Some(10.into()),
        ..SetDiscount::default()
    };
    assert!(reply.kinds().contains(&&EffectKind::from(cut)), "{:?}", reply.effects);
    assert_eq!(card(&world), (Some(15.into()), Some(0.into())));
    assert_eq!(empty.coupon_rejection(), CouponRejection::EffectCouldNotBeApplied);
}

async fn a_cancellation_refills_a_gift_card(worlds: Worlds) {
    let world = worlds.with(gift_card(seed::summer_campaign())).await;
    world.put("cart-1", with_card(paid(100))).await;
    let used = card(&world);

    world.put("cart-1", cancelled()).await;

    assert_eq!(used, (Some(10.into()), Some(5.into())));
    assert_eq!(card(&world), (Some(0.into()), Some(15.into())));
}

async fn two_rules_share_a_gift_card(worlds: Worlds) {
    let more = Rule::new("More").when(Condition::coupon_valid()).then(off("more", 6));
    let less = Rule::new("Less").when(Condition::coupon_valid()).then(off("less", 5));
    let world = worlds.with(gift_card(seed::summer_campaign().rule(more).rule(less))).await;

    let reply = world.put("cart-1", with_card(paid(100))).await;

    assert_eq!(reply.discounts(), [("10 % off", 10.into()), ("less", 5.into())]);
    assert_eq!(card(&world), (Some(15.into()), Some(0.into())));
}
