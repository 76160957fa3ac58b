//! Replies with their status and headers, and operations that the crate lacks.

use talon_client::TransportErrorKind;
use talon_core::prelude::*;
use talon_core::{StopReason, operation};

use crate::stub_transport::{StubReply, StubTransport};

#[tokio::test]
async fn the_headers_of_a_reply_are_returned() {
    let limit = ("x-ratelimit-remaining", "41");
    let client = StubTransport::client(StubReply::With(200, limit, r#"{"coupons":[]}"#));

    let response = client.call_with_response(GetCustomerInventory::new("anna")).await.unwrap();

    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["x-ratelimit-remaining"], "41");
    assert_eq!(response.body().coupons.as_ref().map(Vec::len), Some(0));
}

#[tokio::test(start_paused = true)]
async fn the_response_is_that_of_the_last_attempt() {
    let replies = [
        StubReply::With(503, ("x-request-id", "1"), ""),
        StubReply::With(200, ("x-request-id", "2"), "{}"),
    ];
    let config = talon_client::ClientConfig::new("https://demo.talon.one").api_key("key");
    let client = talon_client::Client::new(config, StubTransport::script(&replies)).unwrap();

    let response = client.call_with_response(GetCustomerInventory::new("anna")).await.unwrap();

    assert_eq!(response.headers()["x-request-id"], "2");
    assert_eq!(client.transport().requests().len(), 2);
}

#[tokio::test]
async fn the_headers_of_a_refusal_are_in_its_error() {
    let client = StubTransport::client(StubReply::With(404, ("x-request-id", "7"), ""));

    let error = client.get_customer_inventory(GetCustomerInventory::new("anna")).await.unwrap_err();

    assert_eq!(error.headers().expect("of the reply")["x-request-id"], "7");
    let client = StubTransport::client(StubReply::Fail(TransportErrorKind::Connect));
    let error = client.call(GetCustomerInventory::new("..")).await.unwrap_err();
    assert!(error.headers().is_none());
}

/// An operation of another crate.
#[derive(Clone, Debug, PartialEq)]
struct ExportPoints {
    program: String,
    dry: Option<bool>,
}

operation! { ExportPoints -> Vec<i64> {
    id: "exportPoints",
    request: POST "/v1/loyalty_programs/{program}/export",
    path: { program = "program" },
    query: { dry = "dry" },
    success: [OK],
    auth: [ApiKey],
    retry: Unsafe,
} }

#[tokio::test(start_paused = true)]
async fn an_operation_that_the_crate_lacks_goes_through_the_same_pipeline() {
    let request = ExportPoints { program: "7/8".to_owned(), dry: Some(true) };
    let client = StubTransport::client(StubReply::Reply(200, "[1,2]"));

    assert_eq!(client.call(request.clone()).await.unwrap(), [1, 2]);

    let sent = client.transport().request();
    let uri = "https://demo.talon.one/gate/v1/loyalty_programs/7%2F8/export?dry=true";
    assert_eq!((sent.method().as_str(), sent.uri().to_string().as_str()), ("POST", uri));
    assert_eq!(sent.headers()["authorization"], "ApiKey-v1 fefecafedeadbeef");
    let client = StubTransport::client(StubReply::Reply(500, ""));
    let error = client.call(request).await.unwrap_err();
    assert_eq!(error.stop_reason(), Some(StopReason::RepeatUnsafe));
    assert_eq!((error.operation(), error.may_have_been_applied()), (Some("exportPoints"), true));
}
