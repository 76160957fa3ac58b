//! Effects of time: expiry, start dates and the last activity.

use std::time::Duration;

use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        success a_coupon_expires_when_the_clock_advances,
        detail a_coupon_becomes_valid_when_the_clock_advances,
        detail a_campaign_runs_from_its_start_to_its_end,
        surprise an_update_of_an_open_session_rejects_an_expired_coupon,
        detail a_closed_session_keeps_the_discount_of_an_expired_coupon,
        detail the_last_activity_is_the_time_of_the_clock,
    }
}

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn with_code() -> NewCustomerSessionV2 {
    cart(100).coupon_codes(["SUMMER10"])
}

fn until_tomorrow() -> Seed {
    let coupon = seed::Coupon::new("SUMMER10").expires(at("2026-01-02T00:00:00Z"));
    seed::coupon(coupon)
}

async fn a_coupon_expires_when_the_clock_advances(worlds: Worlds) {
    let world = worlds.with(until_tomorrow()).await;
    let today = world.put("cart-1", with_code()).await;

    world.clock().advance(DAY);
    let tomorrow = world.put("cart-2", with_code()).await;

    assert_eq!(today.accepted(), ["SUMMER10"]);
    assert_eq!(tomorrow.coupon_rejection(), CouponRejection::CouponExpired);
}

async fn a_coupon_becomes_valid_when_the_clock_advances(worlds: Worlds) {
    let coupon = seed::Coupon::new("SUMMER10").starts(at("2026-01-02T00:00:00Z"));
    let world = worlds.with(seed::coupon(coupon)).await;
    let today = world.put("cart-1", with_code()).await;

    world.clock().advance(DAY);
    let tomorrow = world.put("cart-1", with_code()).await;

    assert_eq!(today.coupon_rejection(), CouponRejection::CouponStartDateInFuture);
    assert_eq!(tomorrow.accepted(), ["SUMMER10"]);
}

async fn a_campaign_runs_from_its_start_to_its_end(worlds: Worlds) {
    let campaign = Campaign {
        start_time: Some(at("2026-01-02T00:00:00Z")),
        end_time: Some(at("2026-01-03T00:00:00Z")),
        ..Campaign::new("One day").rule(seed::ten_percent())
    };
    let world = worlds.with(seed::of(campaign)).await;

    let before = world.put("cart-1", cart(100)).await;
    world.clock().advance(DAY);
    let during = world.put("cart-1", cart(100)).await;
    world.clock().advance(DAY);
    let after = world.put("cart-1", cart(100)).await;

    assert!(before.effects.is_empty() && after.effects.is_empty());
    assert_eq!(during.types(), ["setDiscount"]);
}

async fn an_update_of_an_open_session_rejects_an_expired_coupon(worlds: Worlds) {
    let world = worlds.with(until_tomorrow()).await;
    world.put("cart-1", with_code()).await;

    world.clock().advance(DAY);
    let reply = world.put("cart-1", closed()).await;

    assert_eq!(reply.types(), ["rejectCoupon"]);
    assert_eq!(world.probe().coupon("SUMMER10").expect("seeded").usage_counter, 0);
}

async fn a_closed_session_keeps_the_discount_of_an_expired_coupon(worlds: Worlds) {
    let world = worlds.with(until_tomorrow()).await;
    world.put("cart-1", with_code().state(SessionState::Closed)).await;

    world.clock().advance(DAY);

    assert_eq!(world.probe().coupon("SUMMER10").expect("seeded").usage_counter, 1);
}

async fn the_last_activity_is_the_time_of_the_clock(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put("cart-1", cart(100).profile("anna")).await;

    world.clock().advance(DAY);
    let reply = world.put("cart-1", cart(100)).await;

    assert_eq!(reply.profile().created, at("2026-01-01T00:00:00Z"));
    assert_eq!(reply.profile().last_activity, at("2026-01-02T00:00:00Z"));
}
