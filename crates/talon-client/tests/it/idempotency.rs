//! The header `Idempotency-Key`.

use talon_client::{CallOptions, Client, IdempotencyKey, TransportErrorKind};
use talon_core::prelude::*;

use crate::stub_transport::{StubReply, StubTransport};

fn session() -> UpdateCustomerSessionV2 {
    UpdateCustomerSessionV2::new("cart-1", NewCustomerSessionV2::default())
}

/// The keys that were sent, one per attempt; empty where there was none.
fn keys(client: &Client<StubTransport>) -> Vec<String> {
    let requests = client.transport().requests();
    let key = requests.iter().map(|request| request.headers().get("idempotency-key"));
    key.map(|key| key.map_or("", |key| key.to_str().expect("ASCII")).to_owned()).collect()
}

#[tokio::test(start_paused = true)]
async fn attempts_of_a_call_share_a_key_and_calls_do_not() {
    let client = StubTransport::client(StubReply::Fail(TransportErrorKind::Interrupted));

    client.call(session()).await.unwrap_err();
    client.call(session()).await.unwrap_err();

    let keys = keys(&client);
    assert_eq!((keys.len(), keys[0].len()), (6, 36));
    assert!(keys[..3].iter().all(|key| *key == keys[0]));
    assert!(keys[3..].iter().all(|key| *key == keys[3]));
    assert_ne!(keys[0], keys[3]);
}

#[tokio::test(start_paused = true)]
async fn the_caller_can_set_the_idempotency_key() {
    let client = StubTransport::client(StubReply::Reply(500, ""));
    let key = IdempotencyKey::new("order-1/paid").unwrap();

    let named = client.with_options(CallOptions::default().idempotency_key(key));
    named.call(session()).await.unwrap_err();

    assert_eq!(keys(&client), ["order-1/paid"; 3]);
}

#[tokio::test(start_paused = true)]
async fn the_idempotency_key_is_sent_only_if_it_is_supported() {
    let client = StubTransport::client(StubReply::Reply(404, ""));
    let key = IdempotencyKey::new("order-1").unwrap();
    let named = client.with_options(CallOptions::default().idempotency_key(key));

    named.call(TrackEvent::new(NewEvent::new("paid", "cart-1"))).await.unwrap_err();
    named.call(GetCustomerInventory::new("anna")).await.unwrap_err();
    let profile = NewCustomerProfile::default();
    named.call(UpdateCustomerProfile::new("anna", profile.clone())).await.unwrap_err();
    named.call(UpdateCustomerProfileV2::new("anna", profile)).await.unwrap_err();

    assert_eq!(keys(&client), ["", "", "", "order-1"]);
}
