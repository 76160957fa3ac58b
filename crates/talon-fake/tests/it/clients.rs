//! Clients that call the fake, over a socket and in process.

use std::sync::Arc;
use std::time::Duration;

use talon_client::{CallOptions, Client, ClientConfig, IdempotencyKey, Loopback, RetryPolicy};
use talon_core::prelude::*;
use talon_core::{ApiError, Problem};
use talon_fake::{Fake, Fault};

use crate::shop::{pay, redeemed, talon};

/// A client around the fake in the same process.
fn in_process(talon: &Fake, retry: RetryPolicy) -> Client<Loopback> {
    let config = ClientConfig::new("http://localhost").api_key("demo-key").retry(retry);
    Client::new(config, Loopback::with_handler(Arc::new(talon.clone())))
        .expect("a valid configuration")
}

fn without_backoff() -> RetryPolicy {
    RetryPolicy { initial_backoff: Duration::ZERO, ..RetryPolicy::default() }
}

/// Everything about an error that a caller can act on.
fn describe(error: &Error) -> String {
    let (kind, open) = (error.kind(), error.may_have_been_applied());
    format!("{kind:?} {open} {:?} {error}", error.status())
}

/// The error of a call with a fault, and how often the coupon is redeemed after it.
async fn fail(talon: &Fake, api: &dyn IntegrationApi, fault: Fault) -> (String, i64) {
    talon.reset();
    talon.faults().next::<UpdateCustomerSessionV2>(fault);
    let error = api.update_customer_session_v2(pay("cart-1")).await.expect_err("a fault");
    talon.faults().assert_used();
    (describe(&error), redeemed(talon))
}

#[tokio::test]
async fn a_fault_is_the_same_error_for_every_caller() {
    let talon = talon();
    let server = talon.serve().await.unwrap();
    let config = ClientConfig::new(server.url()).api_key("demo-key").retry(RetryPolicy::never());
    let over_hyper = talon_hyper::connect(config).unwrap();
    let in_process = in_process(&talon, RetryPolicy::never());

    for fault in [
        Fault::status(503),
        Fault::status(500),
        Fault::api_error(ApiError::invalid(Problem::at("/state", "enum", "no such state"))),
        Fault::too_many_requests(Duration::from_secs(1)),
        Fault::conflict(),
        Fault::drop_connection(),
        Fault::lose_reply(),
        Fault::truncated_body(),
        Fault::garbled_body(),
    ] {
        let name = fault.to_string();
        let direct = fail(&talon, &talon.clone(), fault.clone()).await;

        assert_eq!(fail(&talon, &over_hyper, fault.clone()).await, direct, "{name} over hyper");
        assert_eq!(fail(&talon, &in_process, fault).await, direct, "{name} in process");
    }
}

/// Calls with two lost replies, and asserts that the client got the first one in the end.
async fn assert_closed_once(talon: &Fake, api: &dyn IntegrationApi) {
    talon.faults().next::<UpdateCustomerSessionV2>(Fault::lose_reply());
    talon.faults().next::<UpdateCustomerSessionV2>(Fault::truncated_body());

    let state = api.update_customer_session_v2(pay("cart-1")).await.expect("a reply");

    assert_eq!(state.effects.len(), 2);
    assert_eq!(redeemed(talon), 1);
    let replayed = talon.calls::<UpdateCustomerSessionV2>().into_iter().map(|call| call.replayed);
    assert_eq!(replayed.collect::<Vec<_>>(), [false, true, true]);
    talon.faults().assert_used();
}

#[tokio::test]
async fn a_client_that_retries_closes_a_cart_once_although_replies_are_lost() {
    let talon = talon();
    let server = talon.serve().await.unwrap();
    let config = ClientConfig::new(server.url()).api_key("demo-key").retry(without_backoff());

    assert_closed_once(&talon, &talon_hyper::connect(config).unwrap()).await;
}

#[tokio::test]
async fn an_idempotency_key_is_honoured_in_process() {
    let talon = talon();

    assert_closed_once(&talon, &in_process(&talon, without_backoff())).await;
}

#[tokio::test]
async fn a_stored_reply_survives_a_snapshot() {
    let talon = talon();
    talon.faults().next::<UpdateCustomerSessionV2>(Fault::lose_reply());
    let key = IdempotencyKey::new("cart-1/paid").unwrap();
    let options = CallOptions::default().idempotency_key(key);
    let first = in_process(&talon, RetryPolicy::never()).with_options(options.clone());
    let lost = first.update_customer_session_v2(pay("cart-1")).await;
    assert!(lost.unwrap_err().may_have_been_applied());

    let restored = Fake::from_snapshot(&talon.snapshot()).unwrap();
    let again = in_process(&restored, RetryPolicy::never()).with_options(options);
    let state = again.update_customer_session_v2(pay("cart-1")).await.unwrap();

    assert_eq!(state.effects.len(), 2);
    assert_eq!(redeemed(&restored), 1);
}
