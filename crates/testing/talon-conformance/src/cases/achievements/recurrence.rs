//! Periods and recurrence of achievements. BEHAVIOUR-today 6.2.

use std::collections::BTreeSet;

use talon_core::model::AchievementRecurrencePolicy::{OnCompletion, OnExpiration};
use talon_core::model::AchievementStatus::{Completed, Expired, InProgress, NotStarted};

use super::{
    hours, increases, paid, progress_of, recurring, spending_on, standing, step, steps, ten,
    trackers,
};
use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        detail an_achievement_is_completed_once,
        surprise an_expired_achievement_is_not_restarted,
        detail on_expiration_another_tracker_is_opened,
        detail a_completed_tracker_lasts_until_its_end,
        detail on_completion_the_surplus_goes_to_the_next_tracker,
        surprise on_completion_no_tracker_is_current_after_an_exact_step,
        detail on_completion_the_condition_holds_in_the_evaluation_that_completes,
        detail on_completion_a_reward_completes_a_thousand_trackers_at_most,
        detail a_fixed_schedule_has_the_same_periods_for_all_customers,
        detail a_fixed_schedule_allows_no_progress_before_its_start,
        detail a_fixed_schedule_without_recurrence_has_one_period,
        surprise periods_follow_the_time_zone_of_the_application,
        detail an_achievement_may_have_its_own_time_zone,
    }
}

fn period(text: &str) -> talon_fake::rules::Period {
    text.parse().expect("a period")
}

async fn an_achievement_is_completed_once(worlds: Worlds) {
    let world = worlds.with(spending_on(ten().period(period("1D")))).await;
    world.put("cart-1", paid(10)).await;
    world.clock().advance(hours(48));

    assert!(!world.fires("cart-2", paid(4)).await);
    assert_eq!(standing(&world).await, (Completed, 10.into()));
}

async fn an_expired_achievement_is_not_restarted(worlds: Worlds) {
    let world = worlds.with(spending_on(ten().period(period("1D")))).await;
    world.put("cart-1", paid(4)).await;
    world.clock().advance(hours(24));

    assert!(!world.fires("cart-2", paid(4)).await);
    assert_eq!(standing(&world).await, (Expired, 4.into()));
    assert_eq!(trackers(&world).await, [(Expired, 4.into())]);
}

async fn on_expiration_another_tracker_is_opened(worlds: Worlds) {
    let world = worlds.with(spending_on(recurring(OnExpiration).period(period("1D")))).await;
    world.put("cart-1", paid(4)).await;
    world.clock().advance(hours(24));
    let between = standing(&world).await;

    let reply = world.put("cart-2", paid(5)).await;

    assert_eq!(between, (NotStarted, 0.into()));
    assert_eq!(steps(&reply), [step(5, 5, false)]);
    assert_eq!(trackers(&world).await, [(InProgress, 5.into()), (Expired, 4.into())]);
    assert_eq!(progress_of(&world, "anna").await.start_date, Some(world.clock().now()));
}

async fn a_completed_tracker_lasts_until_its_end(worlds: Worlds) {
    let world = worlds.with(spending_on(recurring(OnExpiration).period(period("1D")))).await;
    world.put("cart-1", paid(10)).await;
    let is_done = !world.fires("cart-2", paid(1)).await;
    world.clock().advance(hours(24));

    assert!(is_done && world.fires("cart-3", paid(1)).await);
    assert_eq!(trackers(&world).await, [(InProgress, 1.into()), (Completed, 10.into())]);
}

async fn on_completion_the_surplus_goes_to_the_next_tracker(worlds: Worlds) {
    let world = worlds.with(spending_on(recurring(OnCompletion))).await;

    let reply = world.put("cart-1", paid(25)).await;

    assert_eq!(steps(&reply), [step(10, 10, true), step(10, 10, true), step(5, 5, false)]);
    let ids: BTreeSet<_> = increases(&reply).iter().map(|it| it.progress_tracker_id).collect();
    assert_eq!(ids.len(), 3);
    let completed = (Completed, 10.into());
    assert_eq!(trackers(&world).await, [(InProgress, 5.into()), completed.clone(), completed]);
    assert_eq!(progress_of(&world, "anna").await.end_date, None);
}

async fn on_completion_no_tracker_is_current_after_an_exact_step(worlds: Worlds) {
    let world = worlds.with(spending_on(recurring(OnCompletion))).await;

    world.put("cart-1", paid(10)).await;

    assert_eq!(standing(&world).await, (NotStarted, 0.into()));
    assert_eq!(trackers(&world).await, [(Completed, 10.into())]);
}

