//! Framing of valid and malformed HTTP.

use talon_server::ServerConfig;

use crate::client::Client;
use crate::test_services::{BODY, GET, PUT, open, open_with};

#[tokio::test]
async fn a_connection_accepts_many_requests() {
    let (server, _) = open().await;
    let mut client = Client::connect(server.local_addr()).await;

    for _ in 0..3 {
        assert_eq!(client.request("GET", GET, "").await.status, 200);
    }
}

#[tokio::test]
async fn pipelined_requests_are_answered_in_order() {
    let (server, api) = open().await;
    let mut client = Client::connect(server.local_addr()).await;
    let other = GET.replace("SUMMER", "WINTER");

    let get = |path: &str| format!("GET {path} HTTP/1.1\r\nHost: test\r\n\r\n");
    client.send(format!("{}{}", get(GET), get(&other))).await;

    assert_eq!(client.reply().await.status, 200);
    assert_eq!(client.reply().await.status, 200);
    assert_eq!(api.calls(), ["SUMMER", "WINTER"]);
}

#[tokio::test]
async fn chunked_bodies_are_decoded() {
    let (server, api) = open().await;
    let mut client = Client::connect(server.local_addr()).await;
    let (first, second) = BODY.split_at(7);

    client.send(head("Transfer-Encoding: chunked")).await;
    client.send(format!("{:x}\r\n{first}\r\n", first.len())).await;
    client.send(format!("{:x}\r\n{second}\r\n0\r\nTrailer: x\r\n\r\n", second.len())).await;

    assert_eq!(client.reply().await.status, 200);
    assert_eq!(api.calls(), ["cart-1"]);
    assert_eq!(client.request("GET", GET, "").await.status, 200);
}

#[tokio::test]
async fn garbled_chunks_are_refused() {
    let (server, api) = open().await;
    let mut client = Client::connect(server.local_addr()).await;

    client.send(format!("{}zz\r\n", head("Transfer-Encoding: chunked"))).await;

    client.reply().await.assert_refusal(400, "not complete");
    assert_eq!(client.rest().await, "");
    assert!(api.calls().is_empty());
}

#[tokio::test]
async fn a_truncated_body_is_refused() {
    let (server, api) = open().await;
    let mut client = Client::connect(server.local_addr()).await;

    client.send(format!("{}{{", head("Content-Length: 50"))).await;
    client.finish_sending().await;

    client.reply().await.assert_refusal(400, "not complete");
    assert!(api.calls().is_empty());
}

#[tokio::test]
async fn a_half_closed_connection_still_gets_the_reply() {
    let (server, _) = open().await;
    let mut client = Client::connect(server.local_addr()).await;

    client.send(format!("GET {} HTTP/1.1\r\nHost: t\r\n\r\n", GET.replace("SUMMER", "SLOW"))).await;
    client.finish_sending().await;

    assert_eq!(client.reply().await.status, 200);
    assert_eq!(client.rest().await, "");
}

#[tokio::test]
async fn expect_continue_is_answered() {
    let (server, _) = open().await;
    let mut client = Client::connect(server.local_addr()).await;

    client.send(head(&format!("Content-Length: {}\r\nExpect: 100-continue", BODY.len()))).await;
    assert_eq!(client.head().await.status, 100);
    client.send(BODY).await;

    assert_eq!(client.reply().await.status, 200);
}

#[tokio::test]
async fn long_bodies_are_refused_by_their_content_length() {
    let (server, api) = open_with(ServerConfig::default().max_body_bytes(10_usize)).await;
    let mut client = Client::connect(server.local_addr()).await;

    client.send(head("Content-Length: 11")).await;
    let reply = client.reply().await;

    reply.assert_refusal(413, "longer than 10 bytes");
    assert_eq!(reply.header("connection"), Some("close"));
    assert!(api.calls().is_empty());
}

#[tokio::test]
async fn bodies_of_the_maximum_length_are_accepted() {
    let (server, _) = open_with(ServerConfig::default().max_body_bytes(BODY.len())).await;
    let mut client = Client::connect(server.local_addr()).await;

    client.send(head(&format!("Content-Length: {}", BODY.len()))).await;
    client.send(BODY).await;

    assert_eq!(client.reply().await.status, 200);
}

