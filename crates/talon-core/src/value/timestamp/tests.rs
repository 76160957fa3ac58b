//! Timestamps in text and JSON.

use super::*;

fn through_json(text: &str) -> String {
    let at: Timestamp = serde_json::from_str(&format!("{text:?}")).unwrap();
    at.to_string()
}

#[test]
fn nanoseconds_survive() {
    for text in [
        "2026-11-22T10:00:00.123456789Z",
        "2020-06-10T09:05:27.993483Z",
        "2020-01-24T14:15:22Z",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "9999-12-31T23:59:59.999999999Z",
    ] {
        assert_eq!(through_json(text), text);
    }
}

#[test]
fn offsets_become_utc() {
    assert_eq!(through_json("2020-11-10T23:00:00+02:00"), "2020-11-10T21:00:00Z");
    assert_eq!(through_json("2020-01-02T03:04:05.000000+0000"), "2020-01-02T03:04:05Z");
}

#[test]
fn nanoseconds_since_the_epoch_lead_back() {
    for text in ["1969-12-31T23:59:59.5Z", "2026-11-22T10:00:00.123456789Z"] {
        let at: Timestamp = text.parse().unwrap();

        assert_eq!(Timestamp::from_unix_nanos(at.unix_nanos()), Some(at));
    }
    assert_eq!(
        Timestamp::from_unix_nanos(-1).unwrap().to_string(),
        "1969-12-31T23:59:59.999999999Z"
    );
}

#[test]
fn seconds_since_the_epoch_are_whole() {
    let at = Timestamp::from_unix_seconds(-1).unwrap();

    assert_eq!(at.to_string(), "1969-12-31T23:59:59Z");
    assert_eq!(Timestamp::from_unix_seconds(i64::MAX), None);
}

#[test]
fn the_first_and_the_last_day_may_be_written_in_any_way() {
    for (text, expected) in [
        ("9999-12-31t23:59:59z", "9999-12-31T23:59:59Z"),
        ("9999-12-31T23:59:59.5+00:00", "9999-12-31T23:59:59.5Z"),
        ("9999-12-31T23:59:59+0230", "9999-12-31T21:29:59Z"),
        ("9999-12-31T21:29:59-02:30", "9999-12-31T23:59:59Z"),
        ("-009999-01-01T00:00:00Z", "-009999-01-01T00:00:00Z"),
    ] {
        assert_eq!(through_json(text), expected);
    }
}

#[test]
fn what_is_no_instant_is_refused() {
    for text in [
        "",
        "noon",
        "2020-06-10Z",
        "2020-06-10T09:05:27",
        "9999-12-31Z",
        "9999-12-31T23:59:59",
        "9999-12-31T23:59:59-00:01",
        "-009999-01-01T00:00:00+00:01",
    ] {
        let error = text.parse::<Timestamp>().unwrap_err();

        let source = std::error::Error::source(&error).expect("what the parser says");
        assert!(!source.to_string().is_empty());
        assert_eq!(
            error.to_string(),
            "not an RFC 3339 timestamp such as 2020-06-10T09:05:27Z",
            "{text}"
        );
    }
}

#[test]
fn rfc_3339_to_the_letter_has_seconds_a_t_and_an_offset() {
    for (text, expected) in [
        ("2020-01-02T03:04:05Z", "2020-01-02T03:04:05Z"),
        ("2020-01-02T03:04:05.120Z", "2020-01-02T03:04:05.12Z"),
        ("2020-01-02T03:04:05.1234567899Z", "2020-01-02T03:04:05.123456789Z"),
        ("2020-01-02T03:04:05+05:30", "2020-01-01T21:34:05Z"),
        ("2020-01-02T03:04:05.5-03:00", "2020-01-02T06:04:05.5Z"),
        ("2020-02-29T00:00:00-00:00", "2020-02-29T00:00:00Z"),
        ("9999-12-31T23:59:59+00:01", "9999-12-31T23:58:59Z"),
    ] {
        assert_eq!(Timestamp::from_rfc3339(text).unwrap().to_string(), expected);
    }
    for text in [
        "",
        "2020-01-02",
        "2020-01-02T03:04:05",
        "2020-01-02T03:04Z",
        "2020-01-02T03:04:05+0000",
        "2020-01-02T03:04:05+00",
        "2020-01-02T03:04:05 00:00",
        "2020-01-02 03:04:05Z",
        "2020-01-02t03:04:05z",
        "2020-01-02T03:04:05.Z",
        "2020-01-02T03:04:05.12345678901x",
        "2020-01-02T03:04:60Z",
        "2020-01-02T24:00:00Z",
        "2020-02-30T00:00:00Z",
        "2020-01-02T03:04:05+24:00",
        "2020-01-02T03:04:05+00:60",
        "2020-01-02T03:04:05+0\u{e9}:00",
        "9999-12-31T23:59:59-00:01",
        "20200102T030405Z",
        "2020-W01-4T03:04:05Z",
        "1577934245",
        "2020-01-02T03:04:05Z[UTC]",
        " 2020-01-02T03:04:05Z",
    ] {
        assert!(Timestamp::from_rfc3339(text).is_err(), "{text}");
    }
}

#[test]
fn it_is_shown_to_programmers_as_it_is_written() {
    let at = Timestamp::default();

    assert_eq!(format!("{at:?}"), "1970-01-01T00:00:00Z");
}

#[cfg(feature = "schema")]
#[test]
fn its_schema_is_that_of_a_date_with_a_time() {
    let schema = schemars::schema_for!(Timestamp);

    assert_eq!(schema.get("title"), Some(&"Timestamp".into()));
    assert_eq!(schema.get("format"), Some(&"date-time".into()));
}

#[test]
fn a_date_that_does_not_exist_is_refused() {
    let error = serde_json::from_str::<Timestamp>("\"2022-10-97T35:00:00Z\"").unwrap_err();

    assert!(error.to_string().contains("RFC 3339"), "{error}");
}
