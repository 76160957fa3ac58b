//! The samples succeed in the demo world.

use talon_fake::{Fake, World};
use talon_samples::immediate;
use talon_samples::{Sample, for_each_sample};

fn assert_succeeds<O: Sample>() {
    let world = World::demo().profile("SUMMER10", talon_core::Attributes::new());
    let fake = Fake::new(world).expect("a world");
    immediate(O::prepare(&fake, "SUMMER10")).expect("the preparation succeeds");

    let reply = immediate(O::sample("SUMMER10").call(&fake));

    assert!(reply.is_ok(), "{}: {reply:?}", O::INFO.id);
}

#[test]
fn every_sample_succeeds_in_the_demo_world() {
    for_each_sample!(|O| assert_succeeds::<O>());
}
