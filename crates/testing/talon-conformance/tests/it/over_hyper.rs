//! A client over hyper, and the fake behind a listener.

use std::sync::Arc;

use talon_client::{ClientConfig, RetryPolicy};
use talon_conformance::{Seed, World, conformance_tests};
use talon_core::IntegrationApi;
use talon_fake::Fake;

pub(crate) async fn world(seed: Seed) -> World {
    let fake = Fake::new(seed).expect("the seed fits");
    let server = fake.serve().await.expect("a free port");
    let api = |key: &str| -> Arc<dyn IntegrationApi> {
        let config = ClientConfig::new(server.url()).api_key(key).retry(RetryPolicy::never());
        Arc::new(talon_hyper::connect(config).expect("a configuration that fits"))
    };
    World::new(api(&fake.application().api_keys[0]), fake.clone())
        .with_stranger(api("nobodys-key"))
        .keeping(server)
}

conformance_tests!(world);
