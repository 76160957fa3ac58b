//! The record of calls over HTTP.

use serde_json::{Value, json};
use talon_core::IntegrationApi as _;
use talon_fake::{Campaign, Fault};

use super::open;
use crate::http::{ask, call, request, send};
use crate::shop::{pay, profile, talon};

const SESSION: &str = "/v2/customer_sessions/cart-1";

async fn listed(talon: &talon_fake::Fake, query: &str) -> Vec<Value> {
    let (status, reply) = ask(&open(talon), "GET", &format!("/_fake/calls{query}"), "").await;
    assert!(status.is_success(), "{reply}");
    reply["calls"].as_array().expect("a list").clone()
}

#[tokio::test]
async fn a_call_has_headers_both_bodies_and_its_duration() {
    let talon = talon();
    let headers = [("x-shop", "berlin"), ("idempotency-key", "k-1"), ("x-api-key", "s3cret")];
    let body = r#"{"customerSession": {"cartItems": [], "atributes": {"Season": 1}}, "debug": 1}"#;
    send(&open(&talon), request("PUT", SESSION, &headers, body)).await;

    let calls = listed(&talon, "").await;

    let [call] = &calls[..] else { panic!("{calls:?}") };
    assert_eq!(call["headers"]["x-shop"], "berlin");
    assert_eq!(call["headers"]["idempotency-key"], "k-1");
    assert_eq!(call["headers"]["authorization"], "(hidden)");
    assert!(!call.to_string().contains("s3cret") && !call.to_string().contains("demo-key"));
    assert_eq!(call["body"], serde_json::from_str::<Value>(body).unwrap());
    assert_eq!(call["reply"]["effects"], json!([]));
    assert!(call["milliseconds"].as_f64().expect("a number") > 0.0);
    assert_eq!(
        call["unknownMembers"],
        json!([{"path": "debug"},
               {"path": "customerSession.atributes", "didYouMean": "attributes"}])
    );
    let one = ask(&open(&talon), "GET", "/_fake/calls/1", "").await.1;
    assert_eq!(one, *call);
    let text = talon.all_calls()[0].to_string();
    let expected =
        "200; unknown: debug; unknown: customerSession.atributes, did you mean `attributes`?";
    assert!(text.ends_with(expected), "{text}");
}

#[tokio::test]
async fn a_call_says_why_rules_failed_also_when_it_did_not_ask() {
    let talon = talon();
    send(&open(&talon), call(&pay("cart-1"), &[])).await;
    send(&open(&talon), call(&pay("cart-2"), &[])).await;

    let calls = listed(&talon, "").await;

    assert_eq!(calls[0].get("ruleFailures"), None);
    assert_eq!(calls[1]["ruleFailures"][0]["ruleName"], "10 % off");
    assert_eq!(calls[1]["reply"].get("ruleFailureReasons"), None);
}

#[tokio::test]
async fn failures_have_the_texts_of_their_time() {
    let talon = talon();
    send(&open(&talon), call(&pay("cart-1"), &[])).await;
    send(&open(&talon), call(&pay("cart-2"), &[])).await;
    let failures = || talon.all_calls()[1].rule_failures.clone();
    let before = failures();
    let id = before[0].campaign_id;

    talon.put_campaign(Campaign::new("Winter").id(id)).expect("it is fit");
    assert_eq!(failures(), before);
    talon.remove_campaign(id).expect("nothing refers to it");
    assert_eq!(failures(), before);

    talon.update_customer_session_v2(pay("cart-3")).await.expect("a reply");
    assert!(talon.all_calls()[2].rule_failures.iter().all(|failure| failure.campaign_id != id));
}

