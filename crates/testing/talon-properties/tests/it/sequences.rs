//! Arbitrary sequences of requests to the fake.

use proptest::arbitrary::any;
use proptest::collection::vec;
use talon_properties::sequence;

use crate::runner::holds_for_every;

#[test]
fn the_properties_of_the_fake_hold_for_any_sequence() {
    holds_for_every(96, vec(any::<u8>(), 0..1024), |bytes| sequence::check(&bytes));
}
