//! Recorded calls, and assertions about them.

use std::panic::AssertUnwindSafe;

use talon_core::prelude::*;
use talon_fake::{CallOutcome, Fault};

use crate::shop::{panic_of, pay, profile, talon, update};

#[tokio::test]
async fn calls_are_typed_and_in_order() {
    let talon = talon();
    talon.update_customer_session_v2(update("cart-1").dry(true)).await.unwrap();
    talon.update_customer_profile_v2(profile("anna")).await.unwrap();
    talon.update_customer_session_v2(pay("cart-1")).await.unwrap();

    let calls = talon.calls::<UpdateCustomerSessionV2>();

    assert_eq!(
        calls.iter().map(|call| (call.number, call.dry)).collect::<Vec<_>>(),
        [(1, true), (3, false)]
    );
    assert_eq!(calls[1].request, pay("cart-1"));
    assert_eq!(calls[1].at, talon.clock().now());
    assert_eq!(calls[1].reply().unwrap().effects.len(), 2);
    assert!(calls[1].was_delivered());
}

#[tokio::test]
async fn refused_calls_are_recorded_with_their_refusal() {
    let talon = talon();
    talon.update_customer_session_v2(pay("cart-1")).await.unwrap();

    let error = talon.update_customer_session_v2(update("cart-1")).await.unwrap_err();

    let calls = talon.calls::<UpdateCustomerSessionV2>();
    assert_eq!(calls[1].refusal(), error.api());
    assert_eq!(talon.all_calls()[1].status, Some(400));
}

#[tokio::test]
async fn a_request_that_cannot_be_sent_is_not_recorded() {
    let talon = talon();

    let error = talon.update_customer_session_v2(update("")).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Encode);
    assert!(talon.all_calls().is_empty());
}

#[tokio::test]
async fn a_lost_reply_is_recorded_as_not_delivered() {
    let talon = talon();
    talon.faults().next::<UpdateCustomerProfileV2>(Fault::lose_reply());
    talon.faults().next::<UpdateCustomerProfileV2>(Fault::drop_connection());

    for _ in 0..2 {
        talon.update_customer_profile_v2(profile("anna")).await.unwrap_err();
    }

    let calls = talon.calls::<UpdateCustomerProfileV2>();
    assert!(calls[0].reply().is_some() && !calls[0].was_delivered());
    assert_eq!(calls[1].outcome, CallOutcome::NotServed);
    assert_eq!(calls[1].fault, Some(Fault::drop_connection()));
}

#[tokio::test]
async fn the_latest_calls_are_kept_and_all_are_counted() {
    let talon = talon();
    talon.keep_calls(2);

    for id in ["anna", "ben", "cleo"] {
        talon.update_customer_profile_v2(profile(id)).await.unwrap();
    }

    let numbers: Vec<_> = talon.all_calls().iter().map(|call| call.number).collect();
    assert_eq!((numbers.as_slice(), talon.forgotten_calls()), ([2, 3].as_slice(), 1));
    talon.assert_called_times::<UpdateCustomerProfileV2>(3);
    let message = panic_of(AssertUnwindSafe(|| {
        talon.assert_called_times::<UpdateCustomerProfileV2>(2);
    }));
    assert!(message.contains("expected 2 calls of updateCustomerProfileV2, got 3"), "{message}");
    assert!(message.contains("… 1 earlier calls forgotten\n  2. "), "{message}");
}

#[tokio::test]
async fn forgotten_calls_count_in_assertions() {
    let talon = talon();
    talon.keep_calls(0);
    talon.update_customer_profile_v2(profile("anna")).await.unwrap();

    let message = panic_of(AssertUnwindSafe(|| {
        talon.assert_not_called::<UpdateCustomerProfileV2>();
    }));
    assert!(message.contains("expected no call of updateCustomerProfileV2, got 1"), "{message}");
    let message = panic_of(AssertUnwindSafe(|| {
        talon.assert_called::<UpdateCustomerProfileV2>(|_| true);
    }));
    assert!(message.contains("its calls are forgotten, all 1"), "{message}");
}

#[tokio::test]
async fn assertions_that_hold_do_not_panic() {
    let talon = talon();
    talon.update_customer_profile_v2(profile("anna")).await.unwrap();

    talon.assert_called::<UpdateCustomerProfileV2>(|request| request.profile_id == "anna");
    talon.assert_called_with(&profile("anna"));
    talon.assert_called_times::<UpdateCustomerProfileV2>(1);
    talon.assert_not_called::<DeleteCustomerData>();
    talon.assert_all_matched();
}

#[test]
fn an_assertion_without_any_call_reports_it() {
    let talon = talon();

    let message = panic_of(AssertUnwindSafe(|| talon.assert_called::<TrackEvent>(|_| true)));

    assert_eq!(
        message,
        "expected a call of trackEvent that fits, it was not called\nno calls at all"
    );
}

#[tokio::test]
async fn an_assertion_shows_the_recorded_calls() {
    let talon = talon();
    talon.update_customer_profile_v2(profile("anna")).await.unwrap();

    let message = panic_of(AssertUnwindSafe(|| {
        talon.assert_called_times::<DeleteCustomerData>(1);
    }));

    assert_eq!(
        message,
        "expected 1 call of deleteCustomerData, got 0\ncalls:\n  \
         1. updateCustomerProfileV2 PUT /v2/customer_profiles/anna: 200"
    );
}

#[tokio::test]
async fn the_most_similar_request_is_shown_with_its_differences() {
    let talon = talon();
    talon.update_customer_session_v2(update("cart-9").dry(true)).await.unwrap();
    talon.update_customer_session_v2(update("cart-1")).await.unwrap();

    let message = panic_of(AssertUnwindSafe(|| talon.assert_called_with(&pay("cart-1"))));

    let near = "none of 2 is one; nearest miss: call 2, which differs at\n  \
                /body/customerSession/state: expected \"closed\", found nothing\ncalls:";
    assert!(message.contains(near), "{message}");
}

#[tokio::test]
async fn a_predicate_that_no_request_matches_shows_the_last_request() {
    let talon = talon();
    talon.update_customer_profile_v2(profile("anna")).await.unwrap();

    let message = panic_of(AssertUnwindSafe(|| {
        talon.assert_called::<UpdateCustomerProfileV2>(|request| request.profile_id == "ben");
    }));

    let near = "nearest miss: the last one, call 1: PUT /v2/customer_profiles/anna\n  {}\ncalls:";
    assert!(message.contains(near), "{message}");
}
