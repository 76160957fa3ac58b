//! A custom `reqwest::Client`.

use std::time::Duration;

use talon_client::{Transport, TransportErrorKind};
use talon_core::operations::GetCustomerInventory;
use talon_reqwest::{Client, ClientConfig, ReqwestTransport};
use talon_transport_tests::server::{ScriptedReply, TestServer};

fn config(server: &TestServer) -> ClientConfig {
    ClientConfig::new(server.url()).api_key("fefecafedeadbeef")
}

#[tokio::test]
async fn a_custom_client_is_used() {
    let server = TestServer::start(ScriptedReply::reply("200 OK", "{}")).await;
    let config = config(&server);
    let headers = [(http::header::VIA, http::HeaderValue::from_static("1.1 shop"))];
    let builder = ReqwestTransport::builder(&config).unwrap();
    let own = builder.default_headers(headers.into_iter().collect()).build().unwrap();
    let client = Client::new(config, ReqwestTransport::from_client(own)).unwrap();

    client.call(GetCustomerInventory::new("anna")).await.unwrap();

    assert_eq!(server.request().header("via"), Some("1.1 shop"));
}

#[tokio::test]
async fn the_timeout_of_a_custom_client_is_a_timeout() {
    let server = TestServer::start(ScriptedReply::Silence).await;
    let builder = ReqwestTransport::builder(&config(&server)).unwrap();
    let own = builder.timeout(Duration::from_millis(300)).build().unwrap();
    let transport = ReqwestTransport::from_client(own);

    let request = http::Request::get(server.url()).body(bytes::Bytes::new()).unwrap();
    let error = transport.send(request).await.unwrap_err();

    assert_eq!(error.kind(), TransportErrorKind::Timeout);
}
