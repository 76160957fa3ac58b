//! The samples of all operations in the demo world.

use talon_core::Operation;
use talon_core::operation::RetrySafety;
use talon_fake::{Fake, World};

use talon_samples::{Sample, for_each_sample, immediate};

const ID: &str = "SUMMER10";

/// The demo world after the calls that the sample needs before it.
fn prepared<O: Sample>() -> Fake {
    let world = World::demo().profile(ID, talon_core::Attributes::new());
    let fake = Fake::new(world).expect("the world is valid");
    immediate(O::prepare(&fake, ID)).expect("the preparation succeeds");
    fake
}

fn assert_succeeds<O: Sample>() {
    let reply = immediate(O::sample(ID).call(&prepared::<O>()));

    assert!(reply.is_ok(), "{}: {reply:?}", O::INFO.id);
}

#[test]
fn every_sample_succeeds_in_the_demo_world() {
    for_each_sample!(|O| assert_succeeds::<O>());
}

/// Asserts that two reads return equal replies and change nothing.
fn assert_read_changes_nothing<O: Sample>() {
    let fake = prepared::<O>();
    let before = fake.snapshot();

    let replies = [O::sample(ID), O::sample(ID)].map(|request| {
        let reply = immediate(request.call(&fake)).expect("there is something to read");
        O::reply_to_http(&reply).expect("the reply can be encoded").into_body()
    });

    assert_eq!(replies[0], replies[1], "{}", O::INFO.id);
    assert_eq!(before.diff(&fake.snapshot()), [""; 0], "{}", O::INFO.id);
}

#[test]
fn every_read_changes_nothing() {
    let mut reads = 0;
    for_each_sample!(|O| {
        if O::INFO.retry == RetrySafety::ReadOnly {
            assert_read_changes_nothing::<O>();
            reads += 1;
        }
    });
    assert!(reads > 0);
}
