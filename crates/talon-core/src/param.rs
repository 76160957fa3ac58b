//! Values in paths and queries of URLs.

use std::borrow::Cow;
use std::str::FromStr;

/// Format of the values of a parameter, for help and documentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParamFormat {
    /// Any text, such as an integration id.
    Text,
    /// A whole number.
    Integer,
    /// `true` or `false`.
    Boolean,
    /// `yes` or `no`.
    YesNo,
    /// An RFC 3339 timestamp.
    Timestamp,
    /// One of these texts; the service may accept more.
    Enum(&'static [&'static str]),
}

/// A type whose values can be path parameters.
pub trait PathParam: Sized {
    /// Format of the text.
    const FORMAT: ParamFormat = ParamFormat::Text;

    /// The value as text, before percent-encoding.
    fn to_segment(&self) -> Cow<'_, str>;

    /// Parses the text of a segment, after percent-decoding.
    ///
    /// # Errors
    /// What the text must be, such as `must be a whole number`.
    fn from_segment(segment: &str) -> Result<Self, String>;
}

impl PathParam for i64 {
    const FORMAT: ParamFormat = ParamFormat::Integer;

    fn to_segment(&self) -> Cow<'_, str> {
        self.to_string().into()
    }

    fn from_segment(segment: &str) -> Result<Self, String> {
        Self::from_text(segment)
    }
}

impl PathParam for String {
    fn to_segment(&self) -> Cow<'_, str> {
        self.into()
    }

    fn from_segment(segment: &str) -> Result<Self, String> {
        Ok(segment.to_owned())
    }
}

/// A type whose values can be query parameters.
pub trait QueryValue: Sized {
    /// Format of the text.
    const FORMAT: ParamFormat = ParamFormat::Text;

    /// The value as text, before percent-encoding.
    fn to_text(&self) -> String;

    /// Parses the text, after percent-decoding.
    ///
    /// # Errors
    /// What the text must be, such as `must be a whole number`.
    fn from_text(text: &str) -> Result<Self, String>;
}

impl QueryValue for bool {
    const FORMAT: ParamFormat = ParamFormat::Boolean;

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
    const FORMAT: ParamFormat = ParamFormat::YesNo;

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
    const FORMAT: ParamFormat = ParamFormat::Integer;

    fn to_text(&self) -> String {
        self.to_string()
    }

    fn from_text(text: &str) -> Result<Self, String> {
        whole_number(text).ok_or_else(|| "must be a whole number".to_owned())
    }
}

/// Parses decimal digits, with a minus for negative numbers. A plus, which `str::parse` accepts, is
/// in no grammar of the API.
pub(crate) fn whole_number<T: FromStr>(text: &str) -> Option<T> {
    if text.starts_with('+') { None } else { text.parse().ok() }
}

impl QueryValue for String {
    fn to_text(&self) -> String {
        self.clone()
    }

    fn from_text(text: &str) -> Result<Self, String> {
        Ok(text.to_owned())
    }
}

#[cfg(feature = "proptest")]
crate::arbitrary::from_strategy!(YesNo: proptest::strategy::Strategy::prop_map(
    proptest::arbitrary::any::<bool>(),
    YesNo::from
));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_have_no_plus() {
        for (text, number) in [("7", 7), ("-7", -7), ("0", 0), ("007", 7)] {
            assert_eq!(i64::from_text(text), Ok(number), "{text}");
        }
        for text in ["", "+7", "+", "-", "--7", "+-7", " 7", "7 ", "7.0", "1e3", "0x7", "７"] {
            assert_eq!(i64::from_text(text), Err("must be a whole number".to_owned()), "{text}");
        }
    }

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
}
