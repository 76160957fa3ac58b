//! Retries, and the errors after the last attempt.

use std::time::Duration;

use talon_client::{
    CallOptions, Client, ClientConfig, RetryBudget, RetryPolicy, TransportErrorKind,
};
use talon_core::StopReason;
use talon_core::prelude::*;
use tokio::time::Instant;

use crate::stub_transport::{BASE, KEY, StubReply, StubTransport};

const OK: StubReply = StubReply::Reply(200, "{}");
const LOST: StubReply = StubReply::Fail(TransportErrorKind::Interrupted);
const NO_CONNECTION: StubReply = StubReply::Fail(TransportErrorKind::Connect);

fn config() -> ClientConfig {
    ClientConfig::new(BASE).api_key(KEY).jitter_seed(7)
}

fn client(replies: &[StubReply]) -> Client<StubTransport> {
    Client::new(config(), StubTransport::script(replies)).expect("a valid configuration")
}

fn inventory() -> GetCustomerInventory {
    GetCustomerInventory::new("anna")
}

fn event() -> TrackEvent {
    TrackEvent::new(NewEvent::new("paid", "cart-1"))
}

fn profile() -> UpdateCustomerProfileV2 {
    UpdateCustomerProfileV2::new("anna", NewCustomerProfile::default())
}

#[tokio::test(start_paused = true)]
async fn a_lost_reply_is_retried() {
    let client = client(&[LOST, StubReply::Reply(200, "<html>"), OK]);

    client.call(inventory()).await.unwrap();

    assert_eq!(client.transport().requests().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn an_event_is_retried_only_if_it_was_not_sent() {
    let client = client(&[NO_CONNECTION, LOST, OK]);

    let error = client.call(event()).await.unwrap_err();

    assert_eq!(client.transport().requests().len(), 2);
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Interrupted, 2));
    assert_eq!(error.stop_reason(), Some(StopReason::RepeatUnsafe));
    assert!(error.may_have_been_applied());
}

#[tokio::test(start_paused = true)]
async fn an_unsafe_request_that_may_have_been_applied_is_not_retried() {
    for reply in [
        LOST,
        StubReply::Never,
        StubReply::Fail(TransportErrorKind::Timeout),
        StubReply::Fail(TransportErrorKind::Decode),
        StubReply::Fail(TransportErrorKind::Other),
        StubReply::Reply(201, "<html>"),
        StubReply::Reply(201, ""),
        StubReply::Reply(500, ""),
        StubReply::Reply(502, ""),
        StubReply::Reply(503, ""),
        StubReply::Reply(504, ""),
        StubReply::RetryAfter(500, "0"),
    ] {
        let client = client(&[reply, OK]);

        let error = client.call(event()).await.unwrap_err();

        assert_eq!(client.transport().requests().len(), 1, "{reply:?}");
        assert!(error.may_have_been_applied(), "{reply:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn retry_after_delays_the_retry() {
    for (reply, seconds) in [
        (StubReply::RetryAfter(429, "1"), 1),
        (StubReply::RetryAfter(503, "2"), 2),
        (StubReply::RetryAfter(409, "1"), 1),
        (StubReply::Reply(429, ""), 0),
        (StubReply::Reply(409, ""), 0),
    ] {
        let client = client(&[reply, OK]);
        let start = Instant::now();

        client.call(profile()).await.unwrap();

        assert_eq!(client.transport().requests().len(), 2, "{reply:?}");
        assert_eq!(start.elapsed().as_secs(), seconds, "{reply:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_retry_after_beyond_the_limit_ends_the_call() {
    let client = client(&[StubReply::RetryAfter(503, "3600"), OK]);
    let start = Instant::now();

    let error = client.call(inventory()).await.unwrap_err();

    assert_eq!(start.elapsed(), Duration::ZERO);
    assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
    assert_eq!(error.stop_reason(), Some(StopReason::WaitTooLong));
    assert!(!error.may_have_been_applied());
}

#[tokio::test(start_paused = true)]
async fn a_refusal_is_final() {
    for status in [400, 401, 403, 404, 409, 422, 501] {
        let client = client(&[StubReply::Reply(status, ""), OK]);

        let error = client.call(inventory()).await.unwrap_err();

        assert_eq!(client.transport().requests().len(), 1, "{status}");
        assert_eq!(error.stop_reason(), Some(StopReason::Final), "{status}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_refused_retry_does_not_report_the_first_attempt_as_not_applied() {
    let closed = StubReply::Reply(400, r#"{"message":"a closed session cannot be updated"}"#);
    let client = client(&[LOST, closed]);

    let session = NewCustomerSession::default();
    let error = client.call(UpdateCustomerSession::new("cart-1", session)).await.unwrap_err();

    assert!(error.is_bad_request() && error.may_have_been_applied());
    assert_eq!((error.attempts(), error.stop_reason()), (2, Some(StopReason::Final)));
}

#[tokio::test(start_paused = true)]
async fn retries_can_be_switched_off() {
    let config = config().retry(RetryPolicy::never());
    let client = Client::new(config, StubTransport::new(NO_CONNECTION)).unwrap();

    let error = client.call(inventory()).await.unwrap_err();
    let options = CallOptions::default().retry(RetryPolicy::default());
    let retried = client.with_options(options).call(inventory()).await.unwrap_err();

    assert_eq!(error.stop_reason(), Some(StopReason::AttemptsUsedUp));
    assert_eq!((error.attempts(), retried.attempts()), (1, 3));
}

#[tokio::test(start_paused = true)]
async fn an_outage_is_not_amplified() {
    let config = config().retry_budget(RetryBudget { burst: 3, percent_of_successes: 0 });
    let client = Client::new(config, StubTransport::new(NO_CONNECTION)).unwrap();

    let mut errors = Vec::new();
    for client in [client.clone(), client.with_options(CallOptions::default()), client.clone()] {
        errors.push(client.call(inventory()).await.unwrap_err());
    }

    let attempts: Vec<_> = errors.iter().map(Error::attempts).collect();
    assert_eq!(attempts, [3, 2, 1]);
    assert_eq!(errors[0].stop_reason(), Some(StopReason::AttemptsUsedUp));
    assert_eq!(errors[2].stop_reason(), Some(StopReason::BudgetSpent));
}

#[tokio::test(start_paused = true)]
async fn the_same_seed_makes_the_same_pauses() {
    let mut times = Vec::new();
    for seed in [1, 1, 2] {
        let config = config().jitter_seed(seed);
        let client = Client::new(config, StubTransport::new(NO_CONNECTION)).unwrap();
        let start = Instant::now();
        client.call(inventory()).await.unwrap_err();
        times.push(start.elapsed());
    }

    assert_eq!(times[0], times[1]);
    assert_ne!(times[0], times[2]);
}
