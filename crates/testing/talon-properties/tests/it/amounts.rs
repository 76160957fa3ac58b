//! Amounts are exact.

use proptest::arbitrary::any;
use talon_core::Amount;

use crate::runner::holds_for_every;

const CASES: u32 = 1024;

/// The maximum of decimal places of a generated amount.
const PLACES: u32 = 15;

/// The maximum of digits of an amount.
const DIGITS: u32 = 28;

/// The amount in units of its last possible place.
fn units(amount: Amount) -> i128 {
    let (mantissa, scale) = amount.parts();
    mantissa * 10i128.pow(PLACES - scale)
}

#[test]
fn amounts_round_trip_through_json() {
    holds_for_every(CASES, any::<Amount>(), |amount| {
        let text = serde_json::to_string(&amount).unwrap();
        let read: Amount = serde_json::from_str(&text).unwrap();
        assert_eq!(read, amount);
        assert_eq!(read.to_string(), amount.to_string());
        assert_eq!(serde_json::to_string(&read).unwrap(), text);
    });
}

#[test]
fn the_text_of_an_amount_is_a_number_in_json() {
    holds_for_every(CASES, any::<Amount>(), |amount| {
        let text = amount.to_string();
        assert_eq!(text.parse::<Amount>().unwrap(), amount);
        assert_eq!(serde_json::from_str::<Amount>(&text).unwrap(), amount);
    });
}

#[test]
fn amounts_round_trip_through_doubles() {
    holds_for_every(CASES, any::<Amount>(), |amount| {
        assert_eq!(Amount::from_f64(amount.to_f64()), Some(amount));
    });
}

#[test]
fn sums_and_differences_are_exact() {
    holds_for_every(CASES, any::<(Amount, Amount)>(), |(a, b)| {
        let places = a.parts().1.max(b.parts().1);
        let unit = 10i128.pow(PLACES - places);
        for (exact, sum) in [(units(a) + units(b), a + b), (units(a) - units(b), a - b)] {
            if (exact / unit).abs() < 10i128.pow(DIGITS) {
                assert_eq!(units(sum), exact);
            }
        }
        assert_eq!(a + b, b + a);
    });
}

#[test]
fn amounts_are_ordered_as_numbers() {
    holds_for_every(CASES, any::<(Amount, Amount)>(), |(a, b)| {
        assert_eq!(a.cmp(&b), units(a).cmp(&units(b)));
    });
}
