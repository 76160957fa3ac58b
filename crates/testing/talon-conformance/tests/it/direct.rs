//! The fake itself.

use talon_conformance::{Seed, World, conformance_tests};
use talon_fake::Fake;

pub(crate) async fn world(seed: Seed) -> World {
    let fake = Fake::new(seed).expect("the seed fits");
    World::new(fake.api(), fake)
}

conformance_tests!(world);
