//! Options of single calls, through an `Arc<dyn IntegrationApi>`.

use std::sync::Arc;
use std::time::Duration;

use talon_client::{CallOptions, Client, IdempotencyKey, IntegrationApiExt, RetryPolicy};
use talon_core::prelude::*;
use talon_core::{StopReason, implement_api};
use tokio::time::Instant;

use crate::stub_transport::{StubReply, StubTransport};

fn profile() -> UpdateCustomerProfileV2 {
    UpdateCustomerProfileV2::new("anna", NewCustomerProfile::default())
}

fn key(text: &str) -> CallOptions {
    CallOptions::default().idempotency_key(IdempotencyKey::new(text).expect("a valid key"))
}

fn dynamic(client: &Client<StubTransport>) -> Arc<dyn IntegrationApi> {
    Arc::new(client.clone())
}

/// The keys that were sent.
fn keys(client: &Client<StubTransport>) -> Vec<String> {
    let requests = client.transport().requests();
    let key = requests.iter().map(|request| &request.headers()["idempotency-key"]);
    key.map(|key| key.to_str().expect("ASCII").to_owned()).collect()
}

/// A layer around an implementation.
#[derive(Clone, Debug)]
struct Layer(Arc<dyn IntegrationApi>);

implement_api!(for Layer, |layer, request| {
    talon_core::api::Call::call(request, &*layer.0).await
});

#[tokio::test(start_paused = true)]
async fn options_reach_the_client_through_every_layer() {
    let client = StubTransport::client(StubReply::Never);
    let api: Arc<dyn IntegrationApi> = Arc::new(Layer(dynamic(&client)));
    let options = key("order-1")
        .deadline(Duration::from_secs(60))
        .attempt_timeout(Duration::from_secs(20))
        .retry(RetryPolicy { max_attempts: 2, ..RetryPolicy::default() });

    let start = Instant::now();
    let error = api.with_options(options).update_customer_profile_v2(profile()).await.unwrap_err();

    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 2));
    assert_eq!(start.elapsed(), Duration::from_secs(60));
    assert_eq!(keys(&client), ["order-1"; 2]);
}

#[tokio::test(start_paused = true)]
async fn options_are_those_of_one_call() {
    let client = StubTransport::client(StubReply::Reply(500, ""));
    let api = dynamic(&client);
    let once = api.with_options(CallOptions::default().retry(RetryPolicy::never()));

    let first = once.update_customer_profile_v2(profile()).await.unwrap_err();
    let second = api.update_customer_profile_v2(profile()).await.unwrap_err();

    assert_eq!((first.attempts(), second.attempts()), (1, 3));
    assert_eq!(first.stop_reason(), Some(StopReason::AttemptsUsedUp));
}

#[tokio::test(start_paused = true)]
async fn options_nearer_to_the_caller_win() {
    let client = StubTransport::client(StubReply::Reply(500, ""));
    let never = CallOptions::default().retry(RetryPolicy::never());
    let inner = client.with_options(key("client")).with_options(never);
    let outer = dynamic(&inner).with_options(key("inner"));

    inner.update_customer_profile_v2(profile()).await.unwrap_err();
    outer.update_customer_profile_v2(profile()).await.unwrap_err();
    let api: Arc<dyn IntegrationApi> = Arc::new(outer);
    api.with_options(key("outer")).update_customer_profile_v2(profile()).await.unwrap_err();

    // The number of attempts, which only the client was given, stays.
    assert_eq!(keys(&client), ["client", "inner", "outer"]);
}
