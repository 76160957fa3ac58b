//! A client around the fake, through the whole codec, without a socket.

use std::sync::Arc;

use talon_client::{Client, ClientConfig, Loopback, RetryPolicy};
use talon_conformance::{Seed, World, conformance_tests};
use talon_fake::Fake;

pub(crate) async fn world(seed: Seed) -> World {
    let fake = Fake::new(seed).expect("the seed fits");
    let config = ClientConfig::new("http://localhost").api_key("any").retry(RetryPolicy::never());
    let client = Client::new(config, Loopback::new(fake.api())).expect("the configuration is fit");
    World::new(Arc::new(client), fake)
}

conformance_tests!(world);
