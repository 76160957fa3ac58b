//! Limits with a period, in the time zone of the application.

use std::time::Duration;

use talon_core::model::LimitPeriod;

use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        success a_daily_limit_is_reset_every_day,
        detail a_weekly_limit_is_reset_on_monday,
        detail a_monthly_limit_is_reset_on_the_first,
        detail a_yearly_limit_is_reset_at_new_year,
        surprise the_week_of_new_year_is_one_week,
        surprise a_period_begins_in_the_time_zone_of_the_application,
        surprise a_day_may_have_23_hours_or_25,
        surprise a_cancellation_restores_the_period_of_the_close,
        detail a_limit_without_a_period_is_never_reset,
        detail a_budget_of_discounts_is_reset,
        surprise each_customer_has_a_separate_period,
    }
}

const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn once(period: Option<LimitPeriod>, entities: &[LimitEntity]) -> Seed {
    let limit = seed::limit(LimitAction::RedeemCoupon, 1, entities);
    let limit = LimitConfig { period, ..limit };
    seed::of(seed::summer_campaign().coupon("SUMMER10").limit(limit))
}

fn with_code() -> NewCustomerSessionV2 {
    cart(100).coupon_codes(["SUMMER10"])
}

fn paid() -> NewCustomerSessionV2 {
    with_code().state(SessionState::Closed)
}

/// Redeems the coupon, and returns whether it may be redeemed again after each step.
async fn again<const N: usize>(world: &World, steps: [Duration; N]) -> [bool; N] {
    world.put("redeemed", paid()).await;
    let mut again = [false; N];
    for (step, again) in steps.into_iter().zip(&mut again) {
        world.clock().advance(step);
        *again = !world.put("cart", with_code()).await.accepted().is_empty();
    }
    again
}

async fn a_daily_limit_is_reset_every_day(worlds: Worlds) {
    let seed = once(Some(LimitPeriod::Daily), &[]).now("2026-03-31T12:00:00Z");
    let world = worlds.with(seed).await;

    assert_eq!(again(&world, [11 * HOUR, HOUR]).await, [false, true]);
}

async fn a_weekly_limit_is_reset_on_monday(worlds: Worlds) {
    let saturday = once(Some(LimitPeriod::Weekly), &[]).now("2026-02-28T00:00:00Z");
    let world = worlds.with(saturday).await;

    assert_eq!(again(&world, [DAY, DAY]).await, [false, true]);
}

async fn a_monthly_limit_is_reset_on_the_first(worlds: Worlds) {
    let seed = once(Some(LimitPeriod::Monthly), &[]).now("2026-02-01T00:00:00Z");
    let world = worlds.with(seed).await;

    assert_eq!(again(&world, [27 * DAY, DAY]).await, [false, true]);
}

async fn a_yearly_limit_is_reset_at_new_year(worlds: Worlds) {
    let seed = once(Some(LimitPeriod::Yearly), &[]).now("2026-01-01T00:00:00Z");
    let world = worlds.with(seed).await;

    assert_eq!(again(&world, [364 * DAY, DAY]).await, [false, true]);
}

async fn the_week_of_new_year_is_one_week(worlds: Worlds) {
    let wednesday = once(Some(LimitPeriod::Weekly), &[]).now("2025-12-31T00:00:00Z");
    let world = worlds.with(wednesday).await;

    assert_eq!(again(&world, [DAY, 3 * DAY, DAY]).await, [false, false, true]);
}

async fn a_period_begins_in_the_time_zone_of_the_application(worlds: Worlds) {
    let seed = || once(Some(LimitPeriod::Daily), &[]).now("2026-01-01T22:30:00Z");
    let utc = worlds.with(seed()).await;
    let berlin = worlds.with(seed().time_zone("Europe/Berlin")).await;

    assert_eq!(again(&utc, [HOUR, HOUR]).await, [false, true]);
    assert_eq!(again(&berlin, [HOUR, HOUR]).await, [true, true]);
}

async fn a_day_may_have_23_hours_or_25(worlds: Worlds) {
    let berlin = || once(Some(LimitPeriod::Daily), &[]).time_zone("Europe/Berlin");
    let short = worlds.with(berlin().now("2026-03-28T23:30:00Z")).await;
    let long = worlds.with(berlin().now("2026-10-24T22:30:00Z")).await;

    assert_eq!(again(&short, [22 * HOUR, HOUR]).await, [false, true]);
    assert_eq!(again(&long, [24 * HOUR, HOUR]).await, [false, true]);
}

async fn a_cancellation_restores_the_period_of_the_close(worlds: Worlds) {
    let world = worlds.with(once(Some(LimitPeriod::Daily), &[])).await;
    world.put("yesterday", paid()).await;
    world.clock().advance(DAY);
    world.put("today", paid()).await;

    world.put("yesterday", cancelled()).await;
    let reply = world.put("cart-1", with_code()).await;

    assert_eq!(reply.coupon_rejection(), CouponRejection::CampaignLimitReached);
}

async fn a_limit_without_a_period_is_never_reset(worlds: Worlds) {
    let world = worlds.with(once(None, &[])).await;

    assert_eq!(again(&world, [DAY, 1000 * DAY]).await, [false, false]);
}

async fn a_budget_of_discounts_is_reset(worlds: Worlds) {
    let limit = LimitConfig {
        period: Some(LimitPeriod::Daily),
        ..seed::limit(LimitAction::SetDiscount, 15, &[])
    };
    let world =
        worlds.with(seed::of(seed::summer_campaign().coupon("SUMMER10").limit(limit))).await;

    assert_eq!(again(&world, [HOUR, DAY]).await, [false, true]);
}

async fn each_customer_has_a_separate_period(worlds: Worlds) {
    let world = worlds.with(once(Some(LimitPeriod::Daily), &[LimitEntity::Profile])).await;
    world.put("cart-1", paid().profile("anna")).await;

    let bert = world.put("cart-2", paid().profile("bert")).await;
    let anna = world.put("cart-3", with_code().profile("anna")).await;
    world.clock().advance(DAY);
    let tomorrow = world.put("cart-3", with_code().profile("anna")).await;

    assert_eq!(bert.accepted(), ["SUMMER10"]);
    assert_eq!(anna.coupon_rejection(), CouponRejection::ProfileLimitReached);
    assert_eq!(tomorrow.accepted(), ["SUMMER10"]);
}
