//! Coupons in sessions: acceptance, redemption and cancellation.

use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        success a_valid_coupon_is_accepted_before_its_discount,
        detail an_open_session_redeems_nothing,
        detail closing_redeems_the_coupon,
        detail a_cancellation_restores_the_coupon,
        detail a_coupon_may_be_redeemed_again_after_a_cancellation,
        surprise a_coupon_accepted_in_an_open_session_may_be_used_up_at_the_close,
        surprise a_rule_runs_once_for_each_coupon,
        detail one_coupon_may_be_valid_and_another_not,
        surprise an_unknown_code_belongs_to_no_campaign,
        detail rejections_follow_the_effects_of_rules,
        detail codes_are_case_sensitive_by_default,
        detail a_coupon_is_redeemed_up_to_its_usage_limit,
        detail discounts_use_up_a_gift_card,
        detail a_code_is_valid_only_in_its_campaign,
        detail coupons_are_returned_on_request,
        detail a_rule_may_require_one_code,
    }
}

fn with(codes: &[&str]) -> NewCustomerSessionV2 {
    cart(100).coupon_codes(codes.iter().copied())
}

fn paid(codes: &[&str]) -> NewCustomerSessionV2 {
    with(codes).state(SessionState::Closed)
}

fn uses(world: &World, code: &str) -> i64 {
    world.probe().coupon(code).expect("seeded").usage_counter
}

async fn a_valid_coupon_is_accepted_before_its_discount(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;

    let reply = world.put("cart-1", with(&["SUMMER10"])).await;

    assert_eq!(reply.types(), ["acceptCoupon", "setDiscount"]);
    assert_eq!(reply.accepted(), ["SUMMER10"]);
    assert!(reply.effects.iter().all(|effect| effect.campaign_id == seed::campaign_id()));
    let coupon = world.probe().coupon("SUMMER10").expect("seeded");
    assert!(reply.effects.iter().all(|effect| effect.triggered_by_coupon == Some(coupon.id)));
}

async fn an_open_session_redeems_nothing(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;

    world.put("cart-1", with(&["SUMMER10"])).await;

    assert_eq!(uses(&world, "SUMMER10"), 0);
}

async fn closing_redeems_the_coupon(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;
    world.put("cart-1", with(&["SUMMER10"])).await;

    let reply = world.put("cart-1", closed()).await;

    assert_eq!(reply.types(), ["acceptCoupon", "setDiscount"]);
    assert_eq!(uses(&world, "SUMMER10"), 1);
}

async fn a_cancellation_restores_the_coupon(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;
    world.put("cart-1", paid(&["SUMMER10"])).await;

    let reply = world.put("cart-1", cancelled()).await;

    assert_eq!(reply.types(), ["rollbackCoupon", "rollbackDiscount"]);
    assert_eq!(uses(&world, "SUMMER10"), 0);
}

async fn a_coupon_may_be_redeemed_again_after_a_cancellation(worlds: Worlds) {
    let world = worlds.with(seed::coupon(seed::Coupon::new("ONLY-ONE").usage_limit(1))).await;
    world.put("cart-1", paid(&["ONLY-ONE"])).await;
    world.put("cart-1", cancelled()).await;

    let reply = world.put("cart-2", paid(&["ONLY-ONE"])).await;

    assert_eq!(reply.accepted(), ["ONLY-ONE"]);
}

async fn a_coupon_accepted_in_an_open_session_may_be_used_up_at_the_close(worlds: Worlds) {
    let world = worlds.with(seed::coupon(seed::Coupon::new("ONLY-ONE").usage_limit(1))).await;
    let slow = world.put("cart-1", with(&["ONLY-ONE"])).await;
    world.put("cart-2", paid(&["ONLY-ONE"])).await;

    let late = world.put("cart-1", closed()).await;

    assert_eq!(slow.accepted(), ["ONLY-ONE"]);
    assert_eq!(late.session().state, SessionState::Closed);
    assert_eq!(late.coupon_rejection(), CouponRejection::CouponLimitReached);
    assert_eq!(uses(&world, "ONLY-ONE"), 1);
}

async fn a_rule_runs_once_for_each_coupon(worlds: Worlds) {
    let seed = seed::of(seed::summer_campaign().coupon("FIRST").coupon("SECOND"));
    let world = worlds.with(seed).await;

    let reply = world.put("cart-1", with(&["FIRST", "SECOND"])).await;

    assert_eq!(reply.types(), ["acceptCoupon", "setDiscount", "acceptCoupon", "setDiscount"]);
    assert_eq!(reply.accepted(), ["FIRST", "SECOND"]);
    let ids = ["FIRST", "SECOND"].map(|code| world.probe().coupon(code).expect("seeded").id);
    let triggers = reply.effects.iter().map(|effect| effect.triggered_by_coupon);
    assert!(triggers.eq([ids[0], ids[0], ids[1], ids[1]].map(Some)));
}

