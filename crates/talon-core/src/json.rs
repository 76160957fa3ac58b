//! JSON as operations read and write it: what [`serde_json`] makes of it, for less.
//!
//! [`from_slice`] and [`to_vec`] are what requests and replies go through. They are of use to
//! whoever stores replies, or receives them by another way than a call.
//!
//! What is ordinary is read and written by a reader and a writer of our own, which know neither
//! errors nor rare forms. Whatever they do not take is left to serde_json, from the start:
//! it decides what is JSON and what fits, and says what is wrong.

mod cursor;
mod plain;
mod reader;
mod surrogates;
mod value;
mod writer;

use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Serialize, de, ser};
use serde_json::Value;

pub(crate) use reader::{list_for_object, read};
pub(crate) use surrogates::replace_lone;
pub(crate) use value::Plain;
pub use value::{Values, deserialize_value};

use crate::error::from_json;
use crate::{Error, ErrorKind};

/// Reads a value.
///
/// Half of a character, as `\ud83d` alone is, is read as U+FFFD, which is what the service makes of
/// it. A [`Value`] is what serde_json makes of it: see [`value_from_slice`].
///
/// ```
/// use talon_core::json;
/// use talon_core::model::CartItem;
///
/// let item: CartItem = json::from_slice(br#"{"sku": "MUG", "quantity": 2, "price": 19.99}"#)?;
/// assert_eq!(item, CartItem::new("MUG", 2).price("19.99".parse::<talon_core::Amount>().unwrap()));
///
/// let error = json::from_slice::<CartItem>(br#"{"sku": "MUG", "quantity": "two"}"#).unwrap_err();
/// assert_eq!(error.to_string(), "cannot be read: quantity does not fit");
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// [`Decode`](ErrorKind::Decode), with the place, when it is no JSON or does not fit `T`.
pub fn from_slice<T: DeserializeOwned>(json: &[u8]) -> crate::Result<T> {
    from_json(json).map_err(|misfit| {
        let message = format!("cannot be read: {}", misfit.place());
        Error::builder(ErrorKind::Decode, message).source(misfit.error).build()
    })
}

/// Reads any JSON, as attributes and payloads are read: no name in it is special, see
/// [`deserialize_value`].
///
/// ```
/// use talon_core::json;
///
/// let value = json::value_from_slice(br#"{"$serde_json::private::RawValue": "[1]"}"#)?;
/// assert_eq!(value["$serde_json::private::RawValue"], "[1]");
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// [`Decode`](ErrorKind::Decode), with the place, when it is no JSON.
pub fn value_from_slice(json: &[u8]) -> crate::Result<Value> {
    from_slice(json).map(|Plain(value)| value)
}

/// Writes a value, without white space.
///
/// ```
/// use talon_core::json;
/// use talon_core::model::CartItem;
///
/// let json = json::to_vec(&CartItem::new("MUG", 2).price(8))?;
/// assert_eq!(json, br#"{"sku":"MUG","quantity":2,"price":8}"#);
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// [`Encode`](ErrorKind::Encode) when it has no JSON form, such as a map whose keys are no text.
pub fn to_vec<T: Serialize + ?Sized>(value: &T) -> crate::Result<Vec<u8>> {
    writer::write(value).or_else(|_| serde_json::to_vec(value)).map_err(|error| {
        Error::builder(ErrorKind::Encode, "cannot be written as JSON").source(error).build()
    })
}

/// What is no JSON or does not fit, and also a form that is rare.
#[derive(Debug)]
pub(crate) struct LeftToSerdeJson;

type Result<T = (), E = LeftToSerdeJson> = std::result::Result<T, E>;

impl fmt::Display for LeftToSerdeJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("left to serde_json")
    }
}

impl std::error::Error for LeftToSerdeJson {}

impl de::Error for LeftToSerdeJson {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl ser::Error for LeftToSerdeJson {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::Value;

    use super::*;
    use crate::model::IntegrationStateV2;
    use crate::{Amount, RawJson};

