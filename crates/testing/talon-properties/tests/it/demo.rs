//! Samples against the demo world.

use talon_core::{for_each_operation, operations};
use talon_fake::{Fake, World};
use talon_properties::immediate;
use talon_samples::Sample;

fn succeeds<O: Sample>(fake: &Fake) {
    let reply = immediate(O::sample("SUMMER10").call(fake));
    assert!(reply.is_ok(), "{}: {reply:?}", O::INFO.id);
}

macro_rules! every_sample {
    ($( $(#[$doc:meta])* $method:ident($request:ident); )+) => {
        fn all_succeed(fake: &Fake) {
            $( succeeds::<operations::$request>(fake); )+
        }
    };
}
for_each_operation!(every_sample);

#[test]
fn every_sample_succeeds_in_the_demo_world() {
    let attributes = talon_core::Attributes::new();
    let world = World::demo().profile("SUMMER10", attributes);

    all_succeed(&Fake::new(world).unwrap());
}