#[tokio::test]
async fn expect_continue_is_refused_for_long_bodies() {
    let (server, _) = open_with(ServerConfig::default().max_body_bytes(10_usize)).await;
    let mut client = Client::connect(server.local_addr()).await;

    client.send(head("Content-Length: 11\r\nExpect: 100-continue")).await;

    client.reply().await.assert_refusal(413, "longer");
    assert_eq!(client.rest().await, "");
}

#[tokio::test]
async fn long_chunked_bodies_are_refused() {
    let (server, _) = open_with(ServerConfig::default().max_body_bytes(10_usize)).await;
    let mut client = Client::connect(server.local_addr()).await;

    client.send(format!("{}b\r\nabcdefghijk\r\n", head("Transfer-Encoding: chunked"))).await;

    client.reply().await.assert_refusal(413, "longer");
}

#[tokio::test]
async fn clients_that_keep_sending_can_read_the_refusal() {
    let (server, _) = open().await;
    let mut client = Client::connect(server.local_addr()).await;
    let length = 20 * 1024 * 1024;

    client.send(head(&format!("Content-Length: {length}"))).await;
    client.send(vec![b' '; length]).await;

    client.reply().await.assert_refusal(413, "longer than 8388608 bytes");
    assert_eq!(client.rest().await, "");
}

#[tokio::test]
async fn malformed_http_is_answered_or_closed() {
    for garbage in [
        "hello\r\n\r\n",
        "GET\r\n\r\n",
        "GET  HTTP/1.1\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "G\u{0}T / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nno colon\r\n\r\n",
        "PUT /v2/customer_sessions/a HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "PUT /v2/customer_sessions/a HTTP/1.1\r\nContent-Length: many\r\n\r\n",
        "PUT /v2/customer_sessions/a HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "PUT /v2/customer_sessions/a HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "PUT /v2/customer_sessions/a HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}\u{1}\u{fc}\u{3}\r\n\r\n",
    ] {
        let (server, api) = open().await;
        let mut client = Client::connect(server.local_addr()).await;

        client.send(garbage).await;
        client.finish_sending().await;
        let answer = client.rest().await;

        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400 "), "{garbage:?}: {answer}");
        assert!(answer.is_empty() || answer.ends_with('}'), "{garbage:?}: {answer}");
        assert!(api.calls().is_empty(), "{garbage:?}");
        let mut next = Client::connect(server.local_addr()).await;
        assert_eq!(next.request("GET", GET, "").await.status, 200, "{garbage:?}");
    }
}

#[tokio::test]
async fn heads_that_are_too_long_are_refused() {
    let long = "x".repeat(200 * 1024);
    let many = "X: y\r\n".repeat(101);
    for head in [
        format!("GET /{long} HTTP/1.1\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nX: {long}\r\n\r\n"),
        format!("GET / HTTP/1.1\r\n{many}\r\n"),
        format!("GET /{} HTTP/1.1\r\n\r\n", &long[..70 * 1024]),
    ] {
        let (server, _) = open().await;
        let mut client = Client::connect(server.local_addr()).await;

        client.try_send(&head).await;
        let answer = client.reply().await;

        assert!(matches!(answer.status, 414 | 431), "{answer:?}");
        let said = format!("\"StatusCode\":{}", answer.status);
        assert!(answer.body.contains(&said), "{answer:?}");
    }
}

#[tokio::test]
async fn malformed_http_after_a_request_with_a_body_is_refused() {
    let (server, _) = open().await;
    let mut client = Client::connect(server.local_addr()).await;
    assert_eq!(client.request("GET", GET, "").await.status, 200);

    client.send("GET / HTTP/1.1\r\nno colon\r\n\r\n").await;

    client.reply().await.assert_refusal(400, "Bad request: this is no valid HTTP");
    assert_eq!(client.rest().await, "");
}

#[tokio::test]
async fn http_1_0_clients_are_served() {
    let (server, _) = open().await;
    let mut client = Client::connect(server.local_addr()).await;

    client.send(format!("GET {GET} HTTP/1.0\r\n\r\n")).await;

    assert_eq!(client.reply().await.status, 200);
    assert_eq!(client.rest().await, "");
}

fn head(headers: &str) -> String {
    format!("PUT {PUT} HTTP/1.1\r\nHost: test\r\n{headers}\r\n\r\n")
}
