//! The limit of parallel calls.

use std::time::Duration;

use talon_client::{Client, ClientConfig};
use talon_core::StopReason;
use talon_core::prelude::*;

use crate::stub_transport::{BASE, KEY, StubReply, StubTransport};

fn limited(reply: StubReply) -> Client<StubTransport> {
    let config = ClientConfig::new(BASE).api_key(KEY).max_parallel_calls(3);
    Client::new(config, StubTransport::new(reply)).expect("a valid configuration")
}

fn profile(id: &str) -> UpdateCustomerProfile {
    UpdateCustomerProfile::new(id, NewCustomerProfile::default())
}

#[tokio::test(start_paused = true)]
async fn parallel_calls_do_not_exceed_the_limit() {
    let client = limited(StubReply::Never);
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..5 {
        let client = client.clone();
        calls.spawn(async move { client.call(profile("anna")).await });
    }
    let other = client.clone();
    calls.spawn(async move { other.call(profile("bert")).await });

    tokio::time::sleep(Duration::from_secs(1)).await;

    assert_eq!(client.transport().requests().len(), 4);
}

#[tokio::test(start_paused = true)]
async fn waiting_counts_towards_the_deadline_and_sends_no_request() {
    let client = limited(StubReply::Never);
    let mut calls = tokio::task::JoinSet::new();
    for number in 0..4 {
        let client = client.clone();
        // So that the first three have not yet ended when the last one's time is up.
        let deadline = Duration::from_secs(10 - 2 * number);
        let options = talon_client::CallOptions::default().deadline(deadline);
        calls.spawn(async move {
            client.with_options(options).call(profile("anna")).await.unwrap_err()
        });
        tokio::task::yield_now().await;
    }

    let error = calls.join_next().await.unwrap().unwrap();

    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 0));
    assert!(!error.may_have_been_applied());
    assert_eq!(error.stop_reason(), Some(StopReason::Deadline));
    assert_eq!(client.transport().requests().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn without_a_limit_calls_do_not_wait() {
    let client = StubTransport::client(StubReply::Never);
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let client = client.clone();
        calls.spawn(async move { client.call(profile("anna")).await });
    }

    tokio::time::sleep(Duration::from_secs(1)).await;

    assert_eq!(client.transport().requests().len(), 20);
}
