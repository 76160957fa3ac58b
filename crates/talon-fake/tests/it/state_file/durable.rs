//! Changes that are saved before the reply is sent.

use std::fs;
use std::sync::Arc;

use talon_core::prelude::*;
use talon_fake::Worlds;

use super::{KEY, open, path};
use crate::http::{call, send};
use crate::shop::{pay, profile, redeemed, talon};

#[tokio::test]
async fn a_durable_change_is_saved_before_its_reply() {
    let path = path("durable");
    let file = Arc::new(open(&path));
    let worlds = Worlds::new(talon());
    let service = worlds.service().durable(Arc::clone(&file));

    for id in ["anna", "ben", "cleo"] {
        assert_eq!(send(&service, call(&profile(id), &[])).await.status(), 200);

        let kept = file.load().unwrap().expect("it was saved");
        assert!(kept.first().profile(id).is_some(), "{id}");
    }
    worlds.first().clock().advance(std::time::Duration::from_secs(1));
    send(&service, call(&GetReservedCustomers::new("TENOFF"), &[])).await;
    let kept = file.load().unwrap().expect("it was saved");
    assert_eq!(kept.first().clock().now(), worlds.first().clock().now());

    // What changes nothing saves nothing.
    fs::remove_file(&path).unwrap();
    send(&service, call(&GetReservedCustomers::new("TENOFF"), &[])).await;
    assert!(!path.exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn concurrent_durable_changes_are_all_saved() {
    let file = Arc::new(open(&path("durable-at-once")));
    let worlds = Worlds::new(talon());
    let service = worlds.service().durable(Arc::clone(&file));

    let calls = (0..100).map(|user| {
        let (service, file) = (service.clone(), Arc::clone(&file));
        tokio::spawn(async move {
            let id = format!("user-{user}");
            assert_eq!(send(&service, call(&profile(&id), &[])).await.status(), 200);
            let kept = file.load().unwrap().expect("it was saved");
            assert!(kept.first().profile(id).is_some());
        })
    });

    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap();
    }
}

#[tokio::test]
async fn a_change_that_cannot_be_saved_is_not_acknowledged_and_saved_later() {
    let path = path("durable-fails");
    let file = Arc::new(open(&path));
    let service = Worlds::new(talon()).service().durable(Arc::clone(&file));
    let beside = path.with_extension("json.new");
    fs::create_dir(&beside).unwrap();

    let refused = send(&service, call(&pay("cart-1"), KEY)).await;
    let text = String::from_utf8_lossy(refused.body()).into_owned();
    assert_eq!(refused.status(), 500);
    assert!(text.contains("could not be saved") && !text.contains("state.json"), "{text}");

    fs::remove_dir(&beside).unwrap();
    let repeat = send(&service, call(&pay("cart-1"), KEY)).await;

    assert_eq!(repeat.status(), 200);
    assert_eq!(redeemed(&file.load().unwrap().unwrap().first()), 1);
}
