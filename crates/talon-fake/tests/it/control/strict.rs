//! Requests with members that their operation does not have.

use http::StatusCode;
use serde_json::{Value, json};
use talon_fake::{ControlAccess, Fake, FakeService, World, Worlds};

use super::open;
use crate::http::{ask, request, send};
use crate::shop::{panic_of, talon, world};

const SESSION: &str = "/v2/customer_sessions/cart-1";
const MISSPELT: &str =
    r#"{"customerSession": {"cartItems": [{"sku": "A", "quantity": 1, "prize": 5}]}}"#;

async fn put(service: &FakeService, path: &str) -> (StatusCode, Value) {
    ask(service, "PUT", path, MISSPELT).await
}

#[tokio::test]
async fn unknown_members_are_ignored_and_noted_unless_the_world_is_strict() {
    let talon = talon();

    assert_eq!(put(&open(&talon), &format!("{SESSION}?dri=true")).await.0, StatusCode::OK);

    assert!(talon.session("cart-1").is_some());
    let message = panic_of(std::panic::AssertUnwindSafe(|| talon.assert_no_unknown_members()));
    for part in [
        "requests with unknown members: 1",
        "unknown: ?dri, did you mean `dry`?",
        "unknown: customerSession.cartItems[0].prize, did you mean `price`?",
    ] {
        assert!(message.contains(part), "{part}: {message}");
    }
}

#[tokio::test]
async fn a_strict_world_refuses_unknown_members_with_a_suggestion() {
    let talon = Fake::new(World { strict: Some(true), ..world() }).expect("a world");

    let (status, reply) = put(&open(&talon), &format!("{SESSION}?dri=true")).await;

    assert_eq!(status, StatusCode::BAD_REQUEST);
    let source = |index: usize| reply["errors"][index]["source"].clone();
    assert_eq!(source(0)["parameter"], "dri");
    assert_eq!(source(1)["pointer"], "/customerSession/cartItems/0/prize");
    let details = reply["errors"][1]["details"].as_str().expect("details");
    assert!(details.contains("did you mean `price`?"), "{details}");
    assert!(talon.session("cart-1").is_none());
    let refused = &talon.all_calls()[0];
    assert_eq!((refused.status, refused.unknown_members.len()), (Some(400), 2));

    let fits = r#"{"customerSession": {"attributes": {"Any": 1}}, "responseContent": []}"#;
    let fits = send(&open(&talon), request("PUT", SESSION, &[], fits)).await;
    assert_eq!(fits.status(), StatusCode::OK);
    talon.clear_calls();
    talon.assert_no_unknown_members();
}

#[tokio::test]
async fn a_server_is_strict_where_a_world_does_not_say() {
    let lenient = Fake::new(World { strict: Some(false), ..world() }).expect("a world");
    for (fake, status) in [(talon(), StatusCode::BAD_REQUEST), (lenient, StatusCode::OK)] {
        let service = Worlds::new(fake).strict().service().control(ControlAccess::open());
        assert_eq!(put(&service, SESSION).await.0, status);
    }
}

#[tokio::test]
async fn the_setting_holds_until_a_reset() {
    let talon = talon();
    let service = open(&talon);
    let show = async || ask(&service, "GET", "/_fake/settings", "").await.1;
    assert_eq!(show().await, json!({"strict": false}));

    ask(&service, "PUT", "/_fake/settings", r#"{"strict": true}"#).await;
    assert_eq!(show().await, json!({"strict": true}));
    assert_eq!(put(&service, SESSION).await.0, StatusCode::BAD_REQUEST);
    let (_, state) = ask(&service, "GET", "/_fake/state", "").await;
    assert_eq!(state["strict"], true);

    ask(&service, "POST", "/_fake/reset", "").await;
    assert_eq!(show().await, json!({"strict": false}));
    assert_eq!(put(&service, SESSION).await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_reset_to_the_demo_keeps_the_keys_and_is_the_new_seed() {
    let talon = talon();
    let service = open(&talon);

    let (status, _) = ask(&service, "POST", "/_fake/reset", r#"{"to": "demo"}"#).await;

    assert_eq!(status, StatusCode::NO_CONTENT);
    assert!(talon.coupon("SUMMER10").is_some() && talon.coupon("TENOFF").is_none());
    ask(&service, "POST", "/_fake/reset", "").await;
    assert!(talon.coupon("SUMMER10").is_some());
    let (status, reply) = ask(&service, "POST", "/_fake/reset", r#"{"to": "moon"}"#).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(reply["errors"][0]["source"]["pointer"], "/to");
}
