//! What other SDKs send, and what only hands can write.

use bytes::Bytes;
use http::{Method, Request, StatusCode};
use serde_json::{Value, json};
use talon_conformance::Seed;
use talon_core::dispatch::dispatch;
use talon_fake::Fake;

const SESSION: &str = "/v2/customer_sessions/cart-1";

/// Sends a body through the router to a fake with nothing in it.
async fn send(method: Method, path: &str, body: impl Into<Bytes>) -> (StatusCode, Value) {
    let fake = Fake::new(Seed::new()).expect("an empty world");
    let request = Request::builder().method(method).uri(path).body(body.into()).expect("a path");
    let reply = dispatch(&fake, &request).await;
    (reply.status(), serde_json::from_slice(reply.body()).unwrap_or_default())
}

async fn put(path: &str, body: &Value) -> (StatusCode, Value) {
    send(Method::PUT, path, body.to_string()).await
}

fn is_refused((status, said): &(StatusCode, Value), title: &str, source: &Value) -> bool {
    let problem = &said["errors"][0];
    *status == 400
        && said["message"] == "The submitted data was invalid"
        && problem["title"] == title
        && problem["source"] == *source
}

#[tokio::test]
async fn a_list_in_place_of_an_object_is_refused() {
    for (body, place) in [
        (r#"[{"profileId":"anna"},[]]"#, ""),
        (
            r#"{"customerSession":{"additionalCosts":{"shipping":[5]}}}"#,
            "/customerSession/additionalCosts/shipping",
        ),
    ] {
        let reply = send(Method::PUT, SESSION, body).await;

        assert!(is_refused(&reply, "Invalid type", &json!({"pointer": place})), "{reply:?}");
    }
}

#[tokio::test]
async fn malformed_json_is_refused() {
    let reply = send(Method::PUT, SESSION, r#"{"customerSession":"#).await;

    assert!(is_refused(&reply, "Invalid JSON", &json!({"pointer": ""})), "{reply:?}");
    assert_eq!(reply.1.get("StatusCode"), None);
}

#[tokio::test]
async fn a_missing_member_is_refused() {
    let reply = put(SESSION, &json!({})).await;

    let details = reply.1["errors"][0]["details"].as_str().unwrap();
    assert_eq!(reply.0, 400);
    assert!(details.contains("customerSession"), "{details}");
}

#[tokio::test]
async fn a_member_of_another_type_is_refused_with_its_place() {
    let item = json!({"sku": "A", "quantity": 1, "price": "10"});
    let reply = put(SESSION, &json!({"customerSession": {"cartItems": [item]}})).await;

    let place = json!({"pointer": "/customerSession/cartItems/0/price"});
    assert!(is_refused(&reply, "Invalid type", &place), "{reply:?}");
}

#[tokio::test]
async fn members_nobody_knows_are_ignored() {
    let body =
        json!({"customerSession": {"advocateId": "x"}, "responseContent": ["customerSession"]});
    let (status, reply) = put(SESSION, &body).await;

    assert_eq!(status, 200);
    assert_eq!(reply["customerSession"]["state"], "open");
}

#[tokio::test]
async fn python_writes_booleans_its_own_way() {
    let (status, _) = put(&format!("{SESSION}?dry=True"), &json!({"customerSession": {}})).await;

    assert_eq!(status, 200);
}

#[tokio::test]
async fn what_is_no_boolean_is_refused() {
    let reply = put(&format!("{SESSION}?dry=maybe"), &json!({"customerSession": {}})).await;

    assert!(is_refused(&reply, "Invalid type", &json!({"parameter": "dry"})), "{reply:?}");
}

#[tokio::test]
async fn python_writes_offsets_without_a_colon() {
    let path = format!("{SESSION}?dry=true&now=2030-01-02T03:04:05.000000%2B0000");
    let (status, _) = put(&path, &json!({"customerSession": {}})).await;

    assert_eq!(status, 200);
}

#[tokio::test]
async fn a_path_that_is_not_utf8_is_refused() {
    let path = "/v2/customer_sessions/%FF";
    let reply = put(path, &json!({"customerSession": {}})).await;

    assert!(is_refused(&reply, "Invalid", &json!({"parameter": "customerSessionId"})), "{reply:?}");
}

#[tokio::test]
async fn a_plus_in_a_path_is_a_plus() {
    let body = json!({"customerSession": {}, "responseContent": ["customerSession"]});
    let (_, reply) = put("/v2/customer_sessions/a+b", &body).await;

    assert_eq!(reply["customerSession"]["integrationId"], "a+b");
}

#[tokio::test]
async fn an_unknown_path_is_not_found() {
    let (status, said) = put("/v9/customer_sessions/cart-1", &json!({})).await;

    assert_eq!((status, said["StatusCode"].clone()), (StatusCode::NOT_FOUND, json!(404)));
}

#[tokio::test]
async fn another_method_is_not_allowed() {
    let (status, _) = send(Method::POST, SESSION, "").await;

    assert_eq!(status, 405);
}

#[tokio::test]
async fn effects_of_the_first_version_are_nested_arrays() {
    let body = json!({"coupon": "NOBODY"});
    let (_, reply) = put("/v1/customer_sessions/cart-1", &body).await;

    let effects = json!([[-1, -1, -1, ["rejectCoupon", "NOBODY", "CouponNotFound"]]]);
    assert_eq!(reply["event"]["effects"], effects);
    assert_eq!(reply["event"]["ledgerEntries"], json!([]));
}
