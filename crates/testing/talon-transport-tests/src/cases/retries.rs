//! What is sent again when a reply is lost, end to end.

use talon_client::{RetryPolicy, Transport};
use talon_core::StopReason;
use talon_core::prelude::*;

use super::{Connect, change, config};
use crate::server::{Answer, Server};

/// Hangs up on the first request and answers the second with `body`.
async fn forgetful(body: &str) -> Server {
    let hang_up = Answer::SayAndHangUp(Vec::new());
    Server::script(vec![hang_up, Answer::reply("200 OK", body)]).await
}

/// The caller does not notice.
pub async fn a_lost_reply_is_asked_for_again<T: Transport>(connect: Connect<T>) {
    let server = forgetful("{}").await;
    let config = config(&server.url()).retry(RetryPolicy::default());
    let client = connect(config).expect("a fit configuration");

    client.call(GetCustomerInventory::new("anna")).await.expect("the second reply");

    assert_eq!(server.seen().requests.len(), 2);
}

/// An event that may have been counted is not counted again.
pub async fn an_event_is_not_sent_twice<T: Transport>(connect: Connect<T>) {
    let server = forgetful("{}").await;
    let config = config(&server.url()).retry(RetryPolicy::default());
    let client = connect(config).expect("a fit configuration");

    let call = client.call(TrackEvent::new(NewEvent::new("paid", "cart-1"))).await;
    let error = call.expect_err("no reply");

    assert_eq!(server.seen().requests.len(), 1);
    assert_eq!(error.stop_reason(), Some(StopReason::RepeatUnsafe));
    assert!(error.may_have_been_applied());
}

/// The service recognises the repeat.
pub async fn the_same_idempotency_key_is_sent_again<T: Transport>(connect: Connect<T>) {
    let server = forgetful("{}").await;
    let config = config(&server.url()).retry(RetryPolicy::default());
    let client = connect(config).expect("a fit configuration");

    client.call(change()).await.expect("the second reply");

    let requests = server.seen().requests;
    let keys: Vec<_> = requests.iter().map(|request| request.header("idempotency-key")).collect();
    assert!(keys[0].is_some());
    assert_eq!(keys[0], keys[1]);
}
