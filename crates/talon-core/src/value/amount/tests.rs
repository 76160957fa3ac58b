//! Amounts in text, JSON and arithmetic.

use super::*;
use proptest::prelude::*;

fn through_json(text: &str) -> String {
    let amount: Amount = serde_json::from_str(text).unwrap();
    serde_json::to_string(&amount).unwrap()
}

#[test]
fn prices_survive_to_the_digit() {
    for text in ["0", "9.999", "12.1", "-45.55", "99.99", "1000000000000000", "0.0625"] {
        assert_eq!(through_json(text), text);
    }
    assert_eq!(through_json("12.10"), "12.1");
    assert_eq!(through_json("-0.0"), "0");
    assert_eq!(through_json("1e3"), "1000");
}

#[test]
fn more_digits_than_a_double_holds_encode_exactly() {
    let amount: Amount = "12345678901234567890.12345678".parse().unwrap();

    assert_eq!(serde_json::to_string(&amount).unwrap(), "12345678901234567890.12345678");
}

#[test]
fn more_digits_than_a_double_holds_decode_exactly() {
    for text in ["12345678901234567890.12345678", "2.1950000000000003", "-0.1000000000000000055"] {
        assert_eq!(through_json(text), text);
    }
}

#[test]
fn what_is_no_number_is_named() {
    let error = |json| serde_json::from_str::<Amount>(json).unwrap_err().to_string();

    assert!(error("\"1\"").starts_with("invalid type: string \"1\", expected a number"));
    assert!(error("null").starts_with("invalid type: null, expected a number"));
    assert!(error("true").starts_with("invalid type: boolean `true`, expected a number"));
    assert!(error("[1]").starts_with("invalid type: sequence, expected a number"));
    assert!(error("{}").starts_with("invalid type: map, expected a number"));
    assert!(error("1e30").starts_with("number 1e30 is beyond 28 digits"));
}

#[test]
fn tiny_numbers_are_rounded_and_huge_ones_refused() {
    assert_eq!(through_json("1e-40"), "0");
    assert!(serde_json::from_str::<Amount>("1e30").is_err());
    assert!(serde_json::from_str::<Amount>("\"1\"").is_err());
}

#[test]
fn signs_are_told_apart() {
    let signs = |amount: Amount| (amount.is_zero(), amount.is_negative());

    assert_eq!(signs(Amount::ZERO), (true, false));
    assert_eq!(signs(-Amount::ZERO), (true, false));
    assert_eq!(signs(Amount::new(1, 2)), (false, false));
    assert_eq!(signs(Amount::new(-1, 2)), (false, true));
}

#[test]
fn whole_numbers_are_amounts_and_add_up() {
    let mut sum = Amount::from(7_i64);
    sum += Amount::from(5_u32);
    assert_eq!(sum, Amount::from(12_i32));
    sum -= Amount::from(2);
    assert_eq!(format!("{sum:?}"), "10");
    assert_eq!([sum, Amount::new(5, 1)].into_iter().sum::<Amount>().to_string(), "10.5");
}

#[test]
fn what_is_no_decimal_says_what_is_and_why() {
    let error = "1,5".parse::<Amount>().unwrap_err();

    assert_eq!(error.to_string(), "not a decimal number of up to 28 digits");
    assert!(std::error::Error::source(&error).is_some());
}

#[cfg(feature = "schema")]
#[test]
fn its_schema_is_that_of_a_number() {
    let schema = schemars::schema_for!(Amount);

    assert_eq!(schema.get("title"), Some(&"Amount".into()));
    assert_eq!(schema.get("type"), Some(&"number".into()));
}

#[test]
fn arithmetic_is_decimal() {
    let tenth: Amount = "0.1".parse().unwrap();
    let fifth: Amount = "0.2".parse().unwrap();

    assert_eq!((tenth + fifth).to_string(), "0.3");
    assert_eq!(Amount::from(10).percent_of("99.99".parse().unwrap()).to_string(), "9.999");
}

proptest! {
    #[test]
    fn fifteen_digits_survive(mantissa in -999_999_999_999_999i64..=999_999_999_999_999, scale in 0u32..=20) {
        let amount = Amount::new(mantissa, scale);

        let text = serde_json::to_string(&amount).unwrap();
        let back: Amount = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(back, amount);
    }

    #[test]
    fn plain_text_survives(mantissa in 0i64..=999_999_999_999_999, scale in 0u32..=15) {
        let text = Amount::new(mantissa, scale).to_string();

        let back: Amount = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(back.to_string(), text);
    }
}
