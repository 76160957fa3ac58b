//! `Idempotency-Key`.

use std::time::Duration;

use bytes::Bytes;
use http::Request;
use talon_core::prelude::*;
use talon_fake::Fault;
use talon_server::{Answer, Service as _};

use crate::http::{call, send};
use crate::shop::{pay, profile, redeemed, talon, update};

mod returns;

const KEY: &[(&str, &str)] = &[("idempotency-key", "5a3c")];

#[tokio::test]
async fn a_repeat_gets_the_stored_reply_and_changes_nothing() {
    let talon = talon();
    let service = talon.service();

    let first = send(&service, call(&pay("cart-1"), KEY)).await;
    let repeat = send(&service, call(&pay("cart-1"), KEY)).await;

    assert_eq!((repeat.status(), repeat.body()), (first.status(), first.body()));
    assert_eq!(first.status(), 200);
    assert_eq!(redeemed(&talon), 1);
    let calls = talon.calls::<UpdateCustomerSessionV2>();
    assert_eq!(calls.iter().map(|call| call.replayed).collect::<Vec<_>>(), [false, true]);
}

#[tokio::test]
async fn a_repeat_after_a_lost_reply_gets_the_stored_reply() {
    let talon = talon();
    let service = talon.service();
    talon.faults().next::<UpdateCustomerSessionV2>(Fault::lose_reply());

    let lost = service.handle(call(&pay("cart-1"), KEY)).await;
    let repeat = send(&service, call(&pay("cart-1"), KEY)).await;

    assert!(matches!(lost, Answer::HangUp));
    assert_eq!(repeat.status(), 200);
    assert_eq!(redeemed(&talon), 1);
}

#[tokio::test]
async fn a_failed_request_is_not_stored() {
    let talon = talon();
    let service = talon.service();
    talon.faults().next::<UpdateCustomerSessionV2>(Fault::status(503));
    talon.faults().next::<UpdateCustomerSessionV2>(Fault::drop_connection());

    let refused = send(&service, call(&pay("cart-1"), KEY)).await;
    let dropped = service.handle(call(&pay("cart-1"), KEY)).await;
    let repeat = send(&service, call(&pay("cart-1"), KEY)).await;

    assert_eq!(refused.status(), 503);
    assert!(matches!(dropped, Answer::HangUp));
    assert_eq!(repeat.status(), 200);
}

#[tokio::test]
async fn another_body_gets_the_stored_reply_too() {
    let talon = talon();
    let service = talon.service();

    let first = send(&service, call(&update("cart-1"), KEY)).await;
    let other = send(&service, call(&pay("cart-1"), KEY)).await;

    assert_eq!(other.body(), first.body());
    assert_eq!(redeemed(&talon), 0);
}

#[tokio::test]
async fn a_key_belongs_to_its_path() {
    let talon = talon();
    let service = talon.service();

    send(&service, call(&profile("anna"), KEY)).await;
    send(&service, call(&profile("ben"), KEY)).await;

    assert!(talon.profile("ben").is_some());
}

/// A request with the key, and a query in any spelling.
fn with_query(query: &str) -> Request<Bytes> {
    let mut request = call(&pay("cart-1"), KEY);
    let target = format!("/v2/customer_sessions/cart-1{query}");
    *request.uri_mut() = target.parse().expect("a target");
    request
}

#[tokio::test]
async fn a_dry_run_and_the_call_after_it_are_two_requests() {
    let talon = talon();
    let service = talon.service();

    let dry = send(&service, with_query("?dry=true")).await;
    assert_eq!((dry.status().as_u16(), redeemed(&talon)), (200, 0));
    let real = send(&service, with_query("")).await;
    assert_eq!((real.status().as_u16(), redeemed(&talon)), (200, 1));

    assert_eq!(send(&service, with_query("?dry=true")).await.body(), dry.body());
    assert_eq!(send(&service, with_query("")).await.body(), real.body());
    let calls = talon.calls::<UpdateCustomerSessionV2>();
    let replayed: Vec<_> = calls.iter().map(|call| call.replayed).collect();
    assert_eq!(replayed, [false, false, true, true]);
}

