//! The clock.

use std::time::Duration;

use talon_core::prelude::*;

use crate::shop::{profile, talon};

fn at(text: &str) -> Timestamp {
    text.parse().expect("a timestamp")
}

#[tokio::test]
async fn the_clock_does_not_move_between_calls() {
    let talon = talon();

    for id in ["anna", "ben"] {
        talon.update_customer_profile_v2(profile(id)).await.unwrap();
    }

    assert_eq!(talon.clock().now(), at("2026-03-01T09:00:00Z"));
    assert_eq!(talon.profile("anna").unwrap().created, talon.profile("ben").unwrap().created);
}

#[tokio::test]
async fn calls_see_the_time_that_was_set() {
    let talon = talon();
    talon.clock().advance(Duration::from_secs(90));
    talon.update_customer_profile_v2(profile("anna")).await.unwrap();

    talon.clock().set(at("2020-01-01T00:00:00Z"));
    talon.update_customer_profile_v2(profile("ben")).await.unwrap();

    assert_eq!(talon.profile("anna").unwrap().created, at("2026-03-01T09:01:30Z"));
    assert_eq!(talon.profile("ben").unwrap().created, at("2020-01-01T00:00:00Z"));
}

#[test]
fn the_clock_stops_at_the_maximum_time() {
    let talon = talon();

    talon.clock().advance(Duration::MAX);

    assert_eq!(talon.clock().now(), at("9999-12-30T22:00:00Z"));

    talon.clock().set(at("9999-12-31T12:00:00Z"));
    talon.clock().advance(Duration::MAX);

    assert_eq!(talon.clock().now(), at("9999-12-31T12:00:00Z"));
}

#[test]
fn the_clock_follows_the_system_only_on_request() {
    let talon = talon();
    let seeded = talon.clock().now();
    assert!(!talon.clock().follows_system());

    talon.clock().follow_system();
    assert!(talon.clock().follows_system());
    assert_ne!(talon.clock().now(), seeded);

    talon.clock().set(seeded);
    assert!(!talon.clock().follows_system());
    assert_eq!(talon.clock().now(), seeded);
}

#[test]
fn a_reset_resets_the_clock() {
    let talon = talon();
    talon.clock().follow_system();

    talon.reset();

    assert_eq!(talon.clock().now(), at("2026-03-01T09:00:00Z"));
}
