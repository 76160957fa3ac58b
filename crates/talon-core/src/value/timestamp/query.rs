//! Times in queries.

use super::Timestamp;
use crate::param::{ParamFormat, QueryValue};

impl QueryValue for Timestamp {
    const FORMAT: ParamFormat = ParamFormat::Timestamp;

    fn to_text(&self) -> String {
        self.to_string()
    }

    /// Accepts RFC 3339, and two variants that SDKs send: an offset without a colon, and a space in
    /// place of a `+` that was not percent-encoded. A date alone is its first instant in UTC.
    fn from_text(text: &str) -> Result<Self, String> {
        let at = Self::from_rfc3339(text).ok().or_else(|| with_odd_offset(text));
        let at = at.or_else(|| Self::from_rfc3339(&format!("{text}T00:00:00Z")).ok());
        at.ok_or_else(|| "must be an RFC 3339 timestamp such as 2020-06-10T09:05:27Z".to_owned())
    }
}

/// Parses a timestamp whose offset is ` 0100`, ` 01:00` or `+0100`.
fn with_odd_offset(text: &str) -> Option<Timestamp> {
    let (civil, offset) = text.split_at_checked(text.rfind([' ', '+', '-'])?)?;
    let sign = if offset.starts_with('-') { '-' } else { '+' };
    let (hours, minutes) = match *offset.get(1..)?.as_bytes() {
        [_, _, b':', ..] => offset.get(1..)?.split_once(':')?,
        [_, _, _, _] => offset.get(1..)?.split_at_checked(2)?,
        _ => return None,
    };
    Timestamp::from_rfc3339(&format!("{civil}{sign}{hours}:{minutes}")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_read_as_sdks_send_them() {
        let read = Timestamp::from_text;
        let at = |text: &str| Ok(text.parse::<Timestamp>().unwrap());

        for text in [
            "2020-01-02T03:04:05Z",
            "2020-01-02T04:04:05+01:00",
            "2020-01-02T04:04:05 01:00",
            "2020-01-02T04:04:05+0100",
            "2020-01-02T04:04:05 0100",
            "2020-01-02T02:04:05-0100",
            "2020-01-02T04:04:05.000000+0100",
        ] {
            assert_eq!(read(text), at("2020-01-02T03:04:05Z"), "{text}");
        }
        assert_eq!(read("2020-01-02"), at("2020-01-02T00:00:00Z"));
        for text in [
            "",
            "2020-01-32",
            "2020-01-02T03:04Z",
            "2020-01-02 03:04:05Z",
            "2020-01-02T03:04:05",
            "2020-01-02T03:04:05 ",
            "2020-01-02T03:04:05+1",
            "2020-01-02T03:04:05+100",
            "2020-01-02T03:04:05+1:00",
            "2020-01-02T03:04:05+01:00:00",
            "2020-01-02T03:04:05+\u{e9}1",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
