//! Decimals from and to binary floating point, to the digit.

use std::str::FromStr;

use rust_decimal::Decimal;

/// Integers below this magnitude are exact as `f64`.
const EXACT: i64 = 1 << 53;

/// Powers of ten that are exact as `f64`.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/// The decimal of the fewest digits that reads back as `value`, rounded to 28 places.
#[inline]
pub(super) fn from_f64(value: f64) -> Option<Decimal> {
    price(value).or_else(|| shortest(value)).or_else(|| nearest(value))
}

/// The `f64` nearest to `mantissa / 10^scale`, where a single division gives it.
pub(super) fn quotient(mantissa: i64, scale: u32) -> Option<f64> {
    let power = POWERS.get(scale as usize)?;
    (mantissa.abs() < EXACT).then(|| exact(mantissa) / power)
}

/// The decimal of up to six places, as prices are, that reads back as `value`.
///
/// The division of two exact numbers rounds once, to the nearest, as parsing the text does. So when
/// `mantissa / power == value`, this decimal is the one that was written.
#[expect(clippy::float_cmp, reason = "the comparison must be exact, see above")]
#[inline]
fn price(value: f64) -> Option<Decimal> {
    for (power, scale) in POWERS.iter().zip(0u32..).take(7) {
        let mantissa = rounded(value * power)?;
        if exact(mantissa) / power == value {
            return Some(Decimal::new(mantissa, scale));
        }
    }
    None
}

/// [`f64::round`] without a call of the library; `None` where `f64` does not hold every integer.
#[expect(clippy::cast_possible_truncation, reason = "truncation is meant, the range is checked")]
fn rounded(value: f64) -> Option<i64> {
    if value.abs() < exact(EXACT) {
        let whole = value as i64;
        let rest = value - exact(whole);
        Some(whole + i64::from(rest >= 0.5) - i64::from(rest <= -0.5))
    } else {
        None
    }
}

/// An integer of at most [`EXACT`], without loss.
#[expect(clippy::cast_precision_loss, reason = "such integers lose none")]
const fn exact(integer: i64) -> f64 {
    integer as f64
}

/// The decimal of the fewest digits that reads back as `value`, when it has at most 18 digits and no
/// other decimal is as near.
#[expect(clippy::float_cmp, reason = "any difference counts")]
fn shortest(value: f64) -> Option<Decimal> {
    let mut buffer = zmij::Buffer::new();
    let text = buffer.format(value);
    let (mut mantissa, mut scale) = (0_i64, None);
    for byte in text.trim_start_matches('-').bytes() {
        match byte {
            b'0'..=b'9' if mantissa < 10_i64.pow(17) => {
                mantissa = mantissa * 10 + i64::from(byte - b'0');
                scale = scale.map(|scale| scale + 1);
            }
            b'.' => scale = Some(0_u32),
            _ => return None,
        }
    }
    let scale = scale?;
    // A double halfway between two decimals of n places is a multiple of 2^-(n+1); libraries differ
    // on those.
    let fraction = value * exact(2_i64.checked_shl(scale)?);
    if exact(rounded(fraction)?) == fraction {
        return None;
    }
    let mantissa = if value.is_sign_negative() { -mantissa } else { mantissa };
    Decimal::try_new(mantissa, scale).ok()
}

/// The nearest decimal of any finite `f64` in range.
fn nearest(value: f64) -> Option<Decimal> {
    if !value.is_finite() {
        return None;
    }
    let shortest = format!("{value:e}");
    Decimal::from_scientific(&shortest).or_else(|_| Decimal::from_str(&format!("{value:.28}"))).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Prices as they come out of binary arithmetic: `2.1950000000000003`.
    fn computed() -> impl Strategy<Value = f64> {
        (-1_000_000_i32..1_000_000, 1_i32..5000, 0_i32..5).prop_map(|(cents, by, places)| {
            f64::from(cents) / f64::from(by) + 0.1 / 10_f64.powi(places)
        })
    }

    fn halfway() -> impl Strategy<Value = f64> {
        (any::<i64>(), 1_i32..30)
            .prop_map(|(mantissa, places)| exact(mantissa >> 11) / 2_f64.powi(places))
    }

    fn double() -> impl Strategy<Value = f64> {
        prop_oneof![computed(), halfway(), any::<f64>(), -1e16..1e16, (-1e30..1e30), (-1e-3..1e-3)]
    }

    #[test]
    fn ends_of_the_ranges_agree() {
        for value in [
            0.0,
            -0.0,
            0.5,
            9_007_199_254_740_991.0,
            9_007_199_254_740_992.0,
            1e17,
            1e18,
            7.9e28,
            1e29,
            1e-28,
            1e-29,
            1e-7,
            5e-324,
        ] {
            for value in [value, -value] {
                assert_eq!(from_f64(value), nearest(value), "{value:e}");
            }
        }
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(from_f64(value), None);
        }
    }

    proptest! {
        #[test]
        fn the_shortest_is_the_nearest(value in double()) {
            if let Some(fast) = shortest(value) {
                prop_assert_eq!(Some(fast), nearest(value));
            }
        }

        #[test]
        fn prices_read_back(value in double()) {
            if let Some(price) = price(value) {
                prop_assert_eq!(price.to_string().parse(), Ok(value));
            }
        }

        #[test]
        fn rounding_is_that_of_the_library(value in prop_oneof![double(), (-1_000_000_i32..1_000_000).prop_map(|halves| f64::from(halves) / 2.0)]) {
            let whole = rounded(value).map(|whole| exact(whole).to_string());

            let is_exact = value.abs() < exact(EXACT);
            prop_assert_eq!(whole, is_exact.then(|| (value.round() + 0.0).to_string()));
        }
    }
}
