//! Several worlds in one server.

use talon_core::prelude::*;
use talon_fake::{Fake, Fault, World, Worlds};

use crate::http::{call, send};
use crate::shop::{pay, profile, redeemed, talon, world};

fn with_key(key: &'static str) -> [(&'static str, &'static str); 1] {
    [("authorization", key)]
}

#[tokio::test]
async fn new_keys_get_a_separate_world() {
    let worlds = Worlds::new(talon()).fresh(world()).unwrap();
    let service = worlds.service();

    for key in ["ApiKey-v1 a", "ApiKey-v1 b"] {
        let reply = send(&service, call(&pay("cart-1"), &with_key(key))).await;
        assert_eq!(reply.status(), 200);
    }

    for key in ["a", "b"] {
        assert_eq!(redeemed(&worlds.world(key).unwrap()), 1, "{key}");
    }
    assert_eq!(redeemed(&worlds.first()), 0);
}

#[tokio::test]
async fn a_fault_affects_only_its_world() {
    let worlds = Worlds::new(talon()).fresh(world()).unwrap();
    let [a, b] = ["a", "b"].map(|key| worlds.world_or_fresh(key).unwrap());
    a.faults().on_any(Fault::status(503)).times(1000);
    let service = worlds.service();

    let refused = send(&service, call(&profile("anna"), &with_key("ApiKey-v1 a"))).await;
    let unaffected = send(&service, call(&profile("anna"), &with_key("ApiKey-v1 b"))).await;

    assert_eq!((refused.status().as_u16(), unaffected.status().as_u16()), (503, 200));
    assert_eq!((a.all_calls().len(), b.all_calls().len()), (1, 1));
}

#[tokio::test]
async fn unknown_keys_are_refused_without_fresh_worlds() {
    let worlds = Worlds::new(talon());

    let reply =
        send(&worlds.service(), call(&profile("anna"), &with_key("ApiKey-v1 stranger"))).await;

    assert_eq!(reply.status(), 401);
    assert!(worlds.world_or_fresh("stranger").is_none());
}

#[test]
fn two_worlds_cannot_have_the_same_key() {
    let mut other = World::new();
    other.application.api_keys = vec!["a".into(), "demo-key".into()];

    let error = Worlds::new(talon()).with(Fake::new(other).unwrap()).unwrap_err();

    assert_eq!(error.member(), "application.apiKeys");
}

#[tokio::test]
async fn worlds_are_isolated_under_concurrency() {
    let worlds = Worlds::new(talon()).fresh(world()).unwrap();
    let mut users = tokio::task::JoinSet::new();
    for user in 0..64 {
        let fake = worlds.world_or_fresh(&format!("key-{user}")).unwrap();
        users.spawn(async move {
            let paid = fake.update_customer_session_v2(pay("cart-1")).await;
            (paid.expect("nobody else has this coupon").effects.len(), redeemed(&fake))
        });
    }

    assert!(users.join_all().await.iter().all(|outcome| *outcome == (2, 1)));
}

#[tokio::test]
async fn keys_that_are_too_long_or_empty_get_no_world() {
    let worlds = Worlds::new(talon()).fresh(world()).unwrap();

    assert!(worlds.world_or_fresh(&"k".repeat(255)).is_some());
    assert!(worlds.world_or_fresh(&"k".repeat(256)).is_none());
    assert!(worlds.world_or_fresh("").is_none());
}
