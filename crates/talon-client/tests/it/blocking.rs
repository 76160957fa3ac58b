//! The blocking client.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::Request;
use talon_client::{CallOptions, ClientConfig, IdempotencyKey, Loopback, RetryPolicy, blocking};
use talon_core::prelude::*;
use talon_core::{Result, async_trait};

use crate::stub_transport::{BASE, KEY, StubReply, StubTransport};

/// Replies after a moment, on a timer of the runtime.
#[derive(Debug)]
struct Slow;

#[async_trait]
impl IntegrationApi for Slow {
    async fn delete_customer_data(&self, _: DeleteCustomerData) -> Result<()> {
        tokio::time::sleep(Duration::from_millis(50)).await;
        Ok(())
    }
}

fn client() -> blocking::Client {
    blocking::Client::new(Loopback::client(Arc::new(Slow))).expect("a thread").into_dyn()
}

fn stubbed(replies: &[StubReply]) -> blocking::Client<talon_client::Client<StubTransport>> {
    let config = ClientConfig::new(BASE).api_key(KEY);
    let client = talon_client::Client::new(config, StubTransport::script(replies));
    blocking::Client::new(client.expect("a valid configuration")).expect("a thread")
}

fn assert_refused(result: Result<()>) {
    let error = result.expect_err("in a task");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Config, 0));
    assert_eq!(error.operation(), Some("deleteCustomerData"));
    assert!(error.to_string().contains("spawn_blocking"), "{error}");
}

#[test]
fn calls_need_no_runtime() {
    let talon = client();
    assert!(talon.delete_customer_data(DeleteCustomerData::new("anna")).is_ok());

    let error = talon.get_reserved_customers(GetReservedCustomers::new("SUMMER10")).unwrap_err();

    assert_eq!(error.status().expect("a refusal"), 501);
}

#[test]
fn many_threads_may_call_at_once() {
    let (talon, start) = (client(), Instant::now());

    std::thread::scope(|scope| {
        for _ in 0..20 {
            scope.spawn(|| talon.delete_customer_data(DeleteCustomerData::new("anna")).unwrap());
        }
    });

    assert!(start.elapsed() < Duration::from_secs(1), "one after another");
}

#[tokio::test]
async fn a_call_in_a_task_is_an_error() {
    let talon = client();

    assert_refused(talon.delete_customer_data(DeleteCustomerData::new("anna")));
    // Dropped here, which must not panic either.
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_on_a_thread_that_may_block_is_made() {
    let talon = client();
    let other = talon.clone();

    let call = move || other.delete_customer_data(DeleteCustomerData::new("anna"));
    tokio::task::spawn_blocking(call).await.expect("no panic").expect("a reply");
    let call = || talon.delete_customer_data(DeleteCustomerData::new("anna"));
    tokio::task::block_in_place(call).expect("a reply");

    assert_refused(talon.delete_customer_data(DeleteCustomerData::new("anna")));
}

#[test]
fn options_responses_and_raw_calls_are_those_of_the_client() {
    let talon = stubbed(&[StubReply::With(200, ("x-request-id", "7"), "{}")]);

    let inventory = talon.call(GetCustomerInventory::new("anna")).unwrap();
    assert_eq!(inventory.coupons, None);
    let response = talon.call_with_response(GetCustomerInventory::new("anna")).unwrap();
    assert_eq!(response.headers()["x-request-id"], "7");
    let request = Request::get("/v1/x").body(Bytes::new()).unwrap();
    assert_eq!(talon.call_raw(request).unwrap().body(), "{}");
}

#[test]
fn options_are_those_of_single_calls() {
    let talon = stubbed(&[StubReply::Reply(500, "")]);
    let options = CallOptions::default()
        .retry(RetryPolicy::never())
        .idempotency_key(IdempotencyKey::new("order-1").unwrap());
    let once = talon.with_options(options).into_dyn();

    let request = UpdateCustomerProfileV2::new("anna", NewCustomerProfile::default());
    let error = once.update_customer_profile_v2(request).unwrap_err();

    assert_eq!(error.attempts(), 1);
    let sent = talon.api().transport().request();
    assert_eq!(sent.headers()["idempotency-key"], "order-1");
}
