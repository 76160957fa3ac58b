//! Deadlines and attempt timeouts.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, Request, Response};
use talon_client::transport::MAX_REPLY_BYTES;
use talon_client::{
    CallOptions, Client, ClientConfig, RetryPolicy, Transport, TransportError, TransportErrorKind,
};
use talon_core::StopReason;
use talon_core::prelude::*;
use tokio::time::Instant;

use crate::stub_transport::{BASE, KEY, StubReply, StubTransport};

#[tokio::test(start_paused = true)]
async fn a_call_without_a_reply_times_out_after_five_seconds() {
    let client = StubTransport::client(StubReply::Never);
    let start = Instant::now();

    let error = client.call(GetCustomerInventory::new("anna")).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(start.elapsed().as_secs(), 5);
    assert_eq!(error.attempts(), 2);
    assert_eq!(error.stop_reason(), Some(StopReason::Deadline));
}

#[tokio::test(start_paused = true)]
async fn an_operation_without_retries_uses_the_whole_deadline() {
    let client = StubTransport::client(StubReply::Never);
    let start = Instant::now();

    let error = client.call(TrackEvent::new(NewEvent::new("paid", "cart-1"))).await.unwrap_err();

    assert_eq!((start.elapsed().as_secs(), error.attempts()), (5, 1));
    assert_eq!(error.stop_reason(), Some(StopReason::RepeatUnsafe));
}

#[tokio::test(start_paused = true)]
async fn an_attempt_without_a_reply_leaves_time_for_a_retry() {
    let transport = StubTransport::script(&[StubReply::Never, StubReply::Reply(200, "{}")]);
    let client = Client::new(ClientConfig::new(BASE).api_key(KEY), transport).unwrap();
    let start = Instant::now();

    client.call(GetCustomerInventory::new("anna")).await.unwrap();

    assert!(start.elapsed() > Duration::from_millis(2499));
    assert!(start.elapsed() < Duration::from_millis(2610));
}

#[tokio::test(start_paused = true)]
async fn a_call_may_have_a_separate_deadline() {
    let client = StubTransport::client(StubReply::Never);
    let options = CallOptions::default()
        .deadline(Duration::from_secs(30))
        .attempt_timeout(Duration::from_secs(1))
        .retry(RetryPolicy { max_attempts: 2, ..RetryPolicy::default() });

    let start = Instant::now();
    let own =
        client.with_options(options).call(GetCustomerInventory::new("anna")).await.unwrap_err();
    let between = Instant::now();
    let usual = client.call(GetCustomerInventory::new("anna")).await.unwrap_err();

    assert_eq!((between.duration_since(start).as_secs(), own.attempts()), (30, 2));
    assert_eq!((between.elapsed().as_secs(), usual.attempts()), (5, 2));
}

#[tokio::test(start_paused = true)]
async fn a_dropped_call_releases_its_resources() {
    let client = StubTransport::client(StubReply::Fail(TransportErrorKind::Connect));
    let call = client.call(GetCustomerInventory::new("anna"));

    // Over while the call pauses before its second attempt.
    let _ = tokio::time::timeout(Duration::ZERO, call).await.unwrap_err();
    tokio::time::advance(Duration::from_secs(60)).await;

    assert_eq!(client.transport().requests().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn the_deadline_is_configurable() {
    let config = ClientConfig::new(BASE).api_key(KEY).deadline(Duration::from_millis(300));
    let client = Client::new(config, StubTransport::new(StubReply::Never)).unwrap();
    let start = Instant::now();

    let error = client.call(GetCustomerInventory::new("anna")).await.unwrap_err();

    assert!(error.is_timeout());
    assert!(start.elapsed() < Duration::from_millis(310));
}

#[tokio::test(start_paused = true)]
async fn the_attempt_timeout_is_configurable() {
    let transport = StubTransport::script(&[StubReply::Never, StubReply::Reply(200, "{}")]);
    let config = ClientConfig::new(BASE).api_key(KEY).attempt_timeout(Duration::from_millis(200));
    let client = Client::new(config, transport).unwrap();
    let start = Instant::now();

    client.call(GetCustomerInventory::new("anna")).await.unwrap();

    assert!(start.elapsed() > Duration::from_millis(199));
    assert!(start.elapsed() < Duration::from_millis(310));
}

#[tokio::test(start_paused = true)]
async fn an_endless_deadline_is_allowed() {
    let config = ClientConfig::new(BASE).api_key(KEY).deadline(Duration::MAX);
    let client = Client::new(config, StubTransport::new(StubReply::Reply(200, "{}"))).unwrap();

    client.call(GetCustomerInventory::new("anna")).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_change_whose_reply_is_missing_may_have_been_applied() {
    let client = StubTransport::client(StubReply::Never);

    let request = UpdateCustomerProfileV2::new("anna", NewCustomerProfile::default());
    let error = client.call(request).await.unwrap_err();

    assert!(error.may_have_been_applied());
}

/// Answers at once with this body of gzip.
#[derive(Debug)]
struct Packed(Bytes);

#[talon_core::async_trait]
impl Transport for Packed {
    async fn send(&self, _: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let mut reply = Response::new(self.0.clone());
        reply.headers_mut().insert("content-encoding", HeaderValue::from_static("gzip"));
        Ok(reply)
    }
}

#[tokio::test]
async fn decompression_ends_within_the_deadline() {
    // Each block holds nothing: all work, and no bytes.
    let blocks = [0, 0, 0, 0xff, 0xff].repeat(MAX_REPLY_BYTES / 5 - 2);
    let packed = [&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3][..], &blocks].concat();
    let config = ClientConfig::new(BASE).api_key(KEY).deadline(Duration::from_millis(5));
    let client = Client::new(config, Packed(packed.into())).unwrap();

    let error = client.call(GetCustomerInventory::new("anna")).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(error.stop_reason(), Some(StopReason::Deadline));
}
