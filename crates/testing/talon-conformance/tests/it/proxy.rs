//! A client implements the API, so it can be served.

use std::sync::Arc;

use talon_client::ClientConfig;
use talon_core::IntegrationApi;
use talon_core::prelude::*;
use talon_fake::{Fake, World};
use talon_server::{ApiService, RunningServer, Server, ServerConfig, SingleApplication};

/// Serves a client of `upstream` with another key.
async fn proxy(upstream: &RunningServer) -> RunningServer {
    let config = ClientConfig::new(upstream.url()).api_key("demo-key");
    let client: Arc<dyn IntegrationApi> =
        Arc::new(talon_hyper::connect(config).expect("it is valid"));
    let server = Server::bind(ServerConfig::default()).await.expect("a free port");
    server.spawn(ApiService::new(SingleApplication::new("front-key", client)))
}

#[tokio::test]
async fn a_served_client_passes_replies_and_refusals_on() {
    let fake = Fake::new(World::demo()).unwrap();
    let upstream = fake.serve().await.unwrap();
    let proxy = proxy(&upstream).await;
    let config = ClientConfig::new(proxy.url()).api_key("front-key");
    let api = talon_reqwest::connect(config).unwrap();

    let reserved = CouponReservations::new(["anna"]);
    let request = CreateCouponReservation::new("SUMMER25%OFF", reserved);
    let coupon = api.create_coupon_reservation(request).await.unwrap();
    let unknown = GetReservedCustomers::new("NO-SUCH-COUPON");
    let through_proxy = api.get_reserved_customers(unknown.clone()).await.unwrap_err();

    assert_eq!(Some(coupon), fake.coupon("SUMMER25%OFF"));
    let direct = fake.get_reserved_customers(unknown).await.unwrap_err();
    assert_eq!(through_proxy.api(), direct.api());
}

#[tokio::test]
async fn the_key_of_the_proxy_is_not_the_key_of_the_service() {
    let upstream = Fake::new(World::demo()).unwrap().serve().await.unwrap();
    let proxy = proxy(&upstream).await;
    let config = ClientConfig::new(proxy.url()).api_key("demo-key");
    let api = talon_reqwest::connect(config).unwrap();

    let refused = api.get_reserved_customers(GetReservedCustomers::new("SUMMER10")).await;

    assert!(refused.unwrap_err().is_unauthorized());
}
