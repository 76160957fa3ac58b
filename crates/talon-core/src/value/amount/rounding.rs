//! RoundingMode.

use rust_decimal::RoundingStrategy;

use super::Amount;

/// Which neighbour a number is rounded to, as standards and other languages name it.
///
/// | | 2.5 | 1.6 | 1.1 | -1.1 | -1.6 | -2.5 |
/// |---|---|---|---|---|---|---|
/// | [`HalfUp`](Self::HalfUp) | 3 | 2 | 1 | -1 | -2 | -3 |
/// | [`HalfEven`](Self::HalfEven) | 2 | 2 | 1 | -1 | -2 | -2 |
/// | [`HalfDown`](Self::HalfDown) | 2 | 2 | 1 | -1 | -2 | -2 |
/// | [`Up`](Self::Up) | 3 | 2 | 2 | -2 | -2 | -3 |
/// | [`Down`](Self::Down) | 2 | 1 | 1 | -1 | -1 | -2 |
/// | [`Ceiling`](Self::Ceiling) | 3 | 2 | 2 | -1 | -1 | -2 |
/// | [`Floor`](Self::Floor) | 2 | 1 | 1 | -2 | -2 | -3 |
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RoundingMode {
    /// The nearest; of two that are equally near, the one away from zero. As taught in school.
    HalfUp,
    /// The nearest; of two that are equally near, the one with an even last digit. Errors of many
    /// roundings cancel out ("banker's rounding").
    HalfEven,
    /// The nearest; of two that are equally near, the one towards zero.
    HalfDown,
    /// Away from zero.
    Up,
    /// Towards zero: digits are cut off.
    Down,
    /// Towards positive infinity.
    Ceiling,
    /// Towards negative infinity.
    Floor,
}

impl Amount {
    /// The number rounded to this many decimal places; unchanged if it has no more than these.
    ///
    /// ```
    /// use talon_core::{Amount, RoundingMode};
    ///
    /// let third = Amount::from(100).checked_div(3.into()).expect("not zero");
    /// assert_eq!(third.round(2, RoundingMode::HalfUp), Amount::new(3333, 2));
    /// assert_eq!(third.round(0, RoundingMode::Up), 34.into());
    /// ```
    #[must_use]
    pub fn round(self, places: u32, mode: RoundingMode) -> Self {
        let strategy = match mode {
            RoundingMode::HalfUp => RoundingStrategy::MidpointAwayFromZero,
            RoundingMode::HalfEven => RoundingStrategy::MidpointNearestEven,
            RoundingMode::HalfDown => RoundingStrategy::MidpointTowardZero,
            RoundingMode::Up => RoundingStrategy::AwayFromZero,
            RoundingMode::Down => RoundingStrategy::ToZero,
            RoundingMode::Ceiling => RoundingStrategy::ToPositiveInfinity,
            RoundingMode::Floor => RoundingStrategy::ToNegativeInfinity,
        };
        Self(self.0.round_dp_with_strategy(places, strategy))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The table in the documentation of [`RoundingMode`].
    const TABLE: [(RoundingMode, [i64; 6]); 7] = [
        (RoundingMode::HalfUp, [3, 2, 1, -1, -2, -3]),
        (RoundingMode::HalfEven, [2, 2, 1, -1, -2, -2]),
        (RoundingMode::HalfDown, [2, 2, 1, -1, -2, -2]),
        (RoundingMode::Up, [3, 2, 2, -2, -2, -3]),
        (RoundingMode::Down, [2, 1, 1, -1, -1, -2]),
        (RoundingMode::Ceiling, [3, 2, 2, -1, -1, -2]),
        (RoundingMode::Floor, [2, 1, 1, -2, -2, -3]),
    ];

    #[test]
    fn each_mode_rounds_as_documented() {
        for (rounding, expected) in TABLE {
            let rounded = [25, 16, 11, -11, -16, -25].map(|tenths| {
                // In cents, so that other places than whole numbers are rounded to.
                Amount::new(tenths, 3).round(2, rounding)
            });

            assert_eq!(rounded, expected.map(|cents| Amount::new(cents, 2)), "{rounding:?}");
        }
        assert_eq!(Amount::new(35, 1).round(0, RoundingMode::HalfEven), 4.into());
        assert_eq!(Amount::new(35, 1).round(0, RoundingMode::HalfDown), 3.into());
    }

    #[test]
    fn the_largest_numbers_are_rounded() {
        let longest: Amount = "7.9228162514264337593543950335".parse().unwrap();
        assert_eq!(longest.round(1, RoundingMode::Up), Amount::new(80, 1));
        assert_eq!(longest.round(40, RoundingMode::HalfUp), longest);
        let largest: Amount = "79228162514264337593543950335".parse().unwrap();
        assert_eq!(largest.round(0, RoundingMode::Up), largest);
    }

    proptest! {
        /// RoundingMode against the arithmetic of integers.
        #[test]
        fn rounding_is_that_of_integers(mantissa in -1_000_000_i64..1_000_000, cut in 0_u32..4) {
            let unit = 10_i64.pow(cut);
            let (floor, rest) = (mantissa.div_euclid(unit), mantissa.rem_euclid(unit));
            let ceiling = floor + i64::from(rest != 0);
            let (down, up) = if mantissa < 0 { (ceiling, floor) } else { (floor, ceiling) };
            let nearest = |tie: i64| match (2 * rest).cmp(&unit) {
                std::cmp::Ordering::Less => floor,
                std::cmp::Ordering::Equal => tie,
                std::cmp::Ordering::Greater => ceiling,
            };
            let even = if floor % 2 == 0 { floor } else { ceiling };

            let number = Amount::new(mantissa, 2 + cut);
            for (rounding, expected) in [
                (RoundingMode::HalfUp, nearest(up)),
                (RoundingMode::HalfEven, nearest(even)),
                (RoundingMode::HalfDown, nearest(down)),
                (RoundingMode::Up, up),
                (RoundingMode::Down, down),
                (RoundingMode::Ceiling, ceiling),
                (RoundingMode::Floor, floor),
            ] {
                prop_assert_eq!(number.round(2, rounding), Amount::new(expected, 2));
            }
        }
    }
}
