//! Parameters and bodies that no typed request has.

use bytes::Bytes;
use http::{Method, Request, StatusCode};
use serde_json::{Value, json};
use talon_conformance::Seed;
use talon_core::dispatch::dispatch;
use talon_fake::{Campaign, Fake};

/// Sends a request to a fake with the campaigns 1 to 3 and the audience 5.
async fn send(method: Method, target: &str, body: &str) -> (StatusCode, Value) {
    let campaign = |id: i64| Campaign::new(format!("{id}")).id(id);
    let seed = Seed::new().campaign(campaign(1)).campaign(campaign(2)).campaign(campaign(3));
    let fake = Fake::new(seed.audience(5, "VIP")).expect("a world");
    let body = Bytes::from(body.to_owned());
    let request = Request::builder().method(method).uri(target).body(body).expect("a target");
    let reply = dispatch(&fake, &request).await;
    (reply.status(), serde_json::from_slice(reply.body()).unwrap_or_default())
}

async fn campaigns(query: &str) -> (StatusCode, Value) {
    send(Method::GET, &format!("/v1/integration/campaigns?{query}"), "").await
}

/// BEHAVIOUR-today 1.1: the list may be joined, repeated or both.
#[tokio::test]
async fn ids_of_campaigns_may_be_joined_and_repeated() {
    for query in ["campaignIds=3,1", "campaignIds=3%2C1", "campaignIds=3&campaignIds=1"] {
        let (status, page) = campaigns(query).await;

        assert_eq!(status, 200, "{query}");
        let ids: Vec<_> =
            page["data"].as_array().expect("a list").iter().map(|it| &it["id"]).collect();
        assert_eq!(ids, [1, 3], "{query}");
        assert_eq!(page["hasMore"], json!(false));
    }
}

#[tokio::test]
async fn a_parameter_of_another_type_is_refused() {
    for (query, name) in [
        ("campaignIds=1,one", "campaignIds"),
        ("startAfter=yesterday", "startAfter"),
        ("startBefore=1.1.2026", "startBefore"),
        ("endAfter=0", "endAfter"),
        ("endBefore=2026-13-01T00:00:00Z", "endBefore"),
        ("storeId=kiel", "storeId"),
        ("audienceId=vip", "audienceId"),
        ("pageSize=many", "pageSize"),
        ("skip=some", "skip"),
    ] {
        let (status, body) = campaigns(query).await;

        assert_eq!((status.as_u16(), &body["StatusCode"]), (400, &json!(400)), "{query}");
        assert_eq!(body["errors"][0]["source"], json!({"parameter": name}), "{query}");
    }
}

/// BEHAVIOUR-today 1.1 (GAP).
#[tokio::test]
async fn an_id_in_a_path_that_is_no_number_is_not_found() {
    for (method, target) in [
        (Method::DELETE, "/v2/audiences/vip"),
        (Method::DELETE, "/v2/audiences/5x/memberships"),
        (Method::PUT, "/v2/audience_customers/5.0/attributes"),
    ] {
        let (status, body) = send(method, target, "{}").await;

        assert_eq!((status.as_u16(), &body["StatusCode"]), (404, &json!(404)), "{target}");
        assert_eq!(body["errors"][0]["source"], json!({"parameter": "audienceId"}));
    }
}

#[tokio::test]
async fn a_body_without_a_member_that_is_required_is_refused() {
    let change = r#"{"data": [{"action": "add", "profileIntegrationId": "anna"}]}"#;
    for (method, target, body) in [
        (Method::POST, "/v2/audiences", "{}"),
        (Method::PUT, "/v2/audiences/5", "{}"),
        (Method::POST, "/v2/customer_audiences", change),
        (Method::POST, "/v2/customer_audiences", "{}"),
        (Method::POST, "/v2/customer_audiences", r#"{"data": null}"#),
        (Method::PUT, "/v2/audience_customers/5/attributes", "[]"),
    ] {
        let (status, reply) = send(method, target, body).await;

        assert_eq!((status.as_u16(), &reply["StatusCode"]), (400, &json!(400)), "{target} {body}");
        assert!(reply["errors"][0]["source"]["pointer"].is_string(), "{reply}");
    }
}