    /// Whether our own reader and writer take it, and make of it what serde_json does.
    fn is_ordinary<T>(text: &str) -> bool
    where
        T: DeserializeOwned + Serialize + PartialEq + fmt::Debug,
    {
        let expected: Option<T> = serde_json::from_str(text).ok();
        assert_eq!(from_slice::<T>(text.as_bytes()).ok(), expected, "{text}");
        let Some(read) = read::<T>(text) else { return false };
        assert_eq!(Some(&read), expected.as_ref(), "{text}");
        let written = serde_json::to_vec(&read).unwrap();
        assert_eq!(to_vec(&read).unwrap(), written, "{text}");
        writer::write(&read).is_ok()
    }

    #[test]
    fn what_is_common_is_not_left_to_others() {
        for text in [
            " [ 0 , -1 , 123456789012345678 , 1.5 , -2.50 , 1e3 , 1E-7 , -0 , 1234567890123456789 ] ",
            r#"["", "plain", "0123456789", "\u00e9\ud83d\ude00\n\"\\\/\b\f\r\t", "é😀", "\u0001"]"#,
            "\t{\"a\" : {\"b\":[]},\r\n\"c\":null,\"d\":[true,false],\"c\":{}}",
            "5",
            "\"a\"",
            "null",
        ] {
            assert!(is_ordinary::<Value>(text), "{text}");
            assert!(is_ordinary::<RawJson>(text), "{text}");
        }
        assert!(is_ordinary::<Value>(&format!("[{}]", ["[],{}"; 200].join(","))));
        assert!(is_ordinary::<Vec<Amount>>("[1, 2.50, 1e-2, 79228162514264337593543950335]"));
        assert!(is_ordinary::<BTreeMap<String, Option<u8>>>(r#"{"a": 1, "\t": null}"#));
        assert!(is_ordinary::<(i8, f64, String, (), char)>(r#"[-1, 2, "x", null, "é"]"#));
    }

    #[test]
    fn what_is_rare_is_left_to_serde_json() {
        assert!(!is_ordinary::<f32>("0.1"));
        assert!(!is_ordinary::<BTreeMap<i64, bool>>(r#"{"1": true}"#));
        assert!(!is_ordinary::<Vec<u8>>("[256]"));
        assert!(!is_ordinary::<IntegrationStateV2>("[[], [], []]"));
        let nested = |levels| "[".repeat(levels) + &"]".repeat(levels);
        assert!(is_ordinary::<Value>(&nested(127)));
        assert!(!is_ordinary::<Value>(&nested(128)));
        assert!(serde_json::from_str::<Value>(&nested(128)).is_err());
    }

    #[test]
    fn what_is_no_json_is_refused() {
        for text in [
            "",
            " ",
            "nul",
            "truth",
            "-",
            "+1",
            "01",
            "-01",
            "1.",
            ".5",
            "1e",
            "1e+",
            "1.e1",
            "[1 2]",
            "[,1]",
            "[1,]",
            "[1",
            "{\"a\"}",
            "{\"a\":1,}",
            "{\"a\":1 \"b\":2}",
            "{a:1}",
            "{1:2}",
            "{} {}",
            "\"",
            "\"a",
            "\"\\",
            "\"\\x\"",
            "\"\\u12\"",
            "\"a\u{1}\"",
            "\"\\\"",
            "]",
            "'a'",
            "\"\\é\"",
            "[\"\\u00e\u{e9}\"]",
        ] {
            assert!(!is_ordinary::<Value>(text), "{text}");
            assert!(from_slice::<Value>(text.as_bytes()).is_err(), "{text}");
            assert!(read::<RawJson>(text).is_none(), "{text}");
        }
    }

    #[test]
    fn half_a_character_is_left_and_read_as_the_service_does() {
        for text in [r#""\ud800""#, r#"["\ude00"]"#, r#"{"\ud83d\n":0}"#] {
            assert!(serde_json::from_str::<Value>(text).is_err());
            assert!(read::<Value>(text).is_none() && read::<RawJson>(text).is_none());
            let value: Value = from_slice(text.as_bytes()).unwrap();
            assert!(value.to_string().contains('\u{fffd}'), "{value}");
        }
    }

    #[test]
    fn what_has_no_form_is_an_error() {
        let odd = BTreeMap::from([((1, 2), 3)]);

        let error = to_vec(&odd).unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Encode);
        assert_eq!(error.to_string(), "cannot be written as JSON");
    }
}
