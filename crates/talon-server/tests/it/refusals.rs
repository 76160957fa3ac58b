//! What a service is told of requests that the server itself refuses.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::Request;
use talon_server::{Answer, RefusedRequest, RunningServer, ServerConfig, Service, async_trait};

use crate::client::{Client, soon};
use crate::test_services::{PUT, reply, serve};

/// Keeps a line for each refusal; panics when it is called for `/panic`.
#[derive(Clone, Debug, Default)]
struct Refusals(Arc<Mutex<Vec<String>>>);

#[async_trait]
impl Service for Refusals {
    async fn handle(&self, request: Request<Bytes>) -> Answer {
        assert_ne!(request.uri().path(), "/panic", "asked to");
        reply("ok").into()
    }

    fn on_refusal(&self, request: &RefusedRequest<'_>) {
        let method = request.method.map_or("-", |method| method.as_str());
        let path = request.uri.map_or("-".to_owned(), ToString::to_string);
        let status = request.status.map_or("-".to_owned(), |status| status.as_u16().to_string());
        self.0.lock().unwrap().push(format!("{method} {path} {status}"));
    }
}

impl Refusals {
    async fn serve(&self, config: ServerConfig) -> RunningServer {
        serve(config, self.clone()).await
    }

    /// Sends a request, waits until the server closes the connection, and returns what was told.
    async fn after(&self, config: ServerConfig, request: impl AsRef<[u8]>) -> Vec<String> {
        let server = self.serve(config).await;
        let mut client = Client::connect(server.local_addr()).await;
        client.send(request).await;
        client.rest().await;
        soon(server.shutdown()).await;
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

const SHORT: Duration = Duration::from_millis(100);

#[tokio::test]
async fn a_refused_body_is_told() {
    let refusals = Refusals::default();
    let put = |length: usize| {
        format!("PUT {PUT} HTTP/1.1\r\nHost: t\r\nContent-Length: {length}\r\n\r\n{{")
    };

    let long = ServerConfig::default().max_body_bytes(1_usize).body_timeout(SHORT);
    assert_eq!(refusals.after(long, put(9)).await, [format!("PUT {PUT} 413")]);
    let slow = ServerConfig::default().body_timeout(SHORT);
    assert_eq!(refusals.after(slow, put(9)).await, [format!("PUT {PUT} 408")]);
}

#[tokio::test]
async fn a_refused_head_is_told_as_far_as_it_is_known() {
    let refusals = Refusals::default();
    let config = || ServerConfig::default().head_timeout(SHORT);
    let headers = format!("GET {PUT}?dry=true HTTP/1.1\r\n{}\r\n", "X: 1\r\n".repeat(120));

    let told = refusals.after(config(), headers).await;
    assert_eq!(told, [format!("GET {PUT}?dry=true 431")]);
    let told = refusals.after(config(), format!("GET {PUT} HTTP/1.1\r\nHo")).await;
    assert_eq!(told, [format!("GET {PUT} -")]);
    let told = refusals.after(config(), "no HTTP at all\r\n\r\n").await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].ends_with(" 400"), "{told:?}");
    let told = refusals.after(config(), format!("GET {PUT} HTTP/1.1\r\n\r\n")).await;
    assert_eq!(told, [format!("GET {PUT} 400")], "without a Host");
}

#[tokio::test]
async fn a_service_that_panics_is_told() {
    let refusals = Refusals::default();
    let request = "GET /panic HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n";

    assert_eq!(refusals.after(ServerConfig::default(), request).await, ["GET /panic 500"]);
}

#[tokio::test]
async fn what_is_served_or_idle_is_not_told() {
    let refusals = Refusals::default();
    let config = ServerConfig::default().idle_timeout(SHORT).head_timeout(SHORT);
    let request = format!("GET {PUT} HTTP/1.1\r\nHost: t\r\n\r\n");

    assert!(refusals.after(config, request).await.is_empty());
}
