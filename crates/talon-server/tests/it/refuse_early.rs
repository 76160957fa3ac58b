//! Requests that are refused before their body is read.

use bytes::Bytes;
use http::Request;
use http::request::Parts;
use talon_server::{Answer, ServerConfig, Service, async_trait};

use crate::client::Client;
use crate::test_services::{BODY, KEY, PUT, keyed, reply, serve};

fn head(path: &str, headers: &str, length: usize) -> String {
    format!("PUT {path} HTTP/1.1\r\nHost: test\r\n{headers}Content-Length: {length}\r\n\r\n")
}

#[tokio::test]
async fn an_invalid_key_is_refused_before_the_body_is_read() {
    let (server, api) = keyed().await;
    for headers in
        ["", "Authorization: ApiKey-v1 wrong\r\n", "Content-Signature: signer=8; signature=00\r\n"]
    {
        let mut client = Client::connect(server.local_addr()).await;

        client.send(head(PUT, headers, BODY.len())).await;
        client.reply().await.assert_refusal(401, "Invalid API key");

        // The connection goes on where the body ends.
        client.send(BODY).await;
        client.send(head(PUT, KEY, BODY.len())).await;
        client.send(BODY).await;
        assert_eq!(client.reply().await.status, 200, "{headers}");
    }
    assert_eq!(api.calls().len(), 3);
}

#[tokio::test]
async fn an_invalid_key_is_reported_before_errors_of_the_body() {
    let (server, api) = keyed().await;
    let too_long = 9 * 1024 * 1024;
    for (framing, body) in [
        (format!("Content-Length: {too_long}"), vec![b' '; too_long]),
        ("Transfer-Encoding: chunked".to_owned(), b"zz\r\n".to_vec()),
        ("Content-Length: 1".to_owned(), b"{".to_vec()),
    ] {
        let mut client = Client::connect(server.local_addr()).await;

        client.send(format!("PUT {PUT} HTTP/1.1\r\nHost: test\r\n{framing}\r\n\r\n")).await;
        client.try_send(body).await;

        client.reply().await.assert_refusal(401, "Invalid API key");
    }
    assert!(api.calls().is_empty());
}

#[tokio::test]
async fn an_invalid_key_gets_no_100_continue() {
    let (server, _) = keyed().await;
    let mut client = Client::connect(server.local_addr()).await;

    client.send(head(PUT, "Expect: 100-continue\r\n", BODY.len())).await;

    let reply = client.reply().await;
    reply.assert_refusal(401, "Invalid API key");
    assert_eq!(reply.header("connection"), Some("close"));
    assert_eq!(client.rest().await, "");
}

#[tokio::test]
async fn an_unknown_path_is_refused_before_the_body_is_read() {
    let (server, _) = keyed().await;
    for (path, status) in [("/v1/nothing", 404), ("/v1/events", 405)] {
        let mut client = Client::connect(server.local_addr()).await;

        client.send(head(path, "", 1000)).await;

        assert_eq!(client.reply().await.status, status);
    }
}

#[tokio::test]
async fn a_signature_is_checked_after_the_body_is_read() {
    let (server, _) = keyed().await;
    let mut client = Client::connect(server.local_addr()).await;
    let signature = format!("Content-Signature: signer=7; signature={}\r\n", "0".repeat(32));

    client.send(head("/v1/customer_sessions/cart-1", &signature, BODY.len())).await;
    client.send(BODY).await;

    client.reply().await.assert_refusal(400, "HMAC signature mismatch.");
}

#[tokio::test]
async fn the_rest_of_a_refused_body_is_awaited_for_a_limited_time() {
    let config = ServerConfig::default().body_timeout(std::time::Duration::from_millis(100));
    let server = serve(config, PanicsEarly).await;
    let mut client = Client::connect(server.local_addr()).await;

    client.send(head(PUT, "", 1000)).await;

    client.reply().await.assert_refusal(500, "The service failed");
    assert_eq!(client.rest().await, "");
}

#[tokio::test]
async fn a_panic_is_a_500() {
    let server = serve(ServerConfig::default(), PanicsEarly).await;
    let mut client = Client::connect(server.local_addr()).await;

    client.send(head(PUT, "", 2)).await;
    client.send("{}").await;
    client.reply().await.assert_refusal(500, "The service failed");

    assert_eq!(client.request("PUT", PUT, "").await.status, 200);
}

/// Panics about every request that has a body.
#[derive(Debug)]
struct PanicsEarly;

#[async_trait]
impl Service for PanicsEarly {
    async fn handle(&self, _: Request<Bytes>) -> Answer {
        reply("{}").into()
    }

    fn refuse_early(&self, _: &Parts) -> Option<Answer> {
        panic!("on purpose")
    }
}
