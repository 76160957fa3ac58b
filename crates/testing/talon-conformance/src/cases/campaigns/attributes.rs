//! Conditions on attributes of every type.

use serde_json::json;
use talon_fake::rules::{AttributeTest, Near};

use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        detail a_text_is_compared_whole,
        surprise numbers_are_equal_by_value,
        detail a_number_is_within_bounds,
        detail a_boolean_is_true_or_false,
        surprise a_time_is_from_and_before_an_instant,
        detail a_place_is_near,
        surprise a_place_as_text_has_no_distance,
        detail a_list_contains,
        detail a_value_is_one_of_several,
        detail an_attribute_is_present_or_absent,
        detail every_member_of_a_test_must_hold,
        surprise a_value_of_another_type_does_not_match,
        detail attributes_of_the_profile_are_tested,
        surprise anonymous_customers_have_no_attributes,
        detail attributes_of_earlier_updates_are_tested,
    }
    "trackEvent" {
        detail rules_for_another_event_do_not_run,
        detail attributes_of_the_event_are_tested,
        surprise an_update_of_a_session_is_not_an_event,
    }
}

/// 10 % off for sessions whose attribute passes the test.
fn with(test: AttributeTest) -> Seed {
    seed::when(Condition::SessionAttribute(test))
}

fn session(name: &str, value: impl Into<serde_json::Value>) -> NewCustomerSessionV2 {
    cart(100).attributes(Attributes::new().with(name, value))
}

async fn a_text_is_compared_whole(worlds: Worlds) {
    let world = worlds.with(with(AttributeTest::is("City", "Berlin"))).await;

    assert!(world.fires("cart-1", session("City", "Berlin")).await);
    assert!(!world.fires("cart-1", session("City", "berlin")).await);
    assert!(!world.fires("cart-1", session("City", "Berlin-Mitte")).await);
}

async fn numbers_are_equal_by_value(worlds: Worlds) {
    let world = worlds.with(with(AttributeTest::is("Visits", 7))).await;

    assert!(world.fires("cart-1", session("Visits", 7)).await);
    assert!(world.fires("cart-1", session("Visits", 7.0)).await);
    assert!(!world.fires("cart-1", session("Visits", 7.5)).await);
}

async fn a_number_is_within_bounds(worlds: Worlds) {
    let test = AttributeTest::within("Visits", Range::at_least(amount("2.5")));
    let world = worlds.with(with(test)).await;

    assert!(world.fires("cart-1", session("Visits", 2.5)).await);
    assert!(world.fires("cart-1", session("Visits", 3)).await);
    assert!(!world.fires("cart-1", session("Visits", 2)).await);
}

async fn a_boolean_is_true_or_false(worlds: Worlds) {
    let world = worlds.with(with(AttributeTest::is("Gift", true))).await;

    assert!(world.fires("cart-1", session("Gift", true)).await);
    assert!(!world.fires("cart-1", session("Gift", false)).await);
}

async fn a_time_is_from_and_before_an_instant(worlds: Worlds) {
    let test = AttributeTest {
        from: Some(at("2026-01-01T00:00:00Z")),
        before: Some(at("2026-01-02T00:00:00Z")),
        ..AttributeTest::exists("Delivery")
    };
    let world = worlds.with(with(test)).await;

    assert!(!world.fires("cart-1", session("Delivery", "2025-12-31T23:59:59Z")).await);
    assert!(world.fires("cart-1", session("Delivery", "2026-01-01T00:00:00Z")).await);
    assert!(world.fires("cart-1", session("Delivery", "2026-01-02T00:30:00+01:00")).await);
    assert!(!world.fires("cart-1", session("Delivery", "2026-01-02T00:00:00Z")).await);
}

fn near_potsdam(km: f64) -> AttributeTest {
    AttributeTest::near("Home", Near { lat: 52.396, lon: 13.058, km })
}

async fn a_place_is_near(worlds: Worlds) {
    let near = worlds.with(with(near_potsdam(30.0))).await;
    let nearer = worlds.with(with(near_potsdam(20.0))).await;
    let berlin = || session("Home", json!({"lat": 52.52, "lon": 13.405}));

    assert!(near.fires("cart-1", berlin()).await);
    assert!(!nearer.fires("cart-1", berlin()).await);
}

async fn a_place_as_text_has_no_distance(worlds: Worlds) {
    let world = worlds.with(with(near_potsdam(30.0))).await;

    assert!(!world.fires("cart-1", session("Home", "Potsdam")).await);
}

