//! Arbitrary world files.

use talon_core::ErrorKind;
use talon_fake::{Fake, World};
use talon_samples::{Sample, for_each_sample};

use talon_samples::immediate;

/// A world file is refused, or can be written and read again. Its fake answers every operation.
///
/// # Panics
/// When the property does not hold.
pub fn check(file: &[u8]) {
    let Some(world) = str::from_utf8(file).ok().and_then(|file| World::from_json(file).ok()) else {
        return;
    };
    let written = serde_json::to_string(&world).expect("a world that was read can be written");
    let again = World::from_json(&written).expect("what was written can be read");
    assert_eq!(world, again);

    let fake = Fake::new(world).expect("a world that was read can be loaded");
    for_each_sample!(|O| assert_serves::<O>(&fake));
}

fn assert_serves<O: Sample>(fake: &Fake) {
    if let Err(error) = immediate(O::sample("SUMMER10").call(fake)) {
        assert_eq!(error.kind(), ErrorKind::Api, "{error}");
        let status = error.status().expect("a refusal has a status");
        assert!(status.is_client_error(), "{error}");
    }
}
