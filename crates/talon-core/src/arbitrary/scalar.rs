//! Numbers, amounts and times.

use std::fmt::Debug;

use proptest::arbitrary::any;
use proptest::prop_oneof;
use proptest::strategy::{BoxedStrategy, Just, Strategy};

use super::{Generate, from_strategy};
use crate::operation::YesNo;
use crate::{Amount, Timestamp};

/// Numbers of up to 15 digits.
const MAX_MANTISSA: i64 = 999_999_999_999_999;

/// The years 1 to 9999, in seconds since the Unix epoch, as far as a [`Timestamp`] goes.
const UNIX_SECONDS: std::ops::Range<i64> = -62_135_596_800..253_402_207_200;

/// The years 2020 to 2029.
const RECENT_SECONDS: std::ops::Range<i64> = 1_577_836_800..1_893_456_000;

pub(crate) fn number<T: From<i64> + Debug>() -> impl Strategy<Value = T> {
    prop_oneof![4 => -1..100_i64, 1 => any::<i64>()].prop_map(T::from)
}

/// Any amount of up to 15 significant digits; prices are likely.
fn amount() -> impl Strategy<Value = Amount> {
    let price = (0..100_000_i64).prop_map(|cents| Amount::new(cents, 2));
    let any = (-MAX_MANTISSA..=MAX_MANTISSA, 0..=15_u32)
        .prop_map(|(digits, scale)| Amount::new(digits, scale));
    prop_oneof![price, (-1..100_i64).prop_map(Amount::from), any]
}

fn timestamp() -> impl Strategy<Value = Timestamp> {
    let nanos = prop_oneof![Just(0), 0..1_000_000_000_i128];
    let seconds = prop_oneof![RECENT_SECONDS, UNIX_SECONDS];
    (seconds, nanos).prop_map(|(seconds, nanos)| {
        Timestamp::from_unix_nanos(i128::from(seconds) * 1_000_000_000 + nanos)
            .expect("within the years of a timestamp")
    })
}

from_strategy!(Amount: amount());
from_strategy!(Timestamp: timestamp());
from_strategy!(YesNo: any::<bool>().prop_map(YesNo::from));

impl Generate for i64 {
    fn strategy() -> BoxedStrategy<Self> {
        number().boxed()
    }
}

impl Generate for bool {
    fn strategy() -> BoxedStrategy<Self> {
        any::<bool>().boxed()
    }
}
