//! Amounts for property tests.

use proptest::prop_oneof;
use proptest::strategy::Strategy;

use super::Amount;
use crate::arbitrary::from_strategy;

/// Largest mantissa of 15 digits, as many as a double keeps.
const MAX_MANTISSA: i64 = 999_999_999_999_999;

/// Amounts of up to 15 significant digits; prices are likely.
fn amount() -> impl Strategy<Value = Amount> {
    let price = (0..100_000_i64).prop_map(|cents| Amount::new(cents, 2));
    let any = (-MAX_MANTISSA..=MAX_MANTISSA, 0..=15_u32)
        .prop_map(|(mantissa, scale)| Amount::new(mantissa, scale));
    prop_oneof![price, (-1..100_i64).prop_map(Amount::from), any]
}

from_strategy!(Amount: amount());
