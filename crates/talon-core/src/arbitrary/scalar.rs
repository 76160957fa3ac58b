//! Whole numbers and flags.

use std::fmt::Debug;

use proptest::arbitrary::any;
use proptest::prop_oneof;
use proptest::strategy::{BoxedStrategy, Strategy};

use super::Generate;

/// Whole numbers; small ones are likely.
pub(crate) fn number<T: From<i64> + Debug>() -> impl Strategy<Value = T> {
    prop_oneof![4 => -1..100_i64, 1 => any::<i64>()].prop_map(T::from)
}

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
