//! Decimals from the text of JSON numbers.

use std::str::FromStr;

use rust_decimal::Decimal;

use super::double;

/// Most digits of a mantissa that certainly fits an `i64`.
const MAX_DIGITS: usize = 18;

/// The decimal of a JSON number, rounded to 28 places; `None` for 29 digits before the point, and
/// for text that is no number.
pub(super) fn parse(text: &str) -> Option<Decimal> {
    parse_short(text).or_else(|| parse_any(text))
}

/// A number without an exponent and with few digits.
#[inline]
fn parse_short(text: &str) -> Option<Decimal> {
    let digits = text.strip_prefix('-').unwrap_or(text).as_bytes();
    // One character may be the point.
    if digits.len() > MAX_DIGITS + 1 {
        return None;
    }
    let (mut mantissa, mut rest) = read_digits(0, digits);
    if rest.len() == digits.len() {
        return None;
    }
    let mut places = 0;
    if let Some((b'.', fraction)) = rest.split_first() {
        (mantissa, rest) = read_digits(mantissa, fraction);
        places = fraction.len() - rest.len();
    } else if digits.len() > MAX_DIGITS {
        return None;
    }
    if !rest.is_empty() {
        return None;
    }
    let mantissa = if digits.len() < text.len() { -mantissa } else { mantissa };
    Some(Decimal::new(mantissa, u32::try_from(places).ok()?))
}

/// Appends the digits at the start of `text` to those of `number`, and returns what is after them.
///
/// Wraps around at 2⁶⁴.
#[inline]
fn read_digits(mut number: i64, mut text: &[u8]) -> (i64, &[u8]) {
    while let Some((word, after)) = text.split_first_chunk()
        && let Some(eight) = eight_digits(u64::from_le_bytes(*word))
    {
        number = number.wrapping_mul(100_000_000).wrapping_add(eight);
        text = after;
    }
    while let Some((digit @ b'0'..=b'9', after)) = text.split_first() {
        number = number.wrapping_mul(10).wrapping_add(i64::from(digit - b'0'));
        text = after;
    }
    (number, text)
}

/// The number of eight digits, the first of which is the lowest byte.
///
/// Neighbours are joined: digits to pairs, pairs to fours, and these to the eight.
#[inline]
fn eight_digits(text: u64) -> Option<i64> {
    const ONES: u64 = u64::MAX / 255;
    let digits = text ^ (ONES * u64::from(b'0'));
    // A byte above 9 sets its highest bit, here or already in the text.
    if (digits.wrapping_add(ONES * (0x80 - 10)) | digits) & (ONES * 0x80) != 0 {
        return None;
    }
    let pairs = (digits.wrapping_mul(1 + (10 << 8)) >> 8) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs.wrapping_mul(1 + (100 << 16)) >> 16) & 0x0000_ffff_0000_ffff;
    i64::try_from(fours.wrapping_mul(1 + (10_000 << 32)) >> 32).ok()
}

/// Any other number.
fn parse_any(text: &str) -> Option<Decimal> {
    let exact = if text.contains(['e', 'E']) {
        Decimal::from_scientific(text)
    } else {
        Decimal::from_str(text)
    };
    // Of so small a number or so large an exponent, a double has all digits that count.
    exact.ok().or_else(|| double::from_f64(text.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn common_numbers_are_short() {
        for text in ["0", "-12.5", "99.99", "0.30000000000000004", "123456789012345678"] {
            assert!(parse_short(text).is_some(), "{text}");
        }
        assert_eq!(parse_short("12345678901234567.8").unwrap().to_string(), "12345678901234567.8");
        assert_eq!(parse_short("1234567890123456789"), None);
    }

    #[test]
    fn every_digit_counts() {
        for text in [
            "0",
            "-0.5",
            "10.50",
            "0.30000000000000004",
            "123456789012345678",
            "1234567890123456789",
            "-9223372036854775809",
            "1234567890.123456789",
            "3.3333333333333333333333333333",
            "79228162514264337593543950335",
        ] {
            let number = parse(text).unwrap();

            assert_eq!(number.to_string(), text);
        }
    }

    #[test]
    fn what_is_beyond_28_places_is_rounded_and_what_is_too_large_is_none() {
        for (text, number) in [
            ("0.00000000000000000000000000005", "0.0000000000000000000000000001"),
            ("0.33333333333333333333333333333333", "0.3333333333333333333333333333"),
            ("1.25e-40", "0"),
            ("-2.5E+3", "-2500"),
            ("15e-1", "1.5"),
        ] {
            assert_eq!(
                parse(text).map(|number| number.normalize().to_string()).as_deref(),
                Some(number)
            );
        }
        for text in [
            "1e29",
            "100000000000000000000000000000",
            "1e400",
            "\"1\"",
            "null",
            "[]",
            "",
            "-",
            ".",
            "1.2.3",
            "1:2",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn short_numbers_are_parsed_as_the_library_does(text in "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,20})?") {
            if let Some(number) = parse_short(&text) {
                prop_assert_eq!(Ok(number), Decimal::from_str(&text));
            }
        }
    }
}
