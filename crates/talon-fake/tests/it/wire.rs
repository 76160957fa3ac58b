//! Over a real socket, a fault looks as it does in process.

use std::time::Duration;

use talon_client::{ClientConfig, RetryPolicy};
use talon_core::prelude::*;
use talon_core::{ApiError, Problem};
use talon_fake::{Fake, Fault};

use crate::shop::{pay, redeemed, talon};

/// Everything about an error that a caller can act on.
fn shown(error: &Error) -> String {
    let (kind, open) = (error.kind(), error.may_have_been_applied());
    format!("{kind:?} {open} {:?} {error}", error.status())
}

async fn meet(talon: &Fake, api: &dyn IntegrationApi, fault: Fault) -> (String, i64) {
    talon.reset();
    talon.faults().next::<UpdateCustomerSessionV2>(fault);
    let error = api.update_customer_session_v2(pay("cart-1")).await.expect_err("the fault strikes");
    talon.faults().assert_used();
    (shown(&error), redeemed(talon))
}

#[tokio::test]
async fn a_client_reports_what_the_fake_says_in_process() {
    let talon = talon();
    let server = talon.serve().await.unwrap();
    let config = ClientConfig::new(server.url()).api_key("demo-key").retry(RetryPolicy::never());
    let client = talon_hyper::connect(config).unwrap();

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
        let in_process = meet(&talon, &talon.clone(), fault.clone()).await;

        let over_the_wire = meet(&talon, &client, fault).await;

        assert_eq!(over_the_wire, in_process, "{name}");
    }
}

#[tokio::test]
async fn a_client_that_retries_closes_a_cart_once_although_replies_are_lost() {
    let talon = talon();
    let server = talon.serve().await.unwrap();
    let at_once = RetryPolicy { initial_backoff: Duration::ZERO, ..RetryPolicy::default() };
    let config = ClientConfig::new(server.url()).api_key("demo-key").retry(at_once);
    let client = talon_hyper::connect(config).unwrap();
    talon.faults().next::<UpdateCustomerSessionV2>(Fault::lose_reply());
    talon.faults().next::<UpdateCustomerSessionV2>(Fault::truncated_body());

    let state = client.update_customer_session_v2(pay("cart-1")).await.unwrap();

    assert_eq!(state.effects.len(), 2);
    assert_eq!(redeemed(&talon), 1);
    let replayed = talon.calls::<UpdateCustomerSessionV2>().into_iter().map(|call| call.replayed);
    assert_eq!(replayed.collect::<Vec<_>>(), [false, true, true]);
    talon.faults().assert_used();
}
