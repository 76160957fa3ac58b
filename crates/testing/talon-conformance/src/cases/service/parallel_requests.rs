//! Parallel requests, and delayed replies.

use std::time::{Duration, Instant};

use http::StatusCode;
use talon_fake::Fault;
use tokio::task::{JoinHandle, yield_now};

use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        surprise a_delay_affects_the_reply_and_not_the_change,
        refused(409) the_fourth_request_for_a_session_is_refused,
        detail a_reply_frees_a_permit,
    }
    "updateCustomerProfileV2" {
        refused(409) the_fourth_request_for_a_profile_is_refused,
        refused(409) a_conflict_of_a_fault_has_the_same_message,
    }
    "trackEventV2" {
        refused(409) the_fourth_event_for_a_profile_is_refused,
    }
    "trackEventV3" {
        refused(409) the_fourth_event_of_v3_for_a_profile_is_refused,
    }
    "returnCartItems" {
        detail the_fourth_return_from_a_session_is_refused,
    }
    "reopenCustomerSession" {
        detail the_fourth_request_is_refused_for_reopening_too,
    }
}

/// Longer than any test may take.
const FOREVER: Duration = Duration::from_secs(3600);

fn touch(session: &str) -> UpdateCustomerSessionV2 {
    UpdateCustomerSessionV2::new(session, cart(100).profile("anna"))
}

/// Sends a request in a task.
fn start(world: &World, request: UpdateCustomerSessionV2) -> JoinHandle<Result<(), Error>> {
    let api = world.api.clone();
    tokio::spawn(async move { api.update_customer_session_v2(request).await.map(drop) })
}

/// Yields until the condition holds.
async fn until(what: &str, is_so: impl Fn() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < Duration::from_secs(30), "{what}");
        yield_now().await;
    }
}

async fn a_delay_affects_the_reply_and_not_the_change(worlds: Worlds) {
    let world = worlds.empty().await;
    world.faults().next::<UpdateCustomerSessionV2>(Fault::delay(FOREVER));

    let call = start(&world, touch("cart-1"));
    until("the session is stored", || world.probe().session("cart-1").is_some()).await;

    assert!(!call.is_finished());
    call.abort();
}

/// A world that allows three parallel requests, and three requests for `cart-1` with this delay.
async fn crowded(worlds: Worlds, delay: Duration) -> (World, Vec<JoinHandle<Result<(), Error>>>) {
    let world = worlds.with(Seed::new().parallel_requests(3)).await;
    world.faults().next::<UpdateCustomerSessionV2>(Fault::delay(delay)).times(3);
    let calls = (0..3).map(|_| start(&world, touch("cart-1"))).collect();
    until("three are under way", || world.probe().calls::<UpdateCustomerSessionV2>().len() == 3)
        .await;
    (world, calls)
}

async fn the_fourth_request_for_a_session_is_refused(worlds: Worlds) {
    let (world, calls) = crowded(worlds, FOREVER).await;

    let guest = UpdateCustomerSessionV2::new("cart-1", cart(1));
    let fourth = world.api.update_customer_session_v2(guest.clone()).await;
    let elsewhere = UpdateCustomerSessionV2 { session_id: "cart-2".into(), ..guest };
    world.api.update_customer_session_v2(elsewhere).await.expect("another session");

    assert_too_many(&refusal(fourth), "session");
    calls.iter().for_each(JoinHandle::abort);
}

/// BEHAVIOUR 2.1: the message of the published sample, and a list of errors.
fn assert_too_many(refusal: &ApiError, subject: &str) {
    let message = format!("Too many requests are updating this {subject} at the same time");
    assert_eq!(refusal, &ApiError::new(StatusCode::CONFLICT, message.as_str()));
    let body = format!(r#"{{"message":"{message}","errors":[],"StatusCode":409}}"#);
    assert_eq!(refusal.body(), &body);
}

async fn the_fourth_request_for_a_profile_is_refused(worlds: Worlds) {
    let (world, calls) = crowded(worlds, FOREVER).await;
    let request = |id: &str| UpdateCustomerProfileV2::new(id, NewCustomerProfile::default());

    let fourth = world.api.update_customer_profile_v2(request("anna")).await;
    world.api.update_customer_profile_v2(request("bert")).await.expect("another profile");

    assert_too_many(&refusal(fourth), "profile");
    let session = world.api.update_customer_session_v2(touch("cart-2")).await;
    assert_too_many(&refusal(session), "profile");
    assert_eq!(world.probe().calls::<UpdateCustomerProfileV2>().len(), 2);
    calls.iter().for_each(JoinHandle::abort);
}

async fn a_conflict_of_a_fault_has_the_same_message(worlds: Worlds) {
    let world = worlds.empty().await;
    world.faults().on_any(Fault::conflict()).times(2);
    let profile = UpdateCustomerProfileV2::new("anna", NewCustomerProfile::default());

    let session = world.api.update_customer_session_v2(touch("cart-1")).await;
    let profile = world.api.update_customer_profile_v2(profile).await;

    assert_too_many(&refusal(session), "session");
    assert_too_many(&refusal(profile), "profile");
}

async fn a_reply_frees_a_permit(worlds: Worlds) {
    let (world, calls) = crowded(worlds, Duration::from_millis(20)).await;

    for call in calls {
        call.await.expect("no panic").expect("it is served");
    }

    world.api.update_customer_session_v2(touch("cart-1")).await.expect("there is room");
}

/// BEHAVIOUR-today 1.5.
async fn the_fourth_event_for_a_profile_is_refused(worlds: Worlds) {
    let (world, calls) = crowded(worlds, FOREVER).await;
    let request = |profile: &str| TrackEventV2::new(NewEventV2::new("shared", profile));

    let fourth = world.api.track_event_v2(request("anna")).await;
    world.api.track_event_v2(request("bert")).await.expect("another profile");

    assert_too_many(&refusal(fourth), "profile");
    calls.iter().for_each(JoinHandle::abort);
}

/// A refused event does not take its id.
async fn the_fourth_event_of_v3_for_a_profile_is_refused(worlds: Worlds) {
    let (world, calls) = crowded(worlds, FOREVER).await;
    let request = |profile: &str| TrackEventV3::new(NewEventV3::new("e-1", "shared", profile));

    let fourth = world.api.track_event_v3(request("anna")).await;
    world.api.track_event_v3(request("bert")).await.expect("the id is free");

    assert_too_many(&refusal(fourth), "profile");
    calls.iter().for_each(JoinHandle::abort);
}

async fn the_fourth_return_from_a_session_is_refused(worlds: Worlds) {
    let (world, calls) = crowded(worlds, FOREVER).await;

    let fourth = world.api.return_cart_items(returning("cart-1", [ReturnedCartItem::at(0)])).await;

    assert_too_many(&refusal(fourth), "session");
    calls.iter().for_each(JoinHandle::abort);
}

async fn the_fourth_request_is_refused_for_reopening_too(worlds: Worlds) {
    let (world, calls) = crowded(worlds, FOREVER).await;

    let fourth = world.api.reopen_customer_session(ReopenCustomerSession::new("cart-1")).await;

    assert_too_many(&refusal(fourth), "session");
    calls.iter().for_each(JoinHandle::abort);
}
