//! Conditions on day, weekday and hour, in the time zone of the application.

use std::time::Duration;

use talon_fake::rules::{Days, Weekday};

use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        detail a_range_of_days_includes_both_ends,
        detail a_range_of_days_may_be_open,
        detail a_weekday_is_one_of_several,
        detail an_hour_is_within_bounds,
        surprise a_day_begins_in_the_time_zone_of_the_application,
        surprise a_weekday_begins_in_the_time_zone_of_the_application,
        surprise an_hour_is_in_the_time_zone_of_the_application,
        surprise daylight_saving_time_shifts_the_hour,
        surprise the_end_of_daylight_saving_time_repeats_an_hour,
        surprise the_start_of_daylight_saving_time_skips_an_hour,
        surprise a_dry_run_may_be_evaluated_at_a_later_time,
    }
}

const HOUR: Duration = Duration::from_secs(60 * 60);

fn first_of_march() -> Condition {
    let day = Some("2026-03-01".parse().expect("a day"));
    Condition::Date(Days { from: day, until: day })
}

/// Whether the condition holds at each instant, in this time zone.
async fn holds<const N: usize>(
    worlds: Worlds,
    condition: Condition,
    zone: &str,
    instants: [&str; N],
) -> [bool; N] {
    let mut held = [false; N];
    for (instant, held) in instants.into_iter().zip(&mut held) {
        let seed = seed::when(condition.clone()).time_zone(zone).now(instant);
        *held = worlds.with(seed).await.fires("cart-1", cart(100)).await;
    }
    held
}

async fn a_range_of_days_includes_both_ends(worlds: Worlds) {
    let days = Days {
        from: Some("2026-03-01".parse().expect("a day")),
        until: Some("2026-03-02".parse().expect("a day")),
    };
    let instants = [
        "2026-02-28T23:59:59Z",
        "2026-03-01T00:00:00Z",
        "2026-03-02T23:59:59Z",
        "2026-03-03T00:00:00Z",
    ];

    let held = holds(worlds, Condition::Date(days), "UTC", instants).await;

    assert_eq!(held, [false, true, true, false]);
}

async fn a_range_of_days_may_be_open(worlds: Worlds) {
    let from = Days { from: Some("2026-03-01".parse().expect("a day")), until: None };
    let until = Days { from: None, until: Some("2026-03-01".parse().expect("a day")) };
    let instants = ["1999-01-01T00:00:00Z", "2026-03-01T12:00:00Z", "2099-01-01T00:00:00Z"];

    let later = holds(worlds, Condition::Date(from), "UTC", instants).await;
    let earlier = holds(worlds, Condition::Date(until), "UTC", instants).await;

    assert_eq!(later, [false, true, true]);
    assert_eq!(earlier, [true, true, false]);
}

async fn a_weekday_is_one_of_several(worlds: Worlds) {
    let weekend = Condition::Weekday(vec![Weekday::Saturday, Weekday::Sunday]);
    let instants = [
        "2026-01-02T23:59:59Z",
        "2026-01-03T00:00:00Z",
        "2026-01-04T23:59:59Z",
        "2026-01-05T00:00:00Z",
    ];

    let held = holds(worlds, weekend, "UTC", instants).await;

    assert_eq!(held, [false, true, true, false]);
}

async fn an_hour_is_within_bounds(worlds: Worlds) {
    let office = Range { below: Some(17.into()), ..Range::at_least(9) };
    let instants = [
        "2026-01-01T08:59:59Z",
        "2026-01-01T09:00:00Z",
        "2026-01-01T16:59:59Z",
        "2026-01-01T17:00:00Z",
    ];

    let held = holds(worlds, Condition::Hour(office), "UTC", instants).await;

    assert_eq!(held, [false, true, true, false]);
}

async fn a_day_begins_in_the_time_zone_of_the_application(worlds: Worlds) {
    let instants = ["2026-02-28T23:30:00Z", "2026-03-01T22:59:59Z", "2026-03-01T23:00:00Z"];

    let utc = holds(worlds, first_of_march(), "UTC", instants).await;
    let berlin = holds(worlds, first_of_march(), "Europe/Berlin", instants).await;

    assert_eq!(utc, [false, true, true]);
    assert_eq!(berlin, [true, true, false]);
}

async fn a_weekday_begins_in_the_time_zone_of_the_application(worlds: Worlds) {
    let sunday = Condition::Weekday(vec![Weekday::Sunday]);
    let instants = ["2026-01-03T23:30:00Z", "2026-01-04T12:00:00Z", "2026-01-04T23:30:00Z"];

    let utc = holds(worlds, sunday.clone(), "UTC", instants).await;
    let berlin = holds(worlds, sunday, "Europe/Berlin", instants).await;

    assert_eq!(utc, [false, true, true]);
    assert_eq!(berlin, [true, true, false]);
}

async fn an_hour_is_in_the_time_zone_of_the_application(worlds: Worlds) {
    let noon = Condition::Hour(Range::exactly(12));
    let instants = ["2026-01-01T11:30:00Z", "2026-01-01T12:30:00Z"];

    let utc = holds(worlds, noon.clone(), "UTC", instants).await;
    let berlin = holds(worlds, noon, "Europe/Berlin", instants).await;

    assert_eq!(utc, [false, true]);
    assert_eq!(berlin, [true, false]);
}

async fn daylight_saving_time_shifts_the_hour(worlds: Worlds) {
    let noon = Condition::Hour(Range::exactly(12));
    let instants = ["2026-03-28T11:30:00Z", "2026-03-29T10:30:00Z", "2026-03-29T11:30:00Z"];

    let berlin = holds(worlds, noon, "Europe/Berlin", instants).await;

    assert_eq!(berlin, [true, true, false]);
}

/// Whether it is 2 o'clock in Berlin, at half past three consecutive hours.
async fn two_o_clock(worlds: Worlds, instants: [&str; 3]) -> [bool; 3] {
    holds(worlds, Condition::Hour(Range::exactly(2)), "Europe/Berlin", instants).await
}

async fn the_end_of_daylight_saving_time_repeats_an_hour(worlds: Worlds) {
    let instants = ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z"];

    assert_eq!(two_o_clock(worlds, instants).await, [true, true, false]);
}

async fn the_start_of_daylight_saving_time_skips_an_hour(worlds: Worlds) {
    let instants = ["2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z", "2026-03-29T02:30:00Z"];

    assert_eq!(two_o_clock(worlds, instants).await, [false, false, false]);
}

async fn a_dry_run_may_be_evaluated_at_a_later_time(worlds: Worlds) {
    let world = worlds.with(seed::when(first_of_march()).now("2026-02-28T12:00:00Z")).await;
    let ahead = UpdateCustomerSessionV2::new("cart-1", cart(100)).dry(true);

    let tomorrow = world.send(ahead.now(at("2026-03-01T12:00:00Z"))).await;
    let today = world.fires("cart-1", cart(100)).await;
    world.clock().advance(12 * HOUR);

    assert_eq!(tomorrow.types(), ["setDiscount"]);
    assert!(!today && world.fires("cart-1", cart(100)).await);
}
