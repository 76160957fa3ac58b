//! Timeouts and limits of connections.

use std::time::{Duration, Instant};

use talon_server::ServerConfig;
use tokio::time::sleep;

use crate::client::{Client, soon};
use crate::test_services::{Fixed, GET, PUT, open_with, reply, serve};

const SHORT: Duration = Duration::from_millis(100);

#[tokio::test]
async fn a_slow_head_closes_the_connection() {
    let (server, api) = open_with(ServerConfig::default().head_timeout(SHORT)).await;
    let mut client = Client::connect(server.local_addr()).await;

    client.send("GET / HTTP/1.1\r\nHo").await;

    assert_eq!(client.rest().await, "");
    assert!(api.calls().is_empty());
}

#[tokio::test]
async fn sending_single_bytes_does_not_extend_the_head_timeout() {
    let (server, _) = open_with(ServerConfig::default().head_timeout(SHORT)).await;
    let mut client = Client::connect(server.local_addr()).await;
    let started = Instant::now();

    client.send("GET / HTTP/1.1\r\nX: ").await;
    while started.elapsed() < 2 * SHORT {
        client.try_send("x").await;
        sleep(SHORT / 10).await;
    }

    assert_eq!(client.rest().await, "");
}

#[tokio::test]
async fn a_second_head_may_take_as_long_as_the_first() {
    let (server, _) = open_with(ServerConfig::default().head_timeout(SHORT)).await;
    let mut client = Client::connect(server.local_addr()).await;

    assert_eq!(client.request("GET", GET, "").await.status, 200);
    sleep(2 * SHORT).await;
    assert_eq!(client.request("GET", GET, "").await.status, 200);
    client.send("GET / HTTP/1.1\r\nHo").await;

    assert_eq!(client.rest().await, "");
}

#[tokio::test]
async fn a_silent_connection_is_closed() {
    let (server, _) = open_with(ServerConfig::default().idle_timeout(SHORT)).await;
    let mut client = Client::connect(server.local_addr()).await;

    assert_eq!(client.rest().await, "");
}

#[tokio::test]
async fn an_idle_connection_is_closed_after_its_last_reply() {
    let (server, _) = open_with(ServerConfig::default().idle_timeout(SHORT)).await;
    let mut client = Client::connect(server.local_addr()).await;

    assert_eq!(client.request("GET", GET, "").await.status, 200);

    assert_eq!(client.rest().await, "");
}

#[tokio::test]
async fn a_slow_reply_is_not_idle_time() {
    let config = ServerConfig::default().idle_timeout(SHORT / 2).head_timeout(SHORT / 2);
    let (server, _) = open_with(config).await;
    let mut client = Client::connect(server.local_addr()).await;

    assert_eq!(client.request("GET", &GET.replace("SUMMER", "SLOW"), "").await.status, 200);
}

#[tokio::test]
async fn a_slow_body_is_refused() {
    let (server, api) = open_with(ServerConfig::default().body_timeout(SHORT)).await;
    let mut client = Client::connect(server.local_addr()).await;

    client.send(format!("PUT {PUT} HTTP/1.1\r\nHost: t\r\nContent-Length: 9\r\n\r\n{{")).await;

    client.reply().await.assert_refusal(408, "took too long");
    assert_eq!(client.rest().await, "");
    assert!(api.calls().is_empty());
}

#[tokio::test]
async fn a_refused_body_is_awaited_for_a_limited_time() {
    let config = ServerConfig::default().max_body_bytes(1_usize).body_timeout(SHORT);
    let (server, _) = open_with(config).await;
    let mut client = Client::connect(server.local_addr()).await;

    client.send(format!("PUT {PUT} HTTP/1.1\r\nHost: t\r\nContent-Length: 9\r\n\r\n{{")).await;

    client.reply().await.assert_refusal(413, "longer");
    assert_eq!(client.rest().await, "");
}

#[tokio::test]
async fn an_unread_reply_is_abandoned() {
    let length = 32 * 1024 * 1024;
    let config = ServerConfig::default().write_timeout(SHORT);
    let server = serve(config, Fixed(|| reply(vec![b'x'; 32 * 1024 * 1024]).into())).await;
    let mut client = Client::connect(server.local_addr()).await;

    client.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n").await;
    sleep(3 * SHORT).await;

    assert!(client.rest().await.len() < length);
}

#[tokio::test]
async fn many_clients_are_served_at_once() {
    let (server, api) = open_with(ServerConfig::default().max_connections(20_usize)).await;
    let address = server.local_addr();

    let clients = (0..100).map(|_| async move {
        let mut client = Client::connect(address).await;
        for _ in 0..5 {
            assert_eq!(client.request("GET", GET, "").await.status, 200);
        }
    });
    for client in clients.map(tokio::spawn).collect::<Vec<_>>() {
        soon(client).await.unwrap();
    }

    assert_eq!(api.calls().len(), 500);
}

#[tokio::test]
async fn a_connection_beyond_the_limit_waits() {
    let (server, _) = open_with(ServerConfig::default().max_connections(1_usize)).await;
    let mut first = Client::connect(server.local_addr()).await;
    assert_eq!(first.request("GET", GET, "").await.status, 200);

    let mut second = Client::connect(server.local_addr()).await;
    second.send(format!("GET {GET} HTTP/1.1\r\nHost: test\r\n\r\n")).await;
    assert!(tokio::time::timeout(SHORT / 2, second.head()).await.is_err());
    drop(first);

    assert_eq!(second.reply().await.status, 200);
}

#[tokio::test]
async fn nonsensical_limits_are_tolerated() {
    let config = ServerConfig::default()
        .max_connections(usize::MAX)
        .max_body_bytes(usize::MAX)
        .idle_timeout(Duration::MAX)
        .head_timeout(Duration::MAX)
        .body_timeout(Duration::MAX)
        .write_timeout(Duration::MAX)
        .shutdown_grace(Duration::MAX);
    let (server, _) = open_with(config).await;
    let mut client = Client::connect(server.local_addr()).await;

    assert_eq!(client.request("GET", GET, "").await.status, 200);
    assert_eq!(client.request("PUT", PUT, "Content-Length: 0\r\n").await.status, 400);

    soon(server.shutdown()).await;
}

#[tokio::test]
async fn a_limit_of_zero_connections_means_one() {
    let (server, _) = open_with(ServerConfig::default().max_connections(0_usize)).await;
    let mut client = Client::connect(server.local_addr()).await;

    assert_eq!(client.request("GET", GET, "").await.status, 200);
}
