//! The control API.

use http::StatusCode;
use serde_json::json;
use talon_core::prelude::*;
use talon_fake::world::IntegrationKey;
use talon_fake::{ControlAccess, Fake, FakeService, Snapshot, Worlds};

use crate::http::{ask, call, request, send};
use crate::shop::{pay, profile, redeemed, talon, world};

mod access;
mod bodies;
mod calls;
mod lists;
mod openapi;
mod page;
mod rows;
mod schema;
mod strict;

fn open(talon: &Fake) -> FakeService {
    talon.service().control(ControlAccess::open())
}

#[tokio::test]
async fn health_counts_the_worlds() {
    let reply = ask(&open(&talon()), "GET", "/_fake/health", "").await;

    assert_eq!(reply, (StatusCode::OK, json!({"status": "ok", "worlds": 1})));
}

#[tokio::test]
async fn the_clock_route_returns_the_values_of_its_methods() {
    let talon = talon();
    let service = open(&talon);
    let shows = |now: &str| json!({"now": now, "followsSystem": false});

    for (body, now) in [
        (r#"{"set": "2026-07-01T00:00:00+02:00"}"#, "2026-06-30T22:00:00Z"),
        (r#"{"advance": {"days": 1, "minutes": 30}}"#, "2026-07-01T22:30:00Z"),
    ] {
        let reply = ask(&service, "POST", "/_fake/clock", body).await;
        assert_eq!(reply, (StatusCode::OK, shows(now)));
    }
    ask(&service, "POST", "/_fake/clock", r#""followSystem""#).await;

    let (_, reply) = ask(&service, "GET", "/_fake/clock", "").await;
    assert_eq!(reply["followsSystem"], true);
    assert!(talon.clock().follows_system());
}

#[tokio::test]
async fn every_fault_can_be_planned() {
    let service = open(&talon());
    for fault in [
        json!({"status": 503}),
        json!({"apiError": {"status": 400, "message": "no", "errors": []}}),
        json!({"tooManyRequests": {"seconds": 2}}),
        json!("conflict"),
        json!({"delay": {"milliseconds": 500}}),
        json!("dropConnection"),
        json!("loseReply"),
        json!("truncatedBody"),
        json!("garbledBody"),
    ] {
        let plan = json!({"next": {"trackEvent": fault}, "times": 2}).to_string();

        let (status, reply) = ask(&service, "POST", "/_fake/faults", &plan).await;

        assert_eq!(status, StatusCode::CREATED, "{plan}: {reply}");
    }
}

#[tokio::test]
async fn planned_faults_are_injected_and_counted() {
    let talon = talon();
    let service = open(&talon);
    let plan = r#"{"onAny": {"status": 503}, "every": 2, "times": 1}"#;
    ask(&service, "POST", "/_fake/faults", plan).await;

    let mut statuses = Vec::new();
    for _ in 0..3 {
        statuses.push(send(&service, call(&profile("anna"), &[])).await.status().as_u16());
    }

    assert_eq!(statuses, [200, 503, 200]);
    let (_, faults) = ask(&service, "GET", "/_fake/faults", "").await;
    let planned = json!({
        "operation": null, "fault": {"status": 503}, "times": 1, "every": 2, "seen": 2, "injected": 1
    });
    assert_eq!(faults, json!({"planned": [planned], "unused": []}));
    ask(&service, "DELETE", "/_fake/faults", "").await;
    assert!(talon.faults().planned().is_empty());
}

#[tokio::test]
async fn invalid_fault_plans_are_refused_with_a_pointer() {
    let service = open(&talon());
    for (plan, pointer) in [
        ("{", ""),
        (r#"[null, "conflict", null, null, null]"#, ""),
        (r#"{"times": 2}"#, ""),
        (r#"{"next": {"noSuchOperation": "conflict"}}"#, "/next"),
        (r#"{"next": {"trackEvent": {"status": 200}}}"#, "/next/trackEvent/status"),
        (r#"{"next": {"trackEvent": "explode"}}"#, "/next/trackEvent"),
        (r#"{"onAny": "conflict", "every": 0}"#, "/every"),
        (r#"{"onAny": "conflict", "withProbability": [1.5, 1]}"#, "/withProbability"),
        (r#"{"onAny": "conflict", "often": true}"#, "/often"),
    ] {
        let (status, reply) = ask(&service, "POST", "/_fake/faults", plan).await;

        assert_eq!(status, StatusCode::BAD_REQUEST, "{plan}");
        assert_eq!(reply["errors"][0]["source"]["pointer"], pointer, "{plan}: {reply}");
    }
}

#[tokio::test]
async fn calls_are_listed_and_cleared() {
    let talon = talon();
    let service = open(&talon);
    send(&service, call(&profile("anna"), &[])).await;
    send(&service, call(&pay("cart-1").dry(true), &[])).await;

    let path = "/_fake/calls?operation=updateCustomerSessionV2";
    let (_, listed) = ask(&service, "GET", path, "").await;

    assert_eq!(listed["forgotten"], 0);
    let calls = listed["calls"].as_array().unwrap();
    assert_eq!(calls.len(), 1);
    assert_eq!(calls[0]["path"], "/v2/customer_sessions/cart-1?dry=true");
    assert_eq!(calls[0]["body"]["customerSession"]["couponCodes"], json!(["TENOFF"]));
    assert_eq!((&calls[0]["status"], &calls[0]["dry"]), (&json!(200), &json!(true)));
    ask(&service, "DELETE", "/_fake/calls", "").await;
    assert!(talon.all_calls().is_empty());
}

#[tokio::test]
async fn listing_calls_of_an_unknown_operation_is_refused() {
    let service = open(&talon());

    let (status, reply) = ask(&service, "GET", "/_fake/calls?operation=trackEvents", "").await;

    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(reply["errors"][0]["source"]["parameter"], "operation");
}

#[tokio::test]
async fn recorded_bodies_are_limited_by_bytes() {
    let worlds = Worlds::new(talon()).fresh(world()).unwrap();
    let service = worlds.service().control(ControlAccess::open());
    let key = [("authorization", "ApiKey-v1 fresh")];
    let attributes = Attributes::new().with("Story", "x".repeat(2 << 20));
    let profile = NewCustomerProfile { attributes: Some(attributes), ..Default::default() };
    for number in 0..4 {
        let request = UpdateCustomerProfileV2::new(format!("p{number}"), profile.clone());
        send(&service, call(&request, &key)).await;
    }

    // Each of them has 4 MiB: it is sent, stored, and sent back.
    let fresh = worlds.world("fresh").expect("it was made");
    assert_eq!((fresh.all_calls().len(), fresh.forgotten_calls()), (1, 3));
    fresh.assert_called_times::<UpdateCustomerProfileV2>(4);
}

#[tokio::test]
async fn the_number_of_planned_faults_is_limited() {
    let talon = talon();
    let service = open(&talon);
    for _ in 0..1000 {
        talon.faults().on_any(talon_fake::Fault::status(503));
    }

    let plan = r#"{"onAny": {"status": 503}}"#;
    let (status, reply) = ask(&service, "POST", "/_fake/faults", plan).await;

    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(reply["errors"][0]["details"].as_str().unwrap().contains("1000"), "{reply}");
}

#[tokio::test]
async fn a_snapshot_can_be_taken_and_restored() {
    let talon = talon();
    let service = open(&talon);
    let taken = send(&service, request("GET", "/_fake/snapshot", &[], "")).await;
    let text = String::from_utf8(taken.body().to_vec()).unwrap();
    assert_eq!(serde_json::from_str::<Snapshot>(&text).unwrap(), talon.snapshot());
    send(&service, call(&pay("cart-1"), &[])).await;
    assert_eq!(redeemed(&talon), 1);

    let (status, _) = ask(&service, "PUT", "/_fake/snapshot", &text).await;

    assert_eq!((status, redeemed(&talon)), (StatusCode::NO_CONTENT, 0));
}

#[tokio::test]
async fn a_reset_restores_the_initial_world() {
    let talon = talon();
    let service = open(&talon);
    send(&service, call(&pay("cart-1"), &[])).await;

    let (status, _) = ask(&service, "POST", "/_fake/reset", "").await;

    assert_eq!((status, redeemed(&talon)), (StatusCode::NO_CONTENT, 0));
    assert!(talon.all_calls().is_empty());
}

#[tokio::test]
async fn seeding_replaces_the_world_and_keeps_its_keys() {
    let talon = talon();
    let service = open(&talon);
    let world = r#"{"application": {"apiKeys": ["x"]}, "campaigns": [{"name": "New"}]}"#;

    let (status, _) = ask(&service, "POST", "/_fake/seed", world).await;

    assert_eq!(status, StatusCode::NO_CONTENT);
    assert_eq!(talon.application().api_keys, [IntegrationKey::new("demo-key")]);
    assert!(talon.coupon("TENOFF").is_none());
}

#[tokio::test]
async fn seeding_with_a_new_key_creates_a_world() {
    let worlds = Worlds::new(talon());
    let service = worlds.service().control(ControlAccess::open());
    let headers = [("authorization", "ApiKey-v1 mine")];
    assert!(worlds.world("mine").is_none());

    send(&service, request("POST", "/_fake/seed", &headers, "{}")).await;

    assert_eq!(send(&service, call(&profile("anna"), &headers)).await.status(), 200);
    assert!(worlds.first().all_calls().is_empty());
}

#[tokio::test]
async fn an_invalid_world_is_refused_and_changes_nothing() {
    let talon = talon();
    let world = r#"{"campaigns": [{"name": "A", "coupon": []}]}"#;

    let (status, reply) = ask(&open(&talon), "POST", "/_fake/seed", world).await;

    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(reply["errors"][0]["source"]["pointer"], "/campaigns/0/coupon");
    assert!(talon.coupon("TENOFF").is_some());
}

#[tokio::test]
async fn the_key_selects_the_world() {
    let worlds = Worlds::new(talon()).fresh(world()).unwrap();
    let service = worlds.service().control(ControlAccess::open());
    let headers = [("authorization", "ApiKey-v1 mine")];
    let advance = r#"{"advance": {"days": 1}}"#;

    send(&service, request("POST", "/_fake/clock", &headers, advance)).await;

    let (mine, first) = (worlds.world("mine").unwrap(), worlds.first());
    assert_eq!(mine.clock().now().to_string(), "2026-03-02T09:00:00Z");
    assert_eq!(first.clock().now().to_string(), "2026-03-01T09:00:00Z");
}

#[tokio::test]
async fn a_key_that_has_no_world_is_not_found() {
    let headers = [("authorization", "ApiKey-v1 nobody")];

    let reply = send(&open(&talon()), request("POST", "/_fake/reset", &headers, "")).await;

    assert_eq!(reply.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn unknown_paths_and_methods_list_the_known_ones() {
    let service = open(&talon());

    let (not_found, reply) = ask(&service, "GET", "/_fake/cals", "").await;
    let allowed = send(&service, request("PUT", "/_fake/clock", &[], "")).await;

    assert_eq!(not_found, StatusCode::NOT_FOUND);
    assert!(reply["message"].as_str().unwrap().contains("/_fake/calls"), "{reply}");
    assert_eq!(allowed.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(allowed.headers()["allow"], "GET, POST");
}

#[tokio::test]
async fn control_requests_are_not_recorded_as_calls() {
    let talon = talon();

    ask(&open(&talon), "GET", "/_fake/cals", "").await;

    assert!(talon.all_calls().is_empty());
}
