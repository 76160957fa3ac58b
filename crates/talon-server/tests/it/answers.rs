//! Replies of services.

use http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use http::{HeaderValue, Response, StatusCode};
use talon_server::{Answer, ServerConfig};

use crate::client::Client;
use crate::test_services::{Fixed, GET, open, reply, serve};

async fn answered(answer: fn() -> Answer) -> String {
    let server = serve(ServerConfig::default(), Fixed(answer)).await;
    let mut client = Client::connect(server.local_addr()).await;
    client.send("GET / HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n").await;
    client.rest().await
}

#[tokio::test]
async fn a_panic_is_answered_with_500_and_affects_no_other_request() {
    let (server, _) = open().await;
    let mut client = Client::connect(server.local_addr()).await;

    let reply = client.request("GET", &GET.replace("SUMMER", "PANIC"), "").await;

    assert_eq!(reply.status, 500);
    assert_eq!(reply.body, r#"{"message":"The service failed","errors":[],"StatusCode":500}"#);
    assert_eq!(client.request("GET", GET, "").await.status, 200);
    let mut next = Client::connect(server.local_addr()).await;
    assert_eq!(next.request("GET", GET, "").await.status, 200);
}

#[tokio::test]
async fn a_service_can_close_the_connection() {
    assert_eq!(answered(|| Answer::HangUp).await, "");
}

#[tokio::test]
async fn a_service_can_truncate_a_reply() {
    let answer = answered(|| Answer::CutOff(reply("0123456789"))).await;

    assert!(answer.contains("content-length: 10\r\n"), "{answer}");
    assert!(answer.ends_with("\r\n\r\n01234"), "{answer}");
}

#[tokio::test]
async fn a_long_reply_is_truncated_in_the_middle() {
    let length = 4 * 1024 * 1024;

    let answer = answered(|| Answer::CutOff(reply("x".repeat(4 * 1024 * 1024)))).await;

    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    assert_eq!(body.len(), length / 2);
}

#[tokio::test]
async fn the_shortest_reply_is_truncated_before_its_body() {
    let answer = answered(|| Answer::CutOff(reply("x"))).await;

    assert!(answer.contains("content-length: 1\r\n"), "{answer}");
    assert!(answer.ends_with("\r\n\r\n"), "{answer}");
}

#[tokio::test]
async fn a_truncated_reply_without_a_body_is_not_sent() {
    assert_eq!(answered(|| Answer::CutOff(reply(""))).await, "");
}

#[tokio::test]
async fn framing_headers_of_a_service_are_replaced() {
    let answer = answered(|| {
        let mut reply = reply("ok");
        reply.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("99"));
        reply.headers_mut().insert(TRANSFER_ENCODING, HeaderValue::from_static("chunked"));
        reply.into()
    })
    .await;

    assert!(answer.contains("content-length: 2\r\n"), "{answer}");
    assert!(answer.ends_with("\r\n\r\nok"), "{answer}");
}

#[tokio::test]
async fn an_informational_reply_of_a_service_is_a_failure() {
    let answer = answered(|| {
        let mut reply: Response<bytes::Bytes> = reply("");
        *reply.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
        reply.into()
    })
    .await;

    assert!(answer.starts_with("HTTP/1.1 500 "), "{answer}");
}

#[tokio::test]
async fn a_body_is_omitted_if_the_status_allows_none() {
    let answer = answered(|| {
        let mut reply = reply("surprise");
        *reply.status_mut() = StatusCode::NO_CONTENT;
        reply.into()
    })
    .await;

    assert!(answer.starts_with("HTTP/1.1 204 "), "{answer}");
    assert!(answer.ends_with("\r\n\r\n"), "{answer}");
}
