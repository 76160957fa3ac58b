//! Times for property tests.

use proptest::prop_oneof;
use proptest::strategy::{Just, Strategy};

use super::Timestamp;
use crate::arbitrary::from_strategy;

/// The years 1 to 9999, in seconds since the Unix epoch.
const UNIX_SECONDS: std::ops::Range<i64> = -62_135_596_800..253_402_207_200;

/// The years 2020 to 2029.
const RECENT_SECONDS: std::ops::Range<i64> = 1_577_836_800..1_893_456_000;

fn timestamp() -> impl Strategy<Value = Timestamp> {
    let nanos = prop_oneof![Just(0), 0..1_000_000_000_i128];
    let seconds = prop_oneof![RECENT_SECONDS, UNIX_SECONDS];
    (seconds, nanos).prop_map(|(seconds, nanos)| {
        Timestamp::from_unix_nanos(i128::from(seconds) * 1_000_000_000 + nanos)
            .expect("within the years of a timestamp")
    })
}

from_strategy!(Timestamp: timestamp());
