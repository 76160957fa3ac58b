//! Values of query parameters.

use crate::Timestamp;

/// A type whose values can be query parameters.
pub trait QueryValue: Sized {
    /// The value as text, before percent-encoding.
    fn to_text(&self) -> String;

    /// Parses the text, after percent-decoding.
    ///
    /// # Errors
    /// What the text must be, such as `must be a whole number`.
    fn from_text(text: &str) -> Result<Self, String>;
}

impl QueryValue for bool {
    fn to_text(&self) -> String {
        self.to_string()
    }

    /// Accepts the forms that Go's `strconv.ParseBool` accepts: SDKs of Python send `True`, those of
    /// PHP `1`.
    fn from_text(text: &str) -> Result<Self, String> {
        match text {
            "true" | "True" | "TRUE" | "t" | "T" | "1" => Ok(true),
            "false" | "False" | "FALSE" | "f" | "F" | "0" => Ok(false),
            _ => Err("must be true or false".to_owned()),
        }
    }
}

/// A flag that is written as `yes` or `no`, such as the parameter `silent`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum YesNo {
    /// `yes`
    Yes,
    /// `no`
    No,
}

impl From<bool> for YesNo {
    fn from(is_yes: bool) -> Self {
        if is_yes { Self::Yes } else { Self::No }
    }
}

impl QueryValue for YesNo {
    fn to_text(&self) -> String {
        match self {
            Self::Yes => "yes".to_owned(),
            Self::No => "no".to_owned(),
        }
    }

    fn from_text(text: &str) -> Result<Self, String> {
        match text {
            "yes" => Ok(Self::Yes),
            "no" => Ok(Self::No),
            _ => Err("must be yes or no".to_owned()),
        }
    }
}

impl QueryValue for i64 {
    fn to_text(&self) -> String {
        self.to_string()
    }

    fn from_text(text: &str) -> Result<Self, String> {
        text.parse().map_err(|_| "must be a whole number".to_owned())
    }
}

impl QueryValue for String {
    fn to_text(&self) -> String {
        self.clone()
    }

    fn from_text(text: &str) -> Result<Self, String> {
        Ok(text.to_owned())
    }
}

impl QueryValue for Timestamp {
    fn to_text(&self) -> String {
        self.to_string()
    }

    /// Accepts RFC 3339, and two variants that SDKs send: an offset without a colon, and a space in
    /// place of a `+` that was not percent-encoded.
    fn from_text(text: &str) -> Result<Self, String> {
        let at = Self::from_rfc3339(text).ok().or_else(|| with_odd_offset(text));
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
    fn booleans_are_read_as_sdks_send_them() {
        let read = bool::from_text;

        for text in ["1", "t", "T", "true", "True", "TRUE"] {
            assert_eq!(read(text), Ok(true), "{text}");
        }
        for text in ["0", "f", "F", "false", "False", "FALSE"] {
            assert_eq!(read(text), Ok(false), "{text}");
        }
        for text in ["", "maybe", "yes", "no", "2", "00", "tRUE", "fALSE", " true", "on"] {
            assert_eq!(read(text), Err("must be true or false".to_owned()), "{text}");
        }
    }

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