#[tokio::test]
async fn a_dry_run_at_another_time_is_another_request() {
    let talon = talon();
    let service = talon.service();
    let at = |time: &str| with_query(&format!("?dry=true&now={time}"));

    for time in ["2030-01-01T00:00:00Z", "2031-01-01T00:00:00Z"] {
        send(&service, at(time)).await;
    }
    send(&service, at("2030-01-01T01:00:00%2B01:00")).await;

    let calls = talon.calls::<UpdateCustomerSessionV2>();
    let replayed: Vec<_> = calls.iter().map(|call| call.replayed).collect();
    assert_eq!(replayed, [false, false, true]);
}

#[tokio::test]
async fn equivalent_spellings_of_a_request_share_a_reply() {
    for (first, repeats) in [
        ("", ["?", "?dry=false", "?unknown=7&dry=False"]),
        ("?dry=true", ["?dry=True", "?unknown=7&dry=true", "?dry=false&dry=%74rue"]),
    ] {
        let talon = talon();
        let service = talon.service();
        let stored = send(&service, with_query(first)).await;

        for repeat in repeats {
            let reply = send(&service, with_query(repeat)).await;
            assert_eq!(reply.body(), stored.body(), "{first} and {repeat}");
        }

        let calls = talon.calls::<UpdateCustomerSessionV2>();
        assert!(calls[1..].iter().all(|call| call.replayed), "{first}");
    }
}

#[tokio::test]
async fn a_snapshot_contains_stored_replies() {
    let talon = talon();
    let service = talon.service();
    let before = talon.snapshot();
    let first = send(&service, call(&pay("cart-1"), KEY)).await;
    let after = talon.snapshot();
    assert_eq!(first.status(), 200);

    talon.restore(&before).unwrap();
    talon.restore(&serde_json::from_value(serde_json::to_value(&after).unwrap()).unwrap()).unwrap();
    assert_eq!(send(&service, call(&pay("cart-1"), KEY)).await.body(), first.body());
    assert!(talon.calls::<UpdateCustomerSessionV2>()[0].replayed);

    // Before the first request it is the first again.
    talon.restore(&before).unwrap();
    assert_eq!(send(&service, call(&pay("cart-1"), KEY)).await.status(), 200);
    assert!(!talon.calls::<UpdateCustomerSessionV2>()[0].replayed);
    assert_eq!(redeemed(&talon), 1);
}

#[tokio::test]
async fn replies_are_kept_for_a_day_of_the_fakes_clock() {
    let talon = talon();
    let service = talon.service();
    let close = |session| {
        let mut request = update(session);
        request.request.customer_session.state = Some(SessionState::Closed);
        request
    };
    let almost = Duration::from_secs(24 * 60 * 60 - 1);

    send(&service, call(&close("cart-1"), KEY)).await;
    talon.clock().advance(almost);
    assert_eq!(send(&service, call(&close("cart-1"), KEY)).await.status(), 200);
    talon.clock().advance(Duration::from_secs(1));

    assert_eq!(send(&service, call(&close("cart-1"), KEY)).await.status(), 400);
}

#[tokio::test(start_paused = true)]
async fn a_repeat_does_not_wait_for_a_delayed_reply() {
    let talon = talon();
    let service = talon.service();
    talon.faults().next::<UpdateCustomerProfileV2>(Fault::delay(Duration::from_secs(60)));
    let first = tokio::spawn({
        let service = service.clone();
        async move { send(&service, call(&profile("anna"), KEY)).await }
    });
    while talon.all_calls().is_empty() {
        tokio::task::yield_now().await;
    }

    // The change is applied and its reply stored before the reply is on its way.
    let second = send(&service, call(&profile("anna"), KEY)).await;

    assert_eq!(second.status(), 200);
    assert_eq!(first.await.unwrap().body(), second.body());
}

#[tokio::test]
async fn keys_of_invalid_length_are_refused() {
    let talon = talon();
    let service = talon.service();
    let with = |key: &str| call(&profile("anna"), &[("idempotency-key", key)]);

    assert_eq!(send(&service, with(&"k".repeat(255))).await.status(), 200);
    assert_eq!(send(&service, with(&"k".repeat(256))).await.status(), 400);
    assert_eq!(send(&service, with("")).await.status(), 400);
}

#[tokio::test]
async fn operations_without_idempotency_ignore_the_header() {
    let talon = talon();
    let service = talon.service();
    let event = || TrackEvent::new(NewEvent::new("viewed", "cart-1"));

    for _ in 0..2 {
        send(&service, call(&event(), KEY)).await;
    }

    assert!(talon.calls::<TrackEvent>().iter().all(|call| !call.replayed));
}
