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
    let digits = text.strip_prefix('-').unwrap_or(text);
    // One character may be the point.
    if digits.len() > MAX_DIGITS + 1 || !digits.starts_with(|it: char| it.is_ascii_digit()) {
        return None;
    }
    let (mut mantissa, mut places) = (0_i64, None::<u32>);
    for byte in digits.bytes() {
        let digit = byte.wrapping_sub(b'0');
        if digit < 10 {
            // One digit too many is refused below.
            mantissa = mantissa.wrapping_mul(10).wrapping_add(i64::from(digit));
            places = places.map(|places| places + 1);
        } else if byte == b'.' && places.is_none() {
            places = Some(0);
        } else {
            return None;
        }
    }
    if digits.len() > MAX_DIGITS && places.is_none() {
        return None;
    }
    let mantissa = if digits.len() < text.len() { -mantissa } else { mantissa };
    Some(Decimal::new(mantissa, places.unwrap_or(0)))
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
