//! Accepted nested values can be returned, included in snapshots, saved and loaded.

use serde_json::{Value, json};
use talon_core::prelude::*;
use talon_core::{ApiError, Operation};
use talon_fake::{Campaign, Fake, Snapshot, World};

use crate::persistence::can_be_kept;
use crate::shop::{pay, talon};

/// The deepest value of an attribute that is taken.
const LEVELS: usize = 100;

fn nested(levels: usize) -> Value {
    (0..levels).fold(json!(1), |value, level| match level % 2 {
        0 => json!([value]),
        _ => json!({ "a": value }),
    })
}

fn attributes(levels: usize) -> Attributes {
    Attributes::new().with("a/b", nested(levels))
}

/// Sends the request with an attribute as deep as can be, and one too deep; the latter is refused
/// at `pointer`.
async fn check<O: Operation>(
    call: impl AsyncFn(&Fake, Attributes) -> talon_core::Result<O::Reply>,
    pointer: &str,
) {
    let talon = talon();
    call(&talon, Attributes::new()).await.expect("it is served");
    let before = talon.snapshot();

    let error = call(&talon, attributes(LEVELS + 1)).await.expect_err("it is refused");
    let refusal: &ApiError = error.api().expect("it is refused");
    let problem = &refusal.problems()[0];
    assert_eq!(refusal.status(), 400);
    assert_eq!(problem.source.pointer.as_deref(), Some(pointer));
    assert_eq!(problem.details.as_deref(), Some("an attribute nests 100 levels deep at most"));
    assert_eq!(talon.snapshot(), before);

    let reply = call(&talon, attributes(LEVELS)).await.expect("it is served");
    let written = O::reply_to_http(&reply).expect("it can be written");
    O::reply_from_http(written).expect("it can be read back");
    can_be_kept(&talon);
}

#[tokio::test]
async fn attributes_of_sessions() {
    let call = async |talon: &Fake, attributes| {
        let session = NewCustomerSessionV2::default().attributes(attributes);
        talon.update_customer_session_v2(UpdateCustomerSessionV2::new("s", session)).await
    };

    check::<UpdateCustomerSessionV2>(call, "/customerSession/attributes/a~1b").await;
}

#[tokio::test]
async fn attributes_of_sessions_v1() {
    let call = async |talon: &Fake, attributes| {
        let session = NewCustomerSession::default().attributes(attributes);
        talon.update_customer_session(UpdateCustomerSession::new("s", session)).await
    };

    check::<UpdateCustomerSession>(call, "/attributes/a~1b").await;
}

#[tokio::test]
async fn attributes_of_items() {
    let call = async |talon: &Fake, attributes| {
        let item = CartItem::new("MUG", 1).price(5).attributes(attributes);
        let session = NewCustomerSessionV2::default().cart_items([item]);
        talon.update_customer_session_v2(UpdateCustomerSessionV2::new("items", session)).await
    };

    check::<UpdateCustomerSessionV2>(call, "/customerSession/cartItems/0/attributes/a~1b").await;
}

#[tokio::test]
async fn attributes_of_profiles() {
    let call = async |talon: &Fake, attributes| {
        let profile = NewCustomerProfile::default().attributes(attributes);
        talon.update_customer_profile_v2(UpdateCustomerProfileV2::new("anna", profile)).await
    };

    check::<UpdateCustomerProfileV2>(call, "/attributes/a~1b").await;
}

#[tokio::test]
async fn attributes_of_profiles_v1() {
    let call = async |talon: &Fake, attributes| {
        let profile = NewCustomerProfile::default().attributes(attributes);
        talon.update_customer_profile(UpdateCustomerProfile::new("anna", profile)).await
    };

    check::<UpdateCustomerProfile>(call, "/attributes/a~1b").await;
}

#[tokio::test]
async fn attributes_of_events() {
    let call = async |talon: &Fake, attributes| {
        let event = NewEvent::new("viewed", "s").attributes(attributes);
        talon.track_event(TrackEvent::new(event)).await
    };

    check::<TrackEvent>(call, "/attributes/a~1b").await;
}

#[tokio::test]
async fn attributes_of_referrals() {
    let campaign = || Campaign::new("Friends").referral(talon_fake::Referral::new("BRING", "anna"));
    let talon = Fake::new(World::new().campaign(campaign())).expect("the world is fit");
    let call = async |levels| {
        let mut referral = NewReferral::new(1, "anna");
        referral.attributes = Some(attributes(levels));
        talon.create_referral(CreateReferral::new(referral)).await
    };

    let error = call(LEVELS + 1).await.unwrap_err();
    let pointer = error.api().unwrap().problems()[0].source.pointer.clone();
    assert_eq!(pointer.as_deref(), Some("/attributes/a~1b"));

    call(LEVELS).await.expect("it is served");
    can_be_kept(&talon);
}

