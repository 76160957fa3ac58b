//! Query parameters.

use crate::Timestamp;

/// A value that can stand in a query.
pub trait QueryParam: Sized {
    /// The values to send, in order; none leaves the parameter out.
    fn to_query(&self) -> Vec<String>;

    /// Reads what was sent, in order.
    ///
    /// # Errors
    /// What a fitting value would have been.
    fn from_query(values: &[&str]) -> Result<Self, String>;
}

impl QueryParam for Option<bool> {
    fn to_query(&self) -> Vec<String> {
        self.iter().map(ToString::to_string).collect()
    }

    /// Accepts every form that Go's `strconv.ParseBool` does, and no other: Python's SDKs send
    /// `True`, those of PHP `1`.
    fn from_query(values: &[&str]) -> Result<Self, String> {
        match values.last() {
            None => Ok(None),
            Some(&("true" | "True" | "TRUE" | "t" | "T" | "1")) => Ok(Some(true)),
            Some(&("false" | "False" | "FALSE" | "f" | "F" | "0")) => Ok(Some(false)),
            Some(_) => Err("must be true or false".to_owned()),
        }
    }
}

impl QueryParam for Option<Timestamp> {
    fn to_query(&self) -> Vec<String> {
        self.iter().map(ToString::to_string).collect()
    }

    /// Accepts what SDKs make of RFC 3339 too: an offset without a colon, and a blank in place of
    /// a `+`, which nobody encoded.
    fn from_query(values: &[&str]) -> Result<Self, String> {
        let parse = |text: &&str| {
            let at = Timestamp::from_rfc3339(text).ok().or_else(|| with_odd_offset(text));
            at.ok_or("must be an RFC 3339 timestamp such as 2020-06-10T09:05:27Z")
        };
        values.last().map(parse).transpose().map_err(ToOwned::to_owned)
    }
}

/// An instant whose offset is ` 0100`, ` 01:00` or `+0100`.
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
    fn booleans_are_read_as_sdks_send_them() {
        let read = |text| Option::<bool>::from_query(&[text]);

        for text in ["1", "t", "T", "true", "True", "TRUE"] {
            assert_eq!(read(text), Ok(Some(true)), "{text}");
        }
        for text in ["0", "f", "F", "false", "False", "FALSE"] {
            assert_eq!(read(text), Ok(Some(false)), "{text}");
        }
        for text in ["", "maybe", "yes", "no", "2", "00", "tRUE", "fALSE", " true", "on"] {
            assert_eq!(read(text), Err("must be true or false".to_owned()), "{text}");
        }
        assert_eq!(Option::<bool>::from_query(&[]), Ok(None));
    }

    #[test]
    fn instants_are_read_as_sdks_send_them() {
        let read = |text| Option::<Timestamp>::from_query(&[text]);
        let at = |text: &str| Ok(Some(text.parse::<Timestamp>().unwrap()));

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
        for text in [
            "",
            "2020-01-02",
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