async fn a_list_contains(worlds: Worlds) {
    let world = worlds.with(with(AttributeTest::contains("Tags", "vip"))).await;

    assert!(world.fires("cart-1", session("Tags", json!(["early", "vip"]))).await);
    assert!(!world.fires("cart-1", session("Tags", json!(["early"]))).await);
    assert!(!world.fires("cart-1", session("Tags", json!([]))).await);
}

async fn a_value_is_one_of_several(worlds: Worlds) {
    let precious = Some(vec!["gold".into(), "silver".into()]);
    let test = AttributeTest { one_of: precious, ..AttributeTest::exists("Tier") };
    let world = worlds.with(with(test)).await;

    assert!(world.fires("cart-1", session("Tier", "silver")).await);
    assert!(!world.fires("cart-1", session("Tier", "bronze")).await);
}

async fn an_attribute_is_present_or_absent(worlds: Worlds) {
    let world = worlds.with(with(AttributeTest::exists("Tier"))).await;

    assert!(!world.fires("cart-1", cart(100)).await);
    assert!(world.fires("cart-1", session("Tier", "")).await);
    assert!(!world.fires("cart-1", session("Tier", json!(null))).await);
}

async fn every_member_of_a_test_must_hold(worlds: Worlds) {
    let test = AttributeTest {
        range: Some(Range::below(10)),
        one_of: Some(vec![5.into(), 15.into()]),
        ..AttributeTest::exists("Visits")
    };
    let world = worlds.with(with(test)).await;

    assert!(world.fires("cart-1", session("Visits", 5)).await);
    assert!(!world.fires("cart-1", session("Visits", 6)).await);
    assert!(!world.fires("cart-1", session("Visits", 15)).await);
}

async fn a_value_of_another_type_does_not_match(worlds: Worlds) {
    let test = AttributeTest::within("Visits", Range::default());
    let world = worlds.with(with(test)).await;

    assert!(!world.fires("cart-1", session("Visits", true)).await);
    assert!(!world.fires("cart-1", session("Visits", json!([1]))).await);
    assert!(world.fires("cart-1", session("Visits", 0)).await);
}

async fn attributes_of_the_profile_are_tested(worlds: Worlds) {
    let gold = Condition::ProfileAttribute(AttributeTest::is("Tier", "gold"));
    let seed = seed::when(gold).profile("anna", Attributes::new().with("Tier", "gold"));
    let world = worlds.with(seed).await;

    assert!(world.fires("cart-1", cart(100).profile("anna")).await);
    assert!(!world.fires("cart-2", cart(100).profile("bert")).await);
}

async fn anonymous_customers_have_no_attributes(worlds: Worlds) {
    let gold = Condition::ProfileAttribute(AttributeTest::exists("Tier"));
    let world = worlds.with(seed::when(gold.clone())).await;
    let reversed = worlds.with(seed::when(!gold)).await;

    assert!(!world.fires("cart-1", cart(100)).await);
    assert!(reversed.fires("cart-1", cart(100)).await);
}

async fn attributes_of_earlier_updates_are_tested(worlds: Worlds) {
    let world = worlds.with(with(AttributeTest::is("City", "Berlin"))).await;
    world.put("cart-1", session("City", "Berlin")).await;

    assert!(world.fires("cart-1", cart(200)).await);
}

fn shared(name: &str) -> NewEvent {
    NewEvent::new(name, "cart-1")
}

async fn rules_for_another_event_do_not_run(worlds: Worlds) {
    let world = worlds.with(seed::when(Condition::event("shared_link"))).await;

    let shared_link = world.track(shared("shared_link")).await;
    let liked = world.track(shared("liked")).await;

    assert_eq!(shared_link.event.types(), ["setDiscount"]);
    assert!(liked.event.effects.is_empty());
}

async fn attributes_of_the_event_are_tested(worlds: Worlds) {
    let test = AttributeTest::within("Stars", Range::at_least(4));
    let world = worlds.with(seed::when(Condition::EventAttribute(test))).await;
    let rated = |stars: i64| shared("rated").attributes(Attributes::new().with("Stars", stars));

    let well = world.track(rated(4)).await;
    let badly = world.track(rated(3)).await;

    assert_eq!(well.event.types(), ["setDiscount"]);
    assert!(badly.event.effects.is_empty());
}

async fn an_update_of_a_session_is_not_an_event(worlds: Worlds) {
    let event = Condition::event("talon_session_created");
    let attribute = Condition::EventAttribute(AttributeTest::exists("Stars"));
    let world = worlds.with(seed::when(Condition::Any(vec![event, attribute]))).await;

    assert!(!world.fires("cart-1", session("Stars", 5)).await);
}
