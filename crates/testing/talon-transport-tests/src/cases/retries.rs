//! Retries after a lost reply.

use talon_client::{RetryPolicy, Transport};
use talon_core::StopReason;
use talon_core::prelude::*;

use super::{Connect, config, update};
use crate::server::{ScriptedReply, TestServer};

/// Closes on the first request and replies to the second with `body`.
async fn losing_first_reply(body: &str) -> TestServer {
    let hang_up = ScriptedReply::SendAndClose(Vec::new());
    TestServer::script(vec![hang_up, ScriptedReply::reply("200 OK", body)]).await
}

/// A lost reply is retried.
pub async fn a_lost_reply_is_retried<T: Transport>(connect: Connect<T>) {
    let server = losing_first_reply("{}").await;
    let config = config(&server.url()).retry(RetryPolicy::default());
    let client = connect(config).expect("a valid configuration");

    client.call(GetCustomerInventory::new("anna")).await.expect("the second reply");

    assert_eq!(server.log().requests.len(), 2);
}

/// An event that may have been applied is not retried.
pub async fn an_event_is_not_retried_after_it_was_sent<T: Transport>(connect: Connect<T>) {
    let server = losing_first_reply("{}").await;
    let config = config(&server.url()).retry(RetryPolicy::default());
    let client = connect(config).expect("a valid configuration");

    let call = client.call(TrackEvent::new(NewEvent::new("paid", "cart-1"))).await;
    let error = call.expect_err("no reply");

    assert_eq!(server.log().requests.len(), 1);
    assert_eq!(error.stop_reason(), Some(StopReason::RepeatUnsafe));
    assert!(error.may_have_been_applied());
}

/// A retry has the idempotency key of the first attempt.
pub async fn the_same_idempotency_key_is_sent_again<T: Transport>(connect: Connect<T>) {
    let server = losing_first_reply("{}").await;
    let config = config(&server.url()).retry(RetryPolicy::default());
    let client = connect(config).expect("a valid configuration");

    client.call(update()).await.expect("the second reply");

    let requests = server.log().requests;
    let keys: Vec<_> = requests.iter().map(|request| request.header("idempotency-key")).collect();
    assert!(keys[0].is_some());
    assert_eq!(keys[0], keys[1]);
}
