//! The tests of transports through a stack of layers, and tests of layers.

mod errors;
mod layers;

use talon_client::{Client, ClientConfig, Transport};
use talon_hyper::HyperTransport;
use talon_tower::{TowerTransport, TransportService};
use tower::ServiceBuilder;

/// hyper below a layer that changes the type of the service and nothing else.
fn connect(config: ClientConfig) -> talon_core::Result<Client<impl Transport>> {
    let service = ServiceBuilder::new()
        .concurrency_limit(8)
        .service(TransportService::new(HyperTransport::new(&config)?));
    Client::new(config, TowerTransport::new(service))
}

talon_transport_tests::transport_tests!(crate::connect);
