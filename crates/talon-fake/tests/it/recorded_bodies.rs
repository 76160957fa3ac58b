//! Bodies of requests and replies in the record of calls.

use serde_json::json;
use talon_fake::ControlAccess;

use crate::http::{request, send};
use crate::shop::talon;

/// More digits than a double has.
const CART: &str = r#"{"customerSession": {"cartItems": [
    {"sku": "A", "quantity": 1, "price": 0.100000000000000000001}]},
    "responseContent": ["customerSession"]}"#;

#[tokio::test]
async fn a_recorded_body_has_all_digits() {
    let talon = talon();
    let service = talon.service().control(ControlAccess::with_token("s3cret"));
    let put = request("PUT", "/v2/customer_sessions/cart-1", &[], CART);
    let sent = send(&service, put).await;
    let reply = str::from_utf8(sent.body()).expect("JSON is UTF-8");
    assert!(reply.contains("0.100000000000000000001"), "{reply}");

    let calls = talon.all_calls();
    let token = [("x-control-token", "s3cret")];
    let listed = send(&service, request("GET", "/_fake/calls", &token, "")).await;
    let shown = send(&service, request("GET", "/_fake/calls/1", &token, "")).await;

    assert_eq!((calls[0].body_text(), calls[0].reply_text()), (Some(CART), Some(reply)));
    for listed in [listed, shown] {
        let listed = str::from_utf8(listed.body()).expect("JSON is UTF-8");
        assert!(listed.contains(CART) && listed.contains(reply), "{listed}");
    }
    let record = serde_json::to_string(&calls[0]).expect("a record has a JSON form");
    assert!(record.contains(CART) && record.contains(reply), "{record}");
}

#[tokio::test]
async fn what_is_no_json_is_recorded_as_text() {
    let talon = talon();
    let put = request("PUT", "/v2/customer_sessions/cart-1", &[], "not \"JSON\"");

    send(&talon.service(), put).await;

    let call = &talon.all_calls()[0];
    assert_eq!(call.body, Some("not \"JSON\"".into()));
    assert_eq!(call.body_text(), Some(r#""not \"JSON\"""#));
    assert_eq!(json!(call)["body"], "not \"JSON\"");
}