async fn one_coupon_may_be_valid_and_another_not(worlds: Worlds) {
    let used_up = seed::Coupon::new("EXPIRED").expires(at("2025-01-01T00:00:00Z"));
    let seed = seed::of(seed::summer_campaign().coupon("SUMMER10").coupon(used_up));
    let world = worlds.with(seed).await;

    let reply = world.put("cart-1", with(&["EXPIRED", "SUMMER10"])).await;

    assert_eq!(reply.accepted(), ["SUMMER10"]);
    assert_eq!(reply.coupon_rejection(), CouponRejection::CouponExpired);
}

async fn an_unknown_code_belongs_to_no_campaign(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;

    let reply = world.put("cart-1", with(&["NOBODY"])).await;

    let effect = &reply.effects[0];
    assert_eq!(reply.coupon_rejection(), CouponRejection::CouponNotFound);
    assert_eq!((effect.campaign_id.get(), effect.ruleset_id.get()), (-1, -1));
    assert_eq!((effect.rule_index, effect.rule_name.as_str()), (-1, ""));
}

async fn rejections_follow_the_effects_of_rules(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;

    let sent = with(&["NOBODY", "SUMMER10"]).referral_code("NOBODY");
    let reply = world.put("cart-1", sent).await;

    let types = ["acceptCoupon", "setDiscount", "rejectCoupon", "rejectReferral"];
    assert_eq!(reply.types(), types);
}

async fn codes_are_case_sensitive_by_default(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;

    let reply = world.put("cart-1", with(&["summer10"])).await;

    assert_eq!(reply.coupon_rejection(), CouponRejection::CouponNotFound);
}

async fn a_coupon_is_redeemed_up_to_its_usage_limit(worlds: Worlds) {
    let world = worlds.with(seed::coupon(seed::Coupon::new("TWICE").usage_limit(2))).await;
    world.put("cart-1", paid(&["TWICE"])).await;

    let second = world.put("cart-2", paid(&["TWICE"])).await;
    let third = world.put("cart-3", paid(&["TWICE"])).await;

    assert_eq!(second.accepted(), ["TWICE"]);
    assert_eq!(third.coupon_rejection(), CouponRejection::CouponLimitReached);
    assert_eq!(uses(&world, "TWICE"), 2);
}

async fn discounts_use_up_a_gift_card(worlds: Worlds) {
    let world = worlds.with(seed::coupon(seed::Coupon::new("GIFT").discount_limit(15))).await;

    let first = world.put("cart-1", paid(&["GIFT"])).await;
    let second = world.put("cart-2", paid(&["GIFT"])).await;

    let card = world.probe().coupon("GIFT").expect("seeded");
    assert_eq!(first.discounts(), [("10 % off", 10.into())]);
    assert_eq!(second.coupon_rejection(), CouponRejection::EffectCouldNotBeApplied);
    assert_eq!(card.discount_counter, Some(10.into()));
    assert_eq!(card.discount_remainder, Some(5.into()));
}

async fn a_code_is_valid_only_in_its_campaign(worlds: Worlds) {
    let other = Campaign::new("Other").rule(
        Rule::new("Other")
            .when(Condition::coupon_valid())
            .then(Reward::set_discount("other", Discount::amount(1))),
    );
    let world = worlds.with(seed::summer().campaign(other)).await;

    let reply = world.put("cart-1", with(&["SUMMER10"])).await;

    assert_eq!(reply.discounts(), [("10 % off", 10.into())]);
}

async fn coupons_are_returned_on_request(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;

    let reply = world.put("cart-1", paid(&["NOBODY", "SUMMER10"]).profile("anna")).await;

    let coupons = reply.coupons.expect("asked for");
    assert_eq!(coupons.len(), 1);
    assert_eq!(coupons[0].value, "SUMMER10");
    assert_eq!(coupons[0].usage_counter, 1);
}

async fn a_rule_may_require_one_code(worlds: Worlds) {
    let rule = seed::ten_percent().when(Condition::CouponIs(vec!["FIRST".into()]));
    let seed = seed::of(Campaign::new("Codes").coupon("FIRST").coupon("SECOND").rule(rule));
    let world = worlds.with(seed).await;

    let reply = world.put("cart-1", with(&["FIRST", "SECOND"])).await;

    assert_eq!(reply.accepted(), ["FIRST"]);
    assert_eq!(reply.coupon_rejection(), CouponRejection::CouponRejectedByCondition);
}
