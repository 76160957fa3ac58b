//! A client around the fake, through the whole codec, without a socket.

use std::sync::Arc;

use talon_client::Loopback;
use talon_conformance::{Seed, World, conformance_tests};
use talon_fake::Fake;

pub(crate) async fn world(seed: Seed) -> World {
    let fake = Fake::new(seed).expect("the seed fits");
    World::new(Arc::new(Loopback::client(fake.api())), fake)
}

conformance_tests!(world);
