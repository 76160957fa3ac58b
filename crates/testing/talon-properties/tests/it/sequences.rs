//! Any bytes are a sequence of requests that the fake survives; the fuzzer looks further.

use proptest::arbitrary::any;
use proptest::collection::vec;
use talon_properties::sequence;

use crate::every::holds_for_every;

#[test]
fn a_fake_holds_its_promises_whatever_is_asked() {
    holds_for_every(96, vec(any::<u8>(), 0..1024), |bytes| sequence::check(&bytes));
}
