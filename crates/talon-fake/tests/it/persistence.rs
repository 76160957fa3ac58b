//! Accepted data is unchanged after a snapshot and after a restart.

use serde_json::{Value, json};
use talon_core::prelude::*;
use talon_fake::rules::{AttributeTest, Condition, Reward, Rule};
use talon_fake::{Campaign, Fake, Snapshot, World};

use crate::shop::talon;

/// Asserts that a fake is the same after its snapshot went through JSON, and through a state file.
#[track_caller]
pub(crate) fn can_be_kept(talon: &Fake) {
    let json = serde_json::to_string(&talon.snapshot()).expect("it has a JSON form");
    let snapshot: Snapshot = serde_json::from_str(&json).expect("it can be read back");
    let copy = Fake::from_snapshot(&snapshot).expect("it is whole");
    assert_eq!(copy.snapshot(), talon.snapshot());
    #[cfg(feature = "serve")]
    can_be_saved(talon);
}

#[cfg(feature = "serve")]
fn can_be_saved(talon: &Fake) {
    static NEXT: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
    let number = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let path =
        std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("kept-{number}.json"));
    // There may be one of an earlier run.
    let _ = std::fs::remove_file(&path);
    let file = talon_fake::StateFile::open(&path).expect("nobody else has it open");
    file.save(&talon_fake::Worlds::new(talon.clone())).expect("it can be saved");
    let again = file.load().expect("it can be read back").expect("it was saved");
    assert_eq!(again.first().snapshot(), talon.snapshot());
}

/// Values that some reader or writer of JSON could make something else of.
fn odd() -> Vec<Value> {
    let name = |of: &str| format!("$serde_json::private::{of}");
    vec![
        json!({"A": 1, name("RawValue"): ""}),
        json!({name("RawValue"): "[1]"}),
        json!({name("RawValue"): 1}),
        json!({name("Number"): "1.5"}),
        json!({name("Number"): {name("RawValue"): "x"}}),
        json!([{name("RawValue"): "{"}, {"": {"": [{}]}}]),
        json!({"": "", "a/b": "~", "~1": null, "\u{0}": "\u{0}", "\u{feff}": "\u{fffd}"}),
        json!("\u{2028}\u{10ffff}\"\\\u{7f}"),
        json!("x".repeat(1 << 20)),
        json!({"k".repeat(1 << 16): true}),
        json!([i64::MIN, i64::MAX, u64::MAX, 0, -0.0, 0.1, 1e21, 1e-7, 5e-324, f64::MAX, f64::MIN]),
        json!([2.0_f64.powi(53), 9_007_199_254_740_993_u64, 1.797_693_134_862_315_7e308]),
    ]
}

#[tokio::test]
async fn unusual_attributes_are_kept() {
    let talon = talon();
    for (number, value) in odd().into_iter().enumerate() {
        let attributes = || Attributes::new().with("odd", value.clone());
        let item = CartItem::new("MUG", 1).price(5).attributes(attributes());
        let cart = NewCustomerSessionV2::default().attributes(attributes()).cart_items([item]);
        let id = format!("s{number}");
        let request = UpdateCustomerSessionV2::new(id.as_str(), cart);
        talon.update_customer_session_v2(request).await.expect("it is served");
        let profile = NewCustomerProfile::default().attributes(attributes());
        let request = UpdateCustomerProfileV2::new(id.as_str(), profile);
        talon.update_customer_profile_v2(request).await.expect("it is served");

        let session = talon.session(id.as_str()).expect("it is stored");
        assert_eq!(session.attributes, attributes());
        assert_eq!(session.cart_items[0].attributes, Some(attributes()));
        assert_eq!(talon.profile(id.as_str()).expect("it is stored").attributes, attributes());
    }
    can_be_kept(&talon);
}

#[tokio::test]
async fn unusual_names_are_kept() {
    let talon = talon();
    for name in
        ["$serde_json::private::RawValue", "$serde_json::private::Number", " ", "a/b", "\u{0}", "ß"]
    {
        let attributes = Attributes::new().with(name, "[1]");
        let item = CartItem::new(name, 1).price(5).attributes(attributes.clone());
        let cart = NewCustomerSessionV2::default()
            .profile(name)
            .coupon_codes([name])
            .attributes(attributes)
            .cart_items([item])
            .additional_costs([(name, AdditionalCost::new(1))]);
        let request = UpdateCustomerSessionV2::new(name, cart);
        talon.update_customer_session_v2(request).await.expect("it is served");

        assert!(talon.session(name).is_some_and(|session| session.attributes.text(name).is_some()));
    }
    can_be_kept(&talon);
}

#[tokio::test]
async fn unusual_worlds_are_kept() {
    for value in odd() {
        let attributes = Attributes::new().with("odd", value.clone());
        let rule = Rule::new("odd")
            .when(Condition::SessionAttribute(AttributeTest::is("x", value.clone())))
            .then(Reward::AwardGiveaway(1));
        let campaign = Campaign::new("Odd").attributes(attributes.clone()).rule(rule);
        let world =
            World::new().giveaways(1, "Odd", &[]).campaign(campaign).profile("anna", attributes);

        can_be_kept(&Fake::new(world).expect("the world is fit"));
    }
}

#[cfg(feature = "serve")]
#[tokio::test]
async fn unusual_requests_are_kept() {
    use crate::http::ask;

    let talon = talon();
    let service = talon.service();
    for (value, status) in [
        (r#"{"A":1,"$serde_json::private::RawValue":""}"#, 200),
        (r#"{"\u0024serde_json::private::RawValue":"[1]"}"#, 200),
        (r#"{"$serde_json::private::Number":"1.5"}"#, 200),
        (r#"{"a":1,"a":{"a":2}}"#, 200),
        ("[1E400]", 400),
        (
            "[1e-400, 1.0, 1e2, 123456789012345678901234567890, 0.1000000000000000055511151231257827]",
            200,
        ),
        (r#""\ud83d\ude00\u0000""#, 200),
        ("\"\u{1}\"", 400),
    ] {
        let body = format!(r#"{{"customerSession":{{"attributes":{{"a":{value}}}}}}}"#);

        let (found, reply) = ask(&service, "PUT", "/v2/customer_sessions/s", &body).await;

        assert_eq!(found, status, "{value}: {reply}");
        can_be_kept(&talon);
    }
}
