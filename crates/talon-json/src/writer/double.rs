//! The digits of doubles with few of them, as prices are.

/// A double holds every decimal number of fifteen digits.
const FIFTEEN_DIGITS: f64 = 1e15;

/// A point, and the digits after it.
pub(super) struct Places {
    pub(super) digits: [u8; 4],
    pub(super) len: usize,
}

/// The magnitude of a number of up to three places, before and after its point. `None` for any other
/// number, and for zero, which may have a sign.
///
/// The division of two exact numbers rounds once, to the nearest, as parsing the text does. So if the
/// quotient is the number, its text reads back as the number; and no other text of so few digits does.
#[expect(clippy::float_cmp, reason = "the comparison must be exact, see above")]
#[expect(clippy::cast_possible_truncation, reason = "the range is checked, truncation is meant")]
#[expect(clippy::cast_sign_loss, reason = "a magnitude has no sign")]
#[expect(clippy::cast_precision_loss, reason = "a double holds the integer")]
pub(super) fn in_thousandths(number: f64) -> Option<(u64, Places)> {
    let scaled = number.abs() * 1000.0 + 0.5;
    // Not for NaN either.
    if !(1.0..FIFTEEN_DIGITS).contains(&scaled) {
        return None;
    }
    let thousandths = scaled as u64;
    if thousandths as f64 / 1000.0 != number.abs() {
        return None;
    }
    let (whole, rest) = (thousandths / 1000, thousandths % 1000);
    let digit = |unit: u64| b'0' + (rest / unit % 10) as u8;
    let digits = [b'.', digit(100), digit(10), digit(1)];
    let len = match rest {
        _ if rest % 100 == 0 => 2,
        _ if rest % 10 == 0 => 3,
        _ => 4,
    };
    Some((whole, Places { digits, len }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::to_vec;

    fn is_written_alike(number: f64) {
        assert_eq!(to_vec(&number).unwrap(), serde_json::to_vec(&number).unwrap(), "{number:e}");
    }

    #[test]
    fn ends_of_the_range_are_written_alike() {
        let numbers = [
            0.0,
            0.0005,
            0.001,
            0.0011,
            0.1,
            0.123,
            1.0,
            8.45,
            10.5,
            100.0,
            1000.0,
            1e11,
            1e15,
            1e16,
            1e300,
            999_999_999_999.999,
            999_999_999_999.999_9,
            5e-324,
            f64::MAX,
            f64::INFINITY,
            f64::NAN,
        ];
        for number in numbers {
            for number in [number, number.next_up(), number.next_down()] {
                is_written_alike(number);
                is_written_alike(-number);
            }
        }
    }

    proptest! {
        #[test]
        fn doubles_are_written_alike(number in any::<f64>()) {
            is_written_alike(number);
        }

        #[test]
        fn prices_are_written_alike(mantissa in -1_000_000_000_i64..1_000_000_000, power in 0..6) {
            #[expect(clippy::cast_precision_loss, reason = "any double will do")]
            let number = mantissa as f64 / 10_f64.powi(power);
            is_written_alike(number);
            is_written_alike(number.next_up());
            is_written_alike(number / 3.0);
        }
    }
}
