//! Fault injection in process.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use talon_core::prelude::*;
use talon_core::{ApiError, Problem};
use talon_fake::Fault;

use crate::shop::{panic_of, pay, profile, redeemed, talon};

#[tokio::test]
async fn a_status_refuses_and_changes_nothing() {
    let talon = talon();
    talon.faults().next::<UpdateCustomerSessionV2>(Fault::status(503));

    let error = talon.update_customer_session_v2(pay("cart-1")).await.unwrap_err();

    assert_eq!((error.status().unwrap().as_u16(), error.may_have_been_applied()), (503, true));
    assert_eq!(error.to_string(), "updateCustomerSessionV2 was refused: 503 Service Unavailable");
    assert_eq!(talon.session("cart-1"), None);
}

#[tokio::test]
async fn a_refusal_can_be_specified_completely() {
    let talon = talon();
    let refusal = ApiError::invalid(Problem::at("/type", "Unknown", "no such event"));
    talon.faults().next::<UpdateCustomerProfileV2>(Fault::api_error(refusal.clone()));

    let error = talon.update_customer_profile_v2(profile("anna")).await.unwrap_err();

    assert_eq!(error.api(), Some(&refusal));
}

#[tokio::test]
async fn a_dropped_connection_and_a_lost_reply_look_the_same_to_the_caller() {
    let talon = talon();
    talon.faults().next::<UpdateCustomerSessionV2>(Fault::drop_connection());
    let dropped = talon.update_customer_session_v2(pay("cart-1")).await.unwrap_err();
    assert_eq!(redeemed(&talon), 0);

    talon.faults().next::<UpdateCustomerSessionV2>(Fault::lose_reply());
    let lost = talon.update_customer_session_v2(pay("cart-1")).await.unwrap_err();
    assert_eq!(redeemed(&talon), 1);

    for error in [&dropped, &lost] {
        assert_eq!(error.kind(), ErrorKind::Interrupted);
        assert!(error.may_have_been_applied());
    }
    assert_eq!(dropped.to_string(), lost.to_string());
}

#[tokio::test]
async fn a_fault_of_a_read_changes_nothing() {
    let talon = talon();
    talon.faults().next::<GetReservedCustomers>(Fault::lose_reply());

    let error =
        talon.get_reserved_customers(GetReservedCustomers::new("TENOFF")).await.unwrap_err();

    assert!(!error.may_have_been_applied());
}

#[tokio::test]
async fn a_body_fault_occurs_after_the_change() {
    let talon = talon();
    for (fault, kind) in [
        (Fault::truncated_body(), ErrorKind::Interrupted),
        (Fault::garbled_body(), ErrorKind::Decode),
    ] {
        talon.reset();
        talon.faults().next::<UpdateCustomerSessionV2>(fault);

        let error = talon.update_customer_session_v2(pay("cart-1")).await.unwrap_err();

        assert_eq!((error.kind(), error.may_have_been_applied()), (kind, true));
        assert_eq!(redeemed(&talon), 1);
    }
}

#[tokio::test]
async fn even_a_reply_without_a_body_can_be_garbled() {
    let talon = talon();
    talon.update_customer_profile_v2(profile("anna")).await.unwrap();
    talon.faults().next::<DeleteCustomerData>(Fault::garbled_body());

    let error = talon.delete_customer_data(DeleteCustomerData::new("anna")).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Decode);
}

#[tokio::test(start_paused = true)]
async fn a_delay_affects_the_reply_and_not_the_change() {
    let talon = talon();
    talon.faults().next::<UpdateCustomerSessionV2>(Fault::delay(Duration::from_secs(5)));
    let call = talon.update_customer_session_v2(pay("cart-1"));

    let late = tokio::time::timeout(Duration::from_secs(1), call).await;

    assert!(late.is_err());
    assert_eq!(redeemed(&talon), 1);
}

#[tokio::test]
async fn faults_are_injected_into_their_operation_in_order() {
    let talon = talon();
    talon.faults().next::<UpdateCustomerProfileV2>(Fault::status(500));
    talon.faults().on_any(Fault::status(503));

    let session = talon.update_customer_session_v2(pay("cart-1")).await.unwrap_err();
    let profile = talon.update_customer_profile_v2(profile("anna")).await.unwrap_err();

    assert_eq!(session.status().unwrap(), 503);
    assert_eq!(profile.status().unwrap(), 500);
}

#[tokio::test]
async fn a_fault_can_be_limited_to_matching_requests() {
    let talon = talon();
    talon
        .faults()
        .next::<UpdateCustomerProfileV2>(Fault::conflict())
        .when(|request| request.profile_id == "ben");

    talon.update_customer_profile_v2(profile("anna")).await.unwrap();
    let error = talon.update_customer_profile_v2(profile("ben")).await.unwrap_err();

    assert!(error.is_conflict());
}

#[tokio::test]
async fn every_nth_and_random_faults_are_reproducible() {
    let run = || async {
        let talon = talon();
        talon.faults().next::<UpdateCustomerProfileV2>(Fault::status(503)).every(3);
        talon.faults().on_any(Fault::status(500)).with_probability(0.5, 42);
        let mut statuses = String::new();
        for _ in 0..12 {
            let reply = talon.update_customer_profile_v2(profile("anna")).await;
            let status = reply.err().and_then(|error| error.status());
            statuses += status.map_or("200", |status| if status == 503 { "503" } else { "500" });
            statuses += " ";
        }
        statuses
    };

    let statuses = run().await;

    assert_eq!(statuses, run().await);
    assert_eq!(statuses.split(' ').skip(2).step_by(3).collect::<Vec<_>>(), ["503"; 4]);
    assert!(statuses.contains("500") && statuses.contains("200"), "{statuses}");
}

#[tokio::test]
async fn unused_faults_fail_the_test_with_their_names() {
    let talon = talon();
    talon.faults().next::<UpdateCustomerProfileV2>(Fault::lose_reply()).times(2);
    talon.faults().next::<TrackEvent>(Fault::status(503));
    talon.faults().on_any(Fault::conflict()).every(100);
    talon.update_customer_profile_v2(profile("anna")).await.unwrap_err();

    let message = panic_of(AssertUnwindSafe(|| talon.faults().assert_used()));

    assert_eq!(
        message,
        "faults that were planned and not met: 3\n  \
         lose_reply on updateCustomerProfileV2: injected 1 of 2, calls seen: 1\n  \
         status 503 on trackEvent: injected 0 of 1, calls seen: 0\n  \
         conflict on any operation: injected 0, calls seen: 0"
    );
}

#[tokio::test]
async fn used_and_cleared_faults_are_counted() {
    let talon = talon();
    talon.faults().next::<UpdateCustomerProfileV2>(Fault::status(503));
    talon.update_customer_profile_v2(profile("anna")).await.unwrap_err();
    talon.faults().assert_used();

    talon.faults().next::<TrackEvent>(Fault::status(503));
    talon.faults().clear();

    talon.faults().assert_used();
    assert!(talon.faults().planned().is_empty());
}

#[test]
fn a_success_status_is_refused_as_a_fault() {
    for status in [0, 200, 399, 600] {
        let made = std::panic::catch_unwind(|| Fault::status(status));

        assert!(made.is_err(), "{status}");
    }
}
