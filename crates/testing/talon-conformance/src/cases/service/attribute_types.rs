//! Attributes of every type, for all objects with attributes.

use serde_json::{Value, json};
use talon_fake::rules::{AttributeTest, Near};

use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        detail attributes_of_a_session,
        detail attributes_of_a_profile,
        detail attributes_of_an_item,
        refused(400) times_of_sessions_and_items_are_rfc_3339_to_the_letter,
    }
    "updateCustomerProfileV2" { refused(400) times_of_profiles_are_rfc_3339_to_the_letter, }
    "trackEvent" {
        detail attributes_of_an_event,
        refused(400) times_of_events_are_rfc_3339_to_the_letter,
    }
}

/// A test of each type, a value that passes and a value that fails.
fn tests() -> [(AttributeTest, Value, Value); 8] {
    let noon = at("2026-01-01T12:00:00Z");
    let from = AttributeTest { from: Some(noon), ..AttributeTest::exists("A") };
    let one_of = vec![json!("red"), json!(7)];
    let one_of = AttributeTest { one_of: Some(one_of), ..AttributeTest::exists("A") };
    let berlin = Near { lat: 52.52, lon: 13.405, km: 10.0 };
    [
        (AttributeTest::is("A", "red"), json!("red"), json!("green")),
        (AttributeTest::is("A", true), json!(true), json!(false)),
        (AttributeTest::within("A", Range::above(7)), json!(7.5), json!(7)),
        (from, json!("2026-01-01T13:00:00+01:00"), json!("2026-01-01T12:00:00+01:00")),
        (AttributeTest::near("A", berlin), json!({"lat": 52.5, "lon": 13.4}), json!("Berlin")),
        (AttributeTest::contains("A", "vip"), json!(["new", "vip"]), json!(["new"])),
        (AttributeTest::contains("A", 7), json!([1, 7.0]), json!([1, 77])),
        (one_of, json!(7.0), json!("blue")),
    ]
}

fn attributes(value: &Value) -> Attributes {
    Attributes::new().with("A", value.clone())
}

async fn attributes_of_a_session(worlds: Worlds) {
    for (test, passes, fails) in tests() {
        let world = worlds.with(seed::when(Condition::SessionAttribute(test.clone()))).await;

        assert!(world.fires("cart-1", cart(100).attributes(attributes(&passes))).await, "{test:?}");
        assert!(!world.fires("cart-2", cart(100).attributes(attributes(&fails))).await, "{test:?}");
    }
}

async fn attributes_of_a_profile(worlds: Worlds) {
    for (test, passes, fails) in tests() {
        let world = worlds.with(seed::when(Condition::ProfileAttribute(test.clone()))).await;
        world.put_profile("anna", attributes(&passes)).await;
        world.put_profile("bert", attributes(&fails)).await;

        assert!(world.fires("cart-1", cart(100).profile("anna")).await, "{test:?}");
        assert!(!world.fires("cart-2", cart(100).profile("bert")).await, "{test:?}");
    }
}

async fn attributes_of_an_item(worlds: Worlds) {
    for (test, passes, fails) in tests() {
        let filter = ItemFilter { attribute: Some(test.clone()), ..ItemFilter::default() };
        let world = worlds.with(seed::when(Condition::AnyItem(filter))).await;
        let with = |value: &Value| {
            let attributes = Some(attributes(value));
            let item = CartItem { attributes, ..CartItem::new("SKU-1", 1).price(100) };
            NewCustomerSessionV2::default().cart_items([item])
        };

        assert!(world.fires("cart-1", with(&passes)).await, "{test:?}");
        assert!(!world.fires("cart-2", with(&fails)).await, "{test:?}");
    }
}

async fn attributes_of_an_event(worlds: Worlds) {
    for (test, passes, fails) in tests() {
        let world = worlds.with(seed::when(Condition::EventAttribute(test.clone()))).await;
        let event = |value| NewEvent::new("shared", "cart-1").attributes(attributes(value));

        assert_eq!(world.track(event(&passes)).await.event.effects.len(), 1, "{test:?}");
        assert_eq!(world.track(event(&fails)).await.event.effects.len(), 0, "{test:?}");
    }
}

/// BEHAVIOUR 10.6: RFC 3339 with any offset.
const TIMES: [&str; 4] = [
    "2020-01-01T00:00:00Z",
    "2020-01-01T00:00:00+00:00",
    "2020-01-01T00:00:00.123456-05:30",
    "2020-02-29T23:59:59Z",
];

/// Formats that programming languages write instead.
const ALMOST_TIMES: [&str; 8] = [
    "2020-01-01",
    "2020-01-01T00:00Z",
    "2020-01-01 00:00:00Z",
    "2020-01-01T00:00:00",
    "2020-01-01T00:00:00+0000",
    "2020-01-01T00:00:00 00:00",
    "2020-02-30T00:00:00Z",
    "Wed, 01 Jan 2020 00:00:00 GMT",
];

fn assert_no_time(refusal: &ApiError, text: &str, pointer: &str) {
    let details = format!(
        r#"Value of "At" attribute ("{text}") is not a time in RFC 3339, such as 2020-06-10T09:05:27Z"#
    );
    assert_eq!(refusal.status(), 400);
    assert_eq!(refusal.problems(), [Problem::at(pointer, "Invalid type", details)]);
}

fn at_time(text: &str) -> Attributes {
    Attributes::new().with("At", text)
}

async fn times_of_sessions_and_items_are_rfc_3339_to_the_letter(worlds: Worlds) {
    let declared = [("At", AttributeType::Time)];
    let seed = Seed::new().session_attributes(&declared).cart_item_attributes(&declared);
    let world = worlds.with(seed).await;
    let of_item = |text: &str| {
        let item = CartItem::new("SKU-1", 1).price(100).attributes(at_time(text));
        NewCustomerSessionV2::default().cart_items([item])
    };

    for text in TIMES {
        world.put("cart-1", cart(100).attributes(at_time(text))).await;
        world.put("cart-1", of_item(text)).await;
    }
    for text in ALMOST_TIMES {
        let of_session = world.put_refused("cart-1", cart(100).attributes(at_time(text))).await;
        let of_item = world.put_refused("cart-1", of_item(text)).await;

        assert_no_time(&of_session, text, "/customerSession/attributes/At");
        assert_no_time(&of_item, text, "/customerSession/cartItems/0/attributes/At");
    }
}

async fn times_of_profiles_are_rfc_3339_to_the_letter(worlds: Worlds) {
    let world = worlds.with(Seed::new().profile_attributes(&[("At", AttributeType::Time)])).await;

    for text in TIMES {
        world.put_profile("anna", at_time(text)).await;
    }
    for text in ALMOST_TIMES {
        let profile = NewCustomerProfile::default().attributes(at_time(text));
        let request = UpdateCustomerProfileV2::new("anna", profile);
        let refusal = refusal(world.api.update_customer_profile_v2(request).await);

        assert_no_time(&refusal, text, "/attributes/At");
    }
}

async fn times_of_events_are_rfc_3339_to_the_letter(worlds: Worlds) {
    let world = worlds.with(Seed::new().event_type("danced", &[("At", AttributeType::Time)])).await;
    let danced = |text| NewEvent::new("danced", "cart-1").attributes(at_time(text));

    for text in TIMES {
        world.track(danced(text)).await;
    }
    for text in ALMOST_TIMES {
        assert_no_time(&world.track_refused(danced(text)).await, text, "/attributes/At");
    }
}
