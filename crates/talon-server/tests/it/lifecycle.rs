//! Start, shutdown, and requests during shutdown.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use talon_server::{ApiService, Server, ServerConfig};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::time::sleep;

use crate::client::{Client, soon};
use crate::test_services::{Api, GET, open, open_with, serve};

const SHORT: Duration = Duration::from_millis(50);

fn get(coupon: &str) -> String {
    format!("GET {} HTTP/1.1\r\nHost: test\r\n\r\n", GET.replace("SUMMER", coupon))
}

#[tokio::test]
async fn the_default_address_is_a_free_port_of_loopback() {
    let server = Server::bind(ServerConfig::default()).await.unwrap();

    assert_eq!(server.local_addr().ip(), Ipv4Addr::LOCALHOST);
    assert_ne!(server.local_addr().port(), 0);
    assert_eq!(server.url(), format!("http://127.0.0.1:{}", server.local_addr().port()));
}

#[tokio::test]
async fn the_url_of_an_unspecified_address_is_loopback() {
    let config = ServerConfig::default().address((Ipv4Addr::UNSPECIFIED, 0));

    let server = Server::bind(config).await.unwrap();

    assert!(server.url().starts_with("http://127.0.0.1:"), "{}", server.url());
}

#[tokio::test]
async fn ipv6_is_served() {
    let config = ServerConfig::default().address((Ipv6Addr::LOCALHOST, 0));
    let Ok(server) = Server::bind(config).await else {
        eprintln!("skipped: this machine has no IPv6");
        return;
    };
    assert!(server.url().starts_with("http://[::1]:"), "{}", server.url());
    let server = server.spawn(ApiService::open(Arc::new(Api::default())));

    let mut client = Client::connect(server.local_addr()).await;

    assert_eq!(client.request("GET", GET, "").await.status, 200);
}

#[tokio::test]
async fn a_taken_port_is_an_error() {
    let (server, _) = open().await;

    let second = Server::bind(ServerConfig::default().address(server.local_addr())).await;

    assert_eq!(second.unwrap_err().kind(), std::io::ErrorKind::AddrInUse);
}

#[tokio::test]
async fn clients_that_connect_early_are_answered_later() {
    let server = Server::bind(ServerConfig::default()).await.unwrap();
    let mut client = Client::connect(server.local_addr()).await;
    client.send(get("SUMMER")).await;

    let _server = server.spawn(ApiService::open(Arc::new(Api::default())));

    assert_eq!(client.reply().await.status, 200);
}

#[tokio::test]
async fn shutdown_waits_for_running_requests() {
    let (server, api) = open().await;
    let mut client = Client::connect(server.local_addr()).await;
    client.send(get("SLOW")).await;
    api.begun().await;

    let (reply, ()) = tokio::join!(client.reply(), soon(server.shutdown()));

    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("connection"), Some("close"));
}

#[tokio::test]
async fn idle_connections_do_not_delay_shutdown() {
    let (server, _) = open().await;
    let mut used = Client::connect(server.local_addr()).await;
    used.request("GET", GET, "").await;
    let mut fresh = Client::connect(server.local_addr()).await;
    sleep(SHORT).await;
    let started = Instant::now();

    soon(server.shutdown()).await;

    assert!(started.elapsed() < Duration::from_secs(1));
    assert_eq!(used.rest().await, "");
    assert_eq!(fresh.rest().await, "");
}

#[tokio::test]
async fn new_connections_are_refused_during_shutdown() {
    let (server, api) = open().await;
    let address = server.local_addr();
    let mut client = Client::connect(address).await;
    client.send(get("SLOW")).await;
    api.begun().await;

    let shutdown = tokio::spawn(server.shutdown());
    sleep(SHORT).await;

    assert!(TcpStream::connect(address).await.is_err());
    assert_eq!(client.reply().await.status, 200);
    soon(shutdown).await.unwrap();
}

#[tokio::test]
async fn stuck_requests_are_dropped_after_the_grace_period() {
    let (server, api) = open_with(ServerConfig::default().shutdown_grace(SHORT)).await;
    let mut client = Client::connect(server.local_addr()).await;
    client.send(get("STUCK")).await;
    api.begun().await;

    let started = Instant::now();

    soon(server.shutdown()).await;

    assert!(started.elapsed() < Duration::from_millis(500));
    assert_eq!(Arc::strong_count(&api), 1);
    assert_eq!(client.rest().await, "");
}

#[tokio::test]
async fn dropping_the_handle_stops_the_server() {
    let (server, api) = open().await;
    let address = server.local_addr();
    let mut client = Client::connect(address).await;
    client.send(get("STUCK")).await;
    api.begun().await;

    drop(server);

    assert_eq!(client.rest().await, "");
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn a_future_of_the_caller_triggers_shutdown() {
    let server = Server::bind(ServerConfig::default()).await.unwrap();
    let mut client = Client::connect(server.local_addr()).await;
    let (stop, stopped) = oneshot::channel::<()>();
    let shutdown = async move { stopped.await.unwrap_or(()) };
    let service = ApiService::open(Arc::new(Api::default()));
    let serving = tokio::spawn(server.serve(service, shutdown));
    assert_eq!(client.request("GET", GET, "").await.status, 200);

    stop.send(()).unwrap();

    soon(serving).await.unwrap();
    assert_eq!(client.rest().await, "");
}

#[tokio::test]
async fn a_call_is_executed_after_its_client_disconnects() {
    let (server, api) = open().await;
    let mut client = Client::connect(server.local_addr()).await;
    client.send(get("SLOW")).await;
    api.begun().await;

    drop(client);
    soon(server.shutdown()).await;

    assert_eq!(api.calls(), ["SLOW"]);
}

#[tokio::test]
async fn a_shared_service_is_a_service() {
    let api = Arc::new(Api::default());
    let service = Arc::new(ApiService::open(api.clone()));
    let first = serve(ServerConfig::default(), service.clone()).await;
    let second = serve(ServerConfig::default(), service).await;

    for server in [&first, &second] {
        let address: SocketAddr = server.url().trim_start_matches("http://").parse().unwrap();
        Client::connect(address).await.request("GET", GET, "").await;
    }

    assert_eq!(api.calls().len(), 2);
}
