//! The limit of buffered bytes of all connections.

use talon_server::{RunningServer, ServerConfig};

use crate::client::Client;
use crate::test_services::{BODY, Fixed, GET, PUT, open_with, reply, serve};

const BODY_BYTES: usize = 1024 * 1024;

/// A server that buffers one longest body.
async fn small() -> RunningServer {
    let config = ServerConfig::default().max_body_bytes(BODY_BYTES).max_buffered_bytes(BODY_BYTES);
    open_with(config).await.0
}

/// A body of so many bytes.
fn padded(length: usize) -> Vec<u8> {
    let mut body = BODY.as_bytes().to_vec();
    body.resize(length, b' ');
    body
}

fn head(length: usize) -> String {
    format!("PUT {PUT} HTTP/1.1\r\nHost: test\r\nContent-Length: {length}\r\n\r\n")
}

#[tokio::test]
async fn a_body_beyond_the_buffer_limit_is_refused_and_can_be_sent_again() {
    let server = small().await;
    let mut first = Client::connect(server.local_addr()).await;
    first.send(head(BODY_BYTES)).await;
    first.send(&padded(BODY_BYTES)[..BODY_BYTES - 1]).await;
    // What was sent is read, at the latest, when the next ones are refused.
    let refused = loop {
        let mut next = Client::connect(server.local_addr()).await;
        next.send(head(BODY_BYTES)).await;
        next.send(padded(BODY_BYTES)).await;
        let reply = next.reply().await;
        if reply.status != 200 {
            break reply;
        }
    };

    refused.assert_refusal(503, "Too many large requests");
    assert_eq!(refused.header("retry-after"), Some("1"));
    assert_eq!(refused.header("connection"), Some("close"));

    // Small ones are served meanwhile, and large ones again afterwards.
    let mut small = Client::connect(server.local_addr()).await;
    small.send(head(60_000)).await;
    small.send(padded(60_000)).await;
    assert_eq!(small.reply().await.status, 200);
    first.send(" ").await;
    assert_eq!(first.reply().await.status, 200);
    small.send(head(BODY_BYTES)).await;
    small.send(padded(BODY_BYTES)).await;
    assert_eq!(small.reply().await.status, 200);
}

#[tokio::test]
async fn buffer_of_an_aborted_request_is_released() {
    let server = small().await;
    for _ in 0..3 {
        let mut client = Client::connect(server.local_addr()).await;
        client.send(head(BODY_BYTES)).await;
        client.send(&padded(BODY_BYTES)[..BODY_BYTES - 1]).await;
        client.finish_sending().await;
        client.reply().await.assert_refusal(400, "not complete");
    }

    let mut client = Client::connect(server.local_addr()).await;
    client.send(head(BODY_BYTES)).await;
    client.send(padded(BODY_BYTES)).await;

    assert_eq!(client.reply().await.status, 200);
}

#[tokio::test]
async fn unread_replies_count_towards_the_buffer_limit() {
    let config = ServerConfig::default()
        .max_body_bytes(BODY_BYTES)
        .max_buffered_bytes(BODY_BYTES)
        .write_timeout(std::time::Duration::from_millis(300));
    let server = serve(config, Fixed(|| reply(vec![b'x'; 16 * 1024 * 1024]).into())).await;
    let mut first = Client::connect(server.local_addr()).await;
    first.send(format!("GET {GET} HTTP/1.1\r\nHost: test\r\n\r\n")).await;
    assert_eq!(first.head().await.status, 200);

    let mut next = Client::connect(server.local_addr()).await;
    next.request("GET", GET, "").await.assert_refusal(503, "Too many large requests");

    // The first one is given up.
    tokio::time::sleep(std::time::Duration::from_millis(600)).await;
    let mut next = Client::connect(server.local_addr()).await;
    assert_eq!(next.request("GET", GET, "").await.status, 200);
}
