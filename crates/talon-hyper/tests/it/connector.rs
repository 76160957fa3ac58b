//! A custom connector.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use http::Uri;
use hyper_util::client::legacy::connect::HttpConnector;
use talon_core::ErrorKind;
use talon_core::operations::GetCustomerInventory;
use talon_hyper::{Client, ClientConfig, HyperTransport};
use talon_transport_tests::server::{ScriptedReply, TestServer};
use tower_service::Service;

/// Counts connections.
#[derive(Clone)]
struct Counting {
    inner: HttpConnector,
    count: Arc<AtomicUsize>,
}

impl Service<Uri> for Counting {
    type Response = <HttpConnector as Service<Uri>>::Response;
    type Error = <HttpConnector as Service<Uri>>::Error;
    type Future = <HttpConnector as Service<Uri>>::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        self.count.fetch_add(1, Ordering::Relaxed);
        self.inner.call(uri)
    }
}

#[tokio::test]
async fn a_custom_connector_is_used() {
    let server = TestServer::start(ScriptedReply::reply("200 OK", "{}")).await;
    let count = Arc::new(AtomicUsize::new(0));
    let connector = Counting { inner: HttpConnector::new(), count: Arc::clone(&count) };
    let config = ClientConfig::new(server.url()).api_key("fefecafedeadbeef");
    let client = Client::new(config, HyperTransport::from_connector(connector)).unwrap();

    client.call(GetCustomerInventory::new("anna")).await.unwrap();

    assert_eq!(count.load(Ordering::Relaxed), 1);
}

#[test]
fn the_proxy_of_the_system_is_refused() {
    let config = ClientConfig::new("https://demo.talon.one").api_key("fefe").system_proxy();

    let error = talon_hyper::connect(config).unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(error.to_string().contains("talon-reqwest"), "{error}");
}
