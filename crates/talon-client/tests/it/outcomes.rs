//! Requests that are sent, and results that the caller gets.

use std::error::Error as _;
use std::sync::Arc;

use talon_client::{Client, ClientConfig, Transport, TransportErrorKind};
use talon_core::prelude::*;

use crate::stub_transport::{BASE, KEY, StubReply, StubTransport};

#[tokio::test]
async fn the_request_goes_to_the_base_url() {
    let client = StubTransport::client(StubReply::Reply(200, "{}"));

    client.call(GetCustomerInventory::new("a/b").profile(true)).await.unwrap();

    let request = client.transport().request();
    assert_eq!(
        request.uri(),
        "https://demo.talon.one/gate/v1/customer_profiles/a%2Fb/inventory?profile=true",
    );
    assert_eq!(request.headers()["user-agent"], concat!("talon/", env!("CARGO_PKG_VERSION")));
    assert_eq!(request.headers()["accept"], "application/json");
}

#[tokio::test]
async fn a_refusal_is_an_error_with_message_and_problems() {
    let body = r#"{"message":"Unauthorized - Invalid API key","StatusCode":401}"#;
    let client = StubTransport::client(StubReply::Reply(401, body));

    let error = client.call(GetCustomerInventory::new("anna")).await.unwrap_err();

    assert!(error.is_unauthorized());
    assert_eq!((error.operation(), error.attempts()), (Some("getCustomerInventory"), 1));
    assert_eq!(error.body().unwrap(), body);
    assert!(!error.may_have_been_applied());
}

/// What a caller is shown of a refusal with this body.
async fn told(status: u16, body: &'static str) -> String {
    let client = StubTransport::client(StubReply::Reply(status, body));

    let error = client.call(GetCustomerInventory::new("anna")).await;
    let error = error.expect_err("a refusal");

    assert_eq!(error.body().expect("kept"), body);
    let told = error.to_string();
    told.strip_prefix("getCustomerInventory was refused: ").unwrap_or(&told).to_owned()
}

#[tokio::test]
async fn the_message_of_a_refusal_of_any_format_is_available() {
    for (body, words) in [
        (r#"{"message":"key has expired","StatusCode":"401"}"#, "401 key has expired"),
        (r#"{"message":"key has expired","errors":[5]}"#, "401 key has expired; 5"),
        (r#"{"error":"key has expired"}"#, "401 key has expired"),
        (r#"{"error":{"reason":"key has expired"}}"#, "401 key has expired"),
        ("key\thas\r\nexpired\n", "401 key has expired"),
        ("<html><title>401</title><p>key has <b>expired</b></html>", "401 401 key has expired"),
        ("", "401"),
    ] {
        assert_eq!(told(401, body).await, words, "{body}");
    }
}

#[tokio::test]
async fn the_message_of_a_refusal_is_short_and_has_no_control_characters() {
    for body in [
        concat!("\u{1b}]0;owned\u{7}", include_str!("outcomes.rs")),
        concat!(r#"{"error":"\u001b[2J"#, "\\n\u{202e}words", r#""}"#),
        concat!(r#"{"message":"\u001b[2J\u0000\n\u009b"#, r#""}"#),
    ] {
        let told = told(400, body).await;

        assert!(told.starts_with("400 \\u{1b}"), "{told}");
        assert!(!told.contains(|it: char| it.is_control() || it == '\u{202e}'), "{told}");
        assert!(told.len() < 300, "{told}");
    }
}

#[tokio::test]
async fn an_id_that_is_invalid_in_a_url_is_not_sent() {
    let client = StubTransport::client(StubReply::Reply(200, "{}"));

    let error = client.call(GetCustomerInventory::new("..")).await.unwrap_err();

    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Encode, 0));
    assert!(client.transport().requests().is_empty());
}

#[tokio::test]
async fn an_id_too_long_for_a_url_is_not_sent() {
    let client = StubTransport::client(StubReply::Reply(200, "{}"));

    let long = client.call(GetCustomerInventory::new("é".repeat(1000))).await;
    let error = client.call(GetCustomerInventory::new("x".repeat(70_000))).await.unwrap_err();

    long.expect("the longest id the service takes");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Encode, 0));
    assert_eq!(client.transport().requests().len(), 1);
}

#[tokio::test]
async fn a_redirect_is_an_unexpected_reply() {
    let client = StubTransport::client(StubReply::Reply(302, ""));

    let error = client.call(GetCustomerInventory::new("anna")).await.unwrap_err();

    assert!(error.is_decode());
}

#[tokio::test(start_paused = true)]
async fn a_change_with_an_invalid_reply_may_have_been_applied() {
    let client = StubTransport::client(StubReply::Reply(200, "<html>"));

    let request = UpdateCustomerProfileV2::new("anna", NewCustomerProfile::default());
    let error = client.call(request).await.unwrap_err();

    assert!(error.is_decode() && error.may_have_been_applied());
    assert_eq!(error.attempts(), 3);
}

#[tokio::test]
async fn a_refused_change_was_not_applied() {
    let client = StubTransport::client(StubReply::Reply(400, "{}"));

    let request = UpdateCustomerProfileV2::new("anna", NewCustomerProfile::default());
    let error = client.call(request).await.unwrap_err();

    assert!(!error.may_have_been_applied(), "{error:?}");
}

#[tokio::test(start_paused = true)]
async fn a_read_without_a_reply_changed_nothing() {
    let client = StubTransport::client(StubReply::Fail(TransportErrorKind::Interrupted));

    let error = client.call(GetCustomerInventory::new("anna")).await.unwrap_err();

    assert!(!error.may_have_been_applied(), "{error:?}");
}

#[tokio::test(start_paused = true)]
async fn the_cause_is_only_in_the_source() {
    let client = StubTransport::client(StubReply::Fail(TransportErrorKind::Connect));

    let error = client.call(GetCustomerInventory::new("anna")).await.unwrap_err();

    assert!(error.is_connect() && !error.may_have_been_applied());
    assert_eq!(
        error.to_string(),
        "getCustomerInventory was not sent: there is no connection to the service \
         (after 3 attempts: no attempt is left)",
    );
    let transport = error.source().unwrap();
    assert_eq!(transport.to_string(), "no connection");
    assert_eq!(transport.source().unwrap().to_string(), "cause");
}

#[tokio::test]
async fn a_transport_can_be_selected_at_run_time() {
    let transport: Arc<dyn Transport> = Arc::new(StubTransport::new(StubReply::Reply(200, "{}")));
    let config = ClientConfig::new(BASE).api_key(KEY);
    let api: Arc<dyn IntegrationApi> = Arc::new(Client::new(config, transport).unwrap());

    api.get_customer_inventory(GetCustomerInventory::new("anna")).await.unwrap();
}
