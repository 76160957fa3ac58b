//! Values that this version cannot decode into a type are kept, compared and displayed unchanged.

use talon_core::model::SessionState;
use talon_core::{KnownOrRaw, RawJson, Timestamp};

fn raw(text: &str) -> RawJson {
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn raw_json_is_compared_and_displayed_by_its_text() {
    assert_eq!(raw("[1.50]"), raw("[1.50]"));
    assert_ne!(raw("[1.50]"), raw("[1.5]"));
    assert_eq!(format!("{:?}", raw("[1.50]")), "[1.50]");
}

#[test]
fn a_value_of_the_declared_type_is_known() {
    let time: Timestamp = "2020-06-10T09:05:27Z".parse().unwrap();

    let value: KnownOrRaw<Timestamp> = serde_json::from_str("\"2020-06-10T09:05:27Z\"").unwrap();

    assert_eq!(value.known(), Some(&time));
    assert_eq!(value, KnownOrRaw::from(time));
}

#[test]
fn an_unrecognized_value_is_displayed_as_text() {
    assert_eq!(format!("{:?}", SessionState::from("parked")), "Unrecognized(\"parked\")");
}

#[test]
fn a_value_that_is_not_a_string_is_refused_with_the_expected_type() {
    let error = serde_json::from_str::<SessionState>("5").unwrap_err().to_string();

    assert!(error.contains("expected a string"), "{error}");
}
