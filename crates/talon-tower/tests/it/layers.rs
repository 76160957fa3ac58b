//! Layers of tower and tower-http.

use std::time::Duration;

use http::header::{HeaderName, HeaderValue};
use talon_client::{Client, ClientConfig, TransportError};
use talon_core::prelude::*;
use talon_fake::{Fake, World};
use talon_hyper::HyperTransport;
use talon_tower::{TowerTransport, TransportService};
use talon_transport_tests::server::{ScriptedReply, TestServer};
use tower::ServiceBuilder;
use tower_http::decompression::DecompressionLayer;
use tower_http::set_header::SetRequestHeaderLayer;

fn config(url: &str) -> ClientConfig {
    ClientConfig::new(url).api_key("fefecafedeadbeef")
}

#[tokio::test]
async fn a_layer_sees_every_request() {
    let server = TestServer::start(ScriptedReply::reply("200 OK", "{}")).await;
    let config = config(&server.url());
    let shop = HeaderName::from_static("x-shop");
    let service = ServiceBuilder::new()
        .layer(SetRequestHeaderLayer::overriding(shop, HeaderValue::from_static("berlin")))
        .service(TransportService::new(HyperTransport::new(&config).unwrap()));
    let client = Client::new(config, TowerTransport::new(service)).unwrap();

    client.call(GetCustomerInventory::new("anna")).await.unwrap();

    assert_eq!(server.request().header("x-shop"), Some("berlin"));
    assert_eq!(server.request().header("authorization"), Some("ApiKey-v1 fefecafedeadbeef"));
}

#[tokio::test]
async fn a_layer_can_change_the_body() {
    let fake = Fake::new(World::demo()).unwrap();
    let server = fake.serve().await.unwrap();
    let key = fake.application().api_keys[0].key.clone();
    let config = ClientConfig::new(server.url()).api_key(key);
    let service = ServiceBuilder::new()
        .layer(DecompressionLayer::new())
        .service(TransportService::new(HyperTransport::new(&config).unwrap()));
    let client = Client::new(config, TowerTransport::new(service)).unwrap();

    let request = UpdateCustomerProfileV2::new("anna", NewCustomerProfile::default());
    client.call(request).await.unwrap();

    assert!(fake.profile("anna").is_some());
}

#[tokio::test(start_paused = true)]
async fn an_error_of_a_layer_is_classified_by_its_user() {
    let never = tower::service_fn(|_: http::Request<http_body_util::Full<bytes::Bytes>>| {
        std::future::pending::<
            Result<http::Response<http_body_util::Full<bytes::Bytes>>, tower::BoxError>,
        >()
    });
    let service = ServiceBuilder::new().timeout(Duration::from_millis(10)).service(never);
    let transport = TowerTransport::new(service).classify_errors(|error| {
        if error.is::<tower::timeout::error::Elapsed>() {
            TransportError::timeout(error)
        } else {
            TransportError::other(error)
        }
    });
    let client = Client::new(config("http://localhost"), transport).unwrap();

    let error = client.call(GetCustomerInventory::new("anna")).await.unwrap_err();

    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 3));
}
