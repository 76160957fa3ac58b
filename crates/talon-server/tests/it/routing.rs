//! Routing of requests to operations.

use std::sync::Arc;

use bytes::Bytes;
use http::request::Parts;
use http::{Response, StatusCode};
use talon_core::ApiError;
use talon_core::dispatch::NoRoute;
use talon_server::{ApiService, Fallback, NotFound, ServerConfig};

use crate::client::Client;
use crate::test_services::{Api, BODY, GET, PUT, open, serve};

#[tokio::test]
async fn a_known_path_reaches_its_operation() {
    let (server, api) = open().await;
    let mut client = Client::connect(server.local_addr()).await;

    let reply = client.request("GET", GET, "").await;

    assert_eq!(reply.status, 200);
    assert_eq!(reply.body, r#"{"totalResultSize":0,"data":[]}"#);
    assert_eq!(api.calls(), ["SUMMER"]);
}

#[tokio::test]
async fn an_unknown_path_is_not_found() {
    let (server, _) = open().await;
    let mut client = Client::connect(server.local_addr()).await;

    for path in ["/", "/v1/nothing", "*", "/v1/coupon_reservations/"] {
        client.request("GET", path, "").await.assert_refusal(404, "Not found");
    }
}

#[tokio::test]
async fn an_unknown_method_is_refused_with_the_allowed_ones() {
    let (server, _) = open().await;
    let mut client = Client::connect(server.local_addr()).await;

    let reply = client.request("PATCH", GET, "").await;

    reply.assert_refusal(405, "Method not allowed");
    assert_eq!(reply.header("allow"), Some("GET, HEAD, OPTIONS"));
}

#[tokio::test]
async fn options_returns_the_methods() {
    let (server, _) = open().await;
    let mut client = Client::connect(server.local_addr()).await;

    let reply = client.request("OPTIONS", GET, "").await;

    assert_eq!(reply.status, 204);
    assert_eq!(reply.header("allow"), Some("GET, HEAD, OPTIONS"));
    assert_eq!(client.request("OPTIONS", "*", "").await.status, 404);
}

#[tokio::test]
async fn head_is_get_without_the_body() {
    let (server, _) = open().await;
    let mut client = Client::connect(server.local_addr()).await;

    client.send(format!("HEAD {GET} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n")).await;
    let head = client.head().await;

    assert_eq!(head.status, 200);
    assert_eq!(head.header("content-length"), Some("31"));
    assert_eq!(client.rest().await, "");
}

#[tokio::test]
async fn connect_matches_no_operation() {
    let (server, _) = open().await;
    let mut client = Client::connect(server.local_addr()).await;

    client.request("CONNECT", "example.org:443", "").await.assert_refusal(404, "Not found");
}

#[tokio::test]
async fn encoded_paths_are_decoded() {
    let (server, api) = open().await;
    let mut client = Client::connect(server.local_addr()).await;

    for code in ["A%2FB", "A%20B", "A+B", "25%25OFF", "%C3%A9"] {
        let path = format!("/v1/coupon_reservations/customerprofiles/{code}");
        assert_eq!(client.request("GET", &path, "").await.status, 200);
    }

    assert_eq!(api.calls(), ["A/B", "A B", "A+B", "25%OFF", "é"]);
}

#[tokio::test]
async fn a_path_that_is_not_utf8_is_invalid() {
    let (server, _) = open().await;
    let mut client = Client::connect(server.local_addr()).await;

    let reply = client.request("GET", "/v1/customer_profiles/%FF/inventory", "").await;

    reply.assert_refusal(400, "must be UTF-8");
}

#[tokio::test]
async fn absolute_uris_are_routed_by_their_path() {
    let (server, api) = open().await;
    let mut client = Client::connect(server.local_addr()).await;

    let uri = format!("http://shop.europe-west1.talon.one{GET}?a=b");

    assert_eq!(client.request("GET", &uri, "").await.status, 200);
    assert_eq!(api.calls(), ["SUMMER"]);
}

#[tokio::test]
async fn a_body_on_get_is_read_and_ignored() {
    let (server, _) = open().await;
    let mut client = Client::connect(server.local_addr()).await;

    client.send(format!("GET {GET} HTTP/1.1\r\nHost: test\r\nContent-Length: 4\r\n\r\nnull")).await;

    assert_eq!(client.reply().await.status, 200);
    assert_eq!(client.request("GET", GET, "").await.status, 200);
}

#[tokio::test]
async fn a_body_needs_no_content_type() {
    let (server, api) = open().await;
    let mut client = Client::connect(server.local_addr()).await;
    let length = BODY.len();

    client.send(format!("PUT {PUT} HTTP/1.1\r\nContent-Length: {length}\r\nHost: t\r\n\r\n")).await;
    client.send(BODY).await;

    assert_eq!(client.reply().await.status, 200);
    assert_eq!(api.calls(), ["cart-1"]);
}

#[tokio::test]
async fn a_missing_body_is_invalid() {
    let (server, _) = open().await;
    let mut client = Client::connect(server.local_addr()).await;

    client.request("PUT", PUT, "").await.assert_refusal(400, "The submitted data was invalid");
}

#[tokio::test]
async fn a_missing_operation_is_not_implemented() {
    let (server, _) = open().await;
    let mut client = Client::connect(server.local_addr()).await;

    let reply = client.request("GET", "/v1/customer_profiles/anna/inventory", "").await;

    reply.assert_refusal(501, "getCustomerInventory");
}

/// Says that `/old` is gone.
#[derive(Debug)]
struct Gone;

impl Fallback for Gone {
    fn answer(&self, head: &Parts, no_route: &NoRoute) -> Response<Bytes> {
        match head.uri.path() {
            "/old" => ApiError::new(StatusCode::GONE, "Gone").to_http(),
            _ => NotFound.answer(head, no_route),
        }
    }
}

#[tokio::test]
async fn a_fallback_answers_requests_that_match_no_operation() {
    let service = ApiService::open(Arc::new(Api::default())).fallback(Gone);
    let server = serve(ServerConfig::default(), service).await;
    let mut client = Client::connect(server.local_addr()).await;

    client.request("GET", "/old", "").await.assert_refusal(410, "Gone");
    client.request("GET", "/nothing", "").await.assert_refusal(404, "Not found");
    client.request("PATCH", GET, "").await.assert_refusal(405, "Method not allowed");
    assert_eq!(client.request("GET", GET, "").await.status, 200);
}

#[tokio::test]
async fn a_fallback_answers_before_the_body_is_read() {
    let service = ApiService::open(Arc::new(Api::default())).fallback(Gone);
    let server = serve(ServerConfig::default(), service).await;
    let mut client = Client::connect(server.local_addr()).await;

    client.send("PUT /old HTTP/1.1\r\nHost: t\r\nContent-Length: 100000\r\n\r\n").await;

    client.reply().await.assert_refusal(410, "Gone");
}