#[tokio::test]
async fn refused_requests_are_recorded_with_both_bodies() {
    let talon = talon();
    let invalid = r#"{"customerSession": {"state": 5}}"#;
    send(&open(&talon), request("PUT", SESSION, &[], invalid)).await;
    send(&open(&talon), request("PUT", SESSION, &[], "{")).await;
    let stranger = [("authorization", "ApiKey-v1 wrong-key")];
    send(&open(&talon), request("PUT", SESSION, &stranger, invalid)).await;

    let calls = listed(&talon, "").await;

    let statuses: Vec<_> = calls.iter().map(|call| call["status"].as_u64().unwrap()).collect();
    assert_eq!(statuses, [400, 400, 401]);
    assert_eq!(calls[0]["body"]["customerSession"]["state"], 5);
    let pointer = "/reply/errors/0/source/pointer";
    assert_eq!(calls[0].pointer(pointer), Some(&json!("/customerSession/state")));
    assert_eq!(calls[1]["body"], "{", "a text that is no JSON");
    assert!(calls[2]["reply"]["message"].is_string());
    assert!(calls.iter().all(|call| call["operation"] == "updateCustomerSessionV2"));
    assert!(!format!("{calls:?}").contains("wrong-key"));
}

#[tokio::test]
async fn a_request_that_matches_no_operation_says_what_was_near() {
    let talon = talon();
    send(&open(&talon), request("PUT", "/v2/customer_session/cart-1", &[], "{}")).await;
    send(&open(&talon), request("POST", SESSION, &[], "{}")).await;
    send(&open(&talon), request("GET", "/favicon.ico", &[], "")).await;

    let calls = listed(&talon, "").await;

    let near = json!({
        "operation": "updateCustomerSessionV2",
        "method": "PUT",
        "path": "/v2/customer_sessions/{customerSessionId}",
        "hint": "did you mean PUT /v2/customer_sessions/{customerSessionId}?"
    });
    assert_eq!((&calls[0]["near"], &calls[0]["status"]), (&near, &json!(404)));
    assert_eq!((&calls[1]["near"], &calls[1]["status"]), (&near, &json!(405)));
    assert_eq!(calls[2].get("near"), None);
    let message =
        crate::shop::panic_of(std::panic::AssertUnwindSafe(|| talon.assert_all_matched()));
    assert!(
        message.contains("did you mean PUT /v2/customer_sessions/{customerSessionId}?"),
        "{message}"
    );
}

#[tokio::test]
async fn calls_are_filtered() {
    let talon = talon();
    talon.faults().next::<talon_core::operations::UpdateCustomerProfileV2>(Fault::status(503));
    for sent in [
        call(&profile("anna"), &[]),
        call(&profile("ben"), &[]),
        call(&pay("cart-1"), &[]),
        request("GET", "/nothing", &[], ""),
    ] {
        send(&open(&talon), sent).await;
    }

    for (query, numbers) in [
        ("?status=503", &[1][..]),
        ("?status=5xx", &[1]),
        ("?status=2xx", &[2, 3]),
        ("?path=customer_profiles/ben", &[2]),
        ("?path=%2Fnothing", &[4]),
        ("?since=2", &[3, 4]),
        ("?limit=1", &[4]),
        ("?since=1&limit=2", &[3, 4]),
        ("?operation=updateCustomerProfileV2&status=200", &[2]),
        ("?limit=0", &[]),
    ] {
        let found = listed(&talon, query).await;
        let found: Vec<_> = found.iter().map(|call| call["number"].as_u64().unwrap()).collect();
        assert_eq!(found, numbers, "{query}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_delay_counts_in_the_duration_by_the_clock_of_the_machine() {
    let talon = talon();
    talon.faults().on_any(Fault::delay(std::time::Duration::from_secs(5)));

    send(&open(&talon), call(&profile("anna"), &[])).await;

    // The paused clock of tokio does not wait.
    let duration = talon.all_calls()[0].duration.expect("of a call over HTTP");
    assert!(duration < std::time::Duration::from_secs(5), "{duration:?}");
}

#[tokio::test]
async fn a_call_in_process_has_neither_headers_nor_a_duration() {
    use talon_core::IntegrationApi as _;
    let talon = talon();
    talon.update_customer_profile_v2(profile("anna")).await.expect("a reply");

    let calls = talon.all_calls();

    assert_eq!((calls[0].headers.as_ref(), calls[0].duration), (None, None));
}