async fn on_completion_the_condition_holds_in_the_evaluation_that_completes(worlds: Worlds) {
    let completed = Condition::AchievementCompleted(super::ID.into());
    let campaign = super::counting().rule(seed::ten_percent().when(completed));
    let world = worlds.with(seed::of(campaign).achievement(recurring(OnCompletion))).await;

    let reaching = world.put("cart-1", paid(11)).await;
    let next = world.put("cart-2", paid(1)).await;

    assert_eq!(reaching.discounts().len(), 1);
    assert_eq!(next.types(), ["increaseAchievementProgress"]);
}

async fn on_completion_a_reward_completes_a_thousand_trackers_at_most(worlds: Worlds) {
    let world = worlds.with(spending_on(recurring(OnCompletion))).await;

    let reply = world.put("cart-1", paid(10_001)).await;

    assert_eq!(reply.effects.len(), 1000);
    assert_eq!(standing(&world).await, (NotStarted, 0.into()));
}

/// Months from the start of the year on.
fn months() -> talon_fake::Achievement {
    recurring(OnExpiration).fixed_schedule(at("2026-01-01T00:00:00Z")).period(period("1M"))
}

async fn a_fixed_schedule_has_the_same_periods_for_all_customers(worlds: Worlds) {
    let world = worlds.with(spending_on(months())).await;
    world.clock().set(at("2026-02-10T10:00:00Z"));
    world.put("cart-1", paid(4)).await;
    world.clock().set(at("2026-02-20T10:00:00Z"));
    world.put("cart-2", paid(4).profile("bert")).await;

    for profile in ["anna", "bert"] {
        let progress = progress_of(&world, profile).await;
        assert_eq!(progress.start_date, Some(at("2026-02-01T00:00:00Z")));
        assert_eq!(progress.end_date, Some(at("2026-03-01T00:00:00Z")));
    }
    world.clock().set(at("2026-03-01T00:00:00Z"));
    assert_eq!(standing(&world).await, (NotStarted, 0.into()));
    assert_eq!(steps(&world.put("cart-3", paid(1)).await), [step(1, 1, false)]);
}

async fn a_fixed_schedule_allows_no_progress_before_its_start(worlds: Worlds) {
    let later = ten().fixed_schedule(at("2026-06-01T00:00:00Z"));
    let world = worlds.with(spending_on(later)).await;

    let before = world.fires("cart-1", paid(4)).await;
    world.clock().set(at("2026-06-01T00:00:00Z"));

    assert!(!before && world.fires("cart-2", paid(4)).await);
}

async fn a_fixed_schedule_without_recurrence_has_one_period(worlds: Worlds) {
    let once = ten().fixed_schedule(at("2026-01-01T00:00:00Z")).period(period("1M"));
    let world = worlds.with(spending_on(once)).await;
    world.clock().set(at("2026-01-31T23:59:59Z"));
    let within = world.fires("cart-1", paid(4)).await;

    world.clock().set(at("2026-02-01T00:00:00Z"));

    assert!(within && !world.fires("cart-2", paid(4)).await);
    assert!(!world.fires("cart-3", paid(4).profile("bert")).await);
    assert_eq!(standing(&world).await, (Expired, 4.into()));
}

async fn periods_follow_the_time_zone_of_the_application(worlds: Worlds) {
    let quarter = recurring(OnExpiration).period(period("3M_U"));
    let world = worlds.with(spending_on(quarter).time_zone("Europe/Berlin")).await;
    world.clock().set(at("2026-01-31T23:30:00Z"));

    world.put("cart-1", paid(4)).await;

    // In Berlin it is the first of February; summer time begins before the end of May.
    let progress = progress_of(&world, "anna").await;
    assert_eq!(progress.end_date, Some(at("2026-05-31T21:59:59Z")));
}

async fn an_achievement_may_have_its_own_time_zone(worlds: Worlds) {
    let mut quarter = recurring(OnExpiration).period(period("3M_U"));
    quarter.time_zone = Some("America/New_York".to_owned());
    let world = worlds.with(spending_on(quarter).time_zone("Europe/Berlin")).await;
    world.clock().set(at("2026-01-31T23:30:00Z"));

    world.put("cart-1", paid(4)).await;

    // In New York it is January; summer time has begun before the end of April.
    let progress = progress_of(&world, "anna").await;
    assert_eq!(progress.end_date, Some(at("2026-05-01T03:59:59Z")));
}
