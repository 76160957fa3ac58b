//! The keys of an application, as requests over HTTP meet them.

use http::StatusCode;
use talon_core::prelude::*;
use talon_fake::world::IntegrationKey;
use talon_fake::{Fake, FakeService, World, Worlds};

use crate::http::{call, request, send};
use crate::shop::{profile, update, world};

const EXPIRY: &str = "2027-01-01T00:00:00Z";

fn with_keys() -> World {
    world().api_keys([
        IntegrationKey::new("demo-key"),
        IntegrationKey::new("test-key").testing(),
        IntegrationKey::new("old-key").expires(EXPIRY),
    ])
}

fn talon() -> Fake {
    Fake::new(with_keys()).expect("a world")
}

async fn status(service: &FakeService, method: &str, path: &str, key: Option<&str>) -> u16 {
    let key = key.map_or_else(String::new, |key| format!("ApiKey-v1 {key}"));
    let sent = request(method, path, &[("authorization", &key)], "{}");
    send(service, sent).await.status().as_u16()
}

#[tokio::test]
async fn a_path_of_no_operation_is_unknown_whatever_the_key() {
    let talon = talon();
    let service = talon.service();

    for key in [None, Some("wrong"), Some("demo-key")] {
        assert_eq!(status(&service, "GET", "/v1/nothing", key).await, 404, "{key:?}");
    }

    assert_eq!(talon.unmatched_calls().len(), 3);
}

#[tokio::test]
async fn an_expired_key_gets_no_world_of_its_own() {
    let talon = talon();
    let worlds = Worlds::new(talon.clone()).fresh(World::demo()).expect("a world");
    let service = worlds.service();
    let inventory = "/v1/customer_profiles/anna/inventory";

    talon.clock().set(EXPIRY);

    assert_eq!(status(&service, "GET", inventory, Some("old-key")).await, 401);
    assert_eq!(
        status(&service, "GET", inventory, Some("a-new-key")).await,
        404,
        "no profile there"
    );
    assert_eq!(worlds.all().len(), 2);
    let clock = request("GET", "/_fake/clock", &[("authorization", "ApiKey-v1 old-key")], "");
    let control = service.control(talon_fake::ControlAccess::with_token("t"));
    assert_eq!(send(&control, clock).await.status(), StatusCode::UNAUTHORIZED, "needs a token");
}

#[tokio::test]
async fn a_dry_reply_to_a_key_for_tests_is_not_that_of_another_key() {
    let talon = talon();
    let service = talon.service();
    let send_with = async |key: &str| {
        let headers = [("authorization", key), ("idempotency-key", "5a3c")];
        let reply = send(&service, call(&update("cart-1"), &headers)).await;
        assert_eq!(reply.status(), StatusCode::OK);
    };

    send_with("ApiKey-v1 test-key").await;
    assert_eq!(talon.session("cart-1"), None);
    send_with("ApiKey-v1 demo-key").await;

    assert!(talon.session("cart-1").is_some());
    let dry: Vec<_> = talon.all_calls().iter().map(|call| (call.dry, call.replayed)).collect();
    assert_eq!(dry, [(true, false), (false, false)]);
}

#[tokio::test]
async fn a_key_for_tests_deletes_nothing() {
    let talon = talon();
    talon.update_customer_profile_v2(profile("anna")).await.expect("a profile");
    let deletion = DeleteCustomerData::new("anna");

    let headers = [("authorization", "ApiKey-v1 test-key")];
    let reply = send(&talon.service(), call(&deletion, &headers)).await;

    assert_eq!(reply.status(), StatusCode::NO_CONTENT);
    assert!(talon.profile("anna").is_some());
    assert!(talon.calls::<DeleteCustomerData>()[0].dry);
}