/// Worlds with something that nests this deep, and the member that it is.
fn worlds(levels: usize) -> Vec<(String, Value)> {
    let value = nested(levels);
    // A rule, its list and the reward are around the payload.
    let payload = nested(levels - 4);
    let conditions = (0..levels - 1).fold(json!("always"), |inner, _| json!({ "not": inner }));
    let rule = |when: &Value, then: Value| json!({"name": "r", "when": when, "then": [then]});
    let always = json!("always");
    let custom = json!({"customEffect": {"effectId": 1, "name": "x", "payload": payload}});
    let update = json!({"updateAttribute": {"path": "Session.Attributes.Deep", "value": payload}});
    let attribute = json!({"sessionAttribute": {"name": "x", "is": nested(levels - 3)}});
    let campaign =
        |member: &str, value: Value| json!({"campaigns": [{"name": "A", member: value}]});
    [
        (
            "profiles[0].attributes.a",
            json!({"profiles": [{"id": "anna", "attributes": {"a": value}}]}),
        ),
        ("campaigns[0].attributes.a", campaign("attributes", json!({"a": value}))),
        (
            "campaigns[0].coupons[0].attributes.a",
            campaign("coupons", json!([{"value": "DEEP", "attributes": {"a": value}}])),
        ),
        ("campaigns[0].rules[0]", campaign("rules", json!([rule(&always, custom)]))),
        ("campaigns[0].rules[0]", campaign("rules", json!([rule(&always, update)]))),
        (
            "campaigns[0].rules[0]",
            campaign("rules", json!([rule(&conditions, json!("createCoupon"))])),
        ),
        (
            "campaigns[0].rules[0]",
            campaign("rules", json!([rule(&attribute, json!("createCoupon"))])),
        ),
    ]
    .map(|(member, world)| (member.to_owned(), world))
    .into()
}

#[tokio::test]
async fn rules_and_attributes_of_a_world() {
    for (member, world) in worlds(LEVELS) {
        let world = World::from_json(&world.to_string()).expect(&member);
        let talon = Fake::new(world).expect("the world is fit");

        let reply = talon.update_customer_session_v2(pay("s")).await.expect("it is served");

        let written = UpdateCustomerSessionV2::reply_to_http(&reply).expect("it can be written");
        UpdateCustomerSessionV2::reply_from_http(written).expect("it can be read back");
        can_be_kept(&talon);
    }
    for (member, world) in worlds(LEVELS + 1) {
        let error = World::from_json(&world.to_string()).unwrap_err();

        assert_eq!(error.member(), member, "{error}");
    }
}

#[tokio::test]
async fn a_snapshot_that_could_not_be_saved_is_not_restored() {
    let talon = talon();
    talon.update_customer_session_v2(pay("s")).await.expect("it is served");
    let mut json = serde_json::to_value(talon.snapshot()).expect("it has a JSON form");
    json["state"]["tables"]["sessions"]["s"]["session"]["attributes"]["a"] = nested(108);
    let deep: Snapshot = serde_json::from_str(&json.to_string()).expect("it is a snapshot");

    let error = talon.restore(&deep).unwrap_err();

    assert_eq!(error.member(), "state.tables.sessions.s");
    assert!(Fake::from_snapshot(&deep).is_err());
    json["state"]["tables"]["sessions"]["s"]["session"]["attributes"]["a"] = nested(107);
    let deep: Snapshot = serde_json::from_str(&json.to_string()).expect("it is a snapshot");
    talon.restore(&deep).expect("it can be kept");
    can_be_kept(&talon);
}

#[cfg(feature = "serve")]
#[tokio::test]
async fn values_beyond_the_limit_of_readers_are_refused_with_a_pointer() {
    use crate::http::ask;

    let service = talon().service();
    for levels in [101, 120, 124, 125, 126, 127, 128, 200, 100_000] {
        let value = "[".repeat(levels) + &"]".repeat(levels);
        let body = format!(r#"{{"customerSession":{{"attributes":{{"a":{value}}}}}}}"#);

        let (status, reply) = ask(&service, "PUT", "/v2/customer_sessions/s", &body).await;

        assert_eq!(status, 400, "{levels}");
        let problem = &reply["errors"][0];
        assert_eq!(problem["title"], "maxDepth", "{levels}: {problem}");
        let pointer = problem["source"]["pointer"].as_str().expect("a pointer");
        assert!(pointer.starts_with("/customerSession/attributes/a"), "{levels}: {pointer}");
    }
}
