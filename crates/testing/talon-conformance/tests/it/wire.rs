//! Requests that other SDKs send, and malformed requests.

use bytes::Bytes;
use http::{Method, Request, StatusCode};
use serde_json::{Value, json};
use talon_conformance::Seed;
use talon_core::dispatch::dispatch;
use talon_fake::Fake;

const SESSION: &str = "/v2/customer_sessions/cart-1";

/// Sends a body through the router to an empty fake.
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

/// BEHAVIOUR 7: the document requires them.
#[tokio::test]
async fn an_event_without_attributes_is_refused() {
    let event = json!({"type": "shared", "sessionId": "cart-1"});

    let reply = send(Method::POST, "/v1/events", event.to_string()).await;

    assert!(is_refused(&reply, "Missing", &json!({"pointer": "/attributes"})), "{reply:?}");
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
async fn a_member_of_another_type_is_refused_with_a_pointer() {
    let item = json!({"sku": "A", "quantity": 1, "price": "10"});
    let reply = put(SESSION, &json!({"customerSession": {"cartItems": [item]}})).await;

    let place = json!({"pointer": "/customerSession/cartItems/0/price"});
    assert!(is_refused(&reply, "Invalid type", &place), "{reply:?}");
}

#[tokio::test]
async fn unknown_members_are_ignored() {
    let body =
        json!({"customerSession": {"advocateId": "x"}, "responseContent": ["customerSession"]});
    let (status, reply) = put(SESSION, &body).await;

    assert_eq!(status, 200);
    assert_eq!(reply["customerSession"]["state"], "open");
}

#[tokio::test]
async fn booleans_of_queries_are_read_as_go_reads_them() {
    let session = json!({"customerSession": {}, "responseContent": ["campaignEligibility"]});
    for (text, is_dry) in [
        ("1", true),
        ("t", true),
        ("T", true),
        ("true", true),
        ("True", true),
        ("TRUE", true),
        ("0", false),
        ("f", false),
        ("F", false),
        ("false", false),
        ("False", false),
        ("FALSE", false),
    ] {
        let (status, said) = put(&format!("{SESSION}?dry={text}"), &session).await;

        assert_eq!(status, if is_dry { 200 } else { 400 }, "{text}: {said}");
        let path = format!("/v2/customer_profiles/anna?runRuleEngine={text}");
        let (status, said) = put(&path, &json!({"responseContent": ["loyalty"]})).await;
        assert_eq!((status.as_u16(), said.get("loyalty").is_some()), (200, is_dry), "{text}");
    }
}

#[tokio::test]
async fn an_invalid_boolean_is_refused() {
    for text in ["maybe", "", "2", "yes", "on", "tRUE", "%20true"] {
        let path = format!("{SESSION}?dry={text}");
        let reply = put(&path, &json!({"customerSession": {}})).await;

        assert!(is_refused(&reply, "Invalid type", &json!({"parameter": "dry"})), "{reply:?}");
        let path = format!("/v2/customer_profiles/anna?runRuleEngine={text}");
        let reply = put(&path, &json!({})).await;
        let place = json!({"parameter": "runRuleEngine"});
        assert!(is_refused(&reply, "Invalid type", &place), "{reply:?}");
        assert_eq!(reply.1["StatusCode"], 400);
        let path = format!("/v1/customer_profiles/anna/inventory?coupons={text}");
        let reply = send(Method::GET, &path, "").await;
        assert!(is_refused(&reply, "Invalid type", &json!({"parameter": "coupons"})), "{reply:?}");
    }
}

#[tokio::test]
async fn timestamps_of_queries_are_accepted_as_sdks_write_them() {
    for text in [
        "2030-01-02T03:04:05Z",
        "2020-01-02T03:04:05.000000%2B0000",
        "2020-01-02T03:04:05+0000",
        "2020-01-02T03:04:05+00:00",
        "2020-01-02T03:04:05%2B00:00",
        "2020-01-02T03:04:05-05:00",
        "2030-01-02",
    ] {
        let path = format!("{SESSION}?dry=true&now={text}");
        let (status, said) = put(&path, &json!({"customerSession": {}})).await;

        assert_eq!(status, 200, "{text}: {said}");
    }
    for text in ["tomorrow", "2030-01-32", "2030-01-02T03:04Z", "2030-01-02T03:04:05"] {
        let path = format!("{SESSION}?dry=true&now={text}");
        let reply = put(&path, &json!({"customerSession": {}})).await;

        assert!(is_refused(&reply, "Invalid type", &json!({"parameter": "now"})), "{reply:?}");
    }
}

/// Sends a referral's dates, and an item's.
async fn dates(text: &str) -> Vec<((StatusCode, Value), &'static str)> {
    let mut replies = Vec::new();
    for (member, pointer) in [("startDate", "/startDate"), ("expiryDate", "/expiryDate")] {
        let body = json!({"campaignId": 1, "advocateProfileIntegrationId": "a", member: text});
        replies.push((send(Method::POST, "/v1/referrals", body.to_string()).await, pointer));
    }
    for (item, pointer) in [
        (json!({"adjustmentEffectiveFrom": text}), "/adjustmentEffectiveFrom"),
        (json!({"adjustmentEffectiveUntil": text}), "/adjustmentEffectiveUntil"),
        (json!({"prices": {"sale": {"effectiveFrom": text}}}), "/prices/sale/effectiveFrom"),
    ] {
        let mut item = item;
        item["sku"] = "MUG".into();
        item["quantity"] = 1.into();
        let body = json!({"customerSession": {"cartItems": [item]}});
        replies.push((put(SESSION, &body).await, pointer));
    }
    replies
}

#[tokio::test]
async fn timestamps_of_bodies_must_be_rfc_3339() {
    for text in ["2030-01-02T03:04:05Z", "2030-01-02T03:04:05.123+05:30"] {
        for ((status, said), pointer) in dates(text).await {
            // The campaign of the referral is unknown, but its dates are valid.
            let problem = said["errors"][0]["source"]["pointer"].as_str();
            let taken = status == 200 || problem == Some("/campaignId");
            assert!(taken, "{pointer} {text}: {said}");
        }
    }
    for text in [
        "",
        "2030-01-02",
        "2030-01-02T03:04Z",
        "2030-01-02 03:04:05Z",
        "2030-01-02t03:04:05z",
        "2030-01-02T03:04:05",
        "2030-01-02T03:04:05+0000",
        "2030-01-02T03:04:05 00:00",
        "2030-02-30T03:04:05Z",
    ] {
        for ((status, said), pointer) in dates(text).await {
            let problem = &said["errors"][0];
            let place = problem["source"]["pointer"].as_str().unwrap_or_default();
            let details = problem["details"].as_str().unwrap_or_default();
            assert!(status == 400 && place.ends_with(pointer), "{pointer} {text}: {said}");
            assert!(details.contains("RFC 3339"), "{said}");
        }
    }
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

    let effects = json!([[-1, -1, -1, ["rejectCoupon", "NOBODY"]]]);
    assert_eq!(reply["event"]["effects"], effects);
    assert_eq!(reply["event"]["ledgerEntries"], json!([]));
}

/// BEHAVIOUR-today 1.1: anything but `yes` and `no` is refused.
#[tokio::test]
async fn silent_is_yes_or_no() {
    let posts = ["/v2/events", "/v3/events", "/v1/referrals_for_multiple_advocates"];
    let posts = posts.map(|path| (Method::POST, path));
    for (method, path) in [(Method::PUT, "/v2/customer_profiles")].into_iter().chain(posts) {
        for value in ["true", "false", "YES", ""] {
            let path = format!("{path}?silent={value}");
            let reply = send(method.clone(), &path, "{}").await;

            let place = json!({"parameter": "silent"});
            assert_eq!(
                (reply.0.as_u16(), &reply.1["errors"][0]["source"]),
                (400, &place),
                "{path}"
            );
        }
    }
}

/// BEHAVIOUR-today 2.2, 4.2 and 5.1.
#[tokio::test]
async fn required_members_of_today_are_required() {
    const RETURNS: &str = "/v2/customer_sessions/cart-1/returns";
    const BATCH: &str = "/v1/referrals_for_multiple_advocates";
    for (path, body, pointer) in [
        (RETURNS, json!({}), "/return"),
        (RETURNS, json!({"return": {}}), "/return/returnedCartItems"),
        ("/v2/events", json!({"profileId": "anna"}), "/type"),
        ("/v3/events", json!({"type": "shared", "integrationId": "e-1"}), "/profileId"),
        ("/v3/events", json!({"type": "shared", "profileId": "anna"}), "/integrationId"),
        (BATCH, json!({"advocateProfileIntegrationIds": ["anna"]}), "/campaignId"),
        (BATCH, json!({"campaignId": 1}), "/advocateProfileIntegrationIds"),
    ] {
        let reply = send(Method::POST, path, body.to_string()).await;

        assert!(is_refused(&reply, "Missing", &json!({"pointer": pointer})), "{path}: {reply:?}");
    }
}
