//! Attributes of every type, of everything that has attributes.

use serde_json::{Value, json};
use talon_fake::rules::{AttributeTest, Near};

use crate::prelude::*;

cases! { attribute_types {
    "updateCustomerSessionV2" {
        detail attributes_of_a_session,
        detail attributes_of_a_profile,
        detail attributes_of_an_item,
    }
    "trackEvent" { detail attributes_of_an_event, }
} }

/// A test of each type, a value that passes it and one that does not.
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
