//! Reading: the fast path, then serde_json with a record of the path.

use serde::de::{Deserialize, DeserializeOwned};
use serde_json::Value;

use crate::context::{Context, Contextual};
use crate::error::DecodeError;
use crate::reader;
use crate::surrogates::replace_lone;
use crate::trail::Trail;
use crate::value::AsValues;

/// How JSON is read.
///
/// ```
/// use serde::Deserialize;
/// use talon_json::Options;
///
/// #[derive(Debug, Deserialize)]
/// struct Item {
///     sku: String,
///     quantity: u32,
/// }
///
/// let list = br#"["MUG", 2]"#;
/// assert_eq!(talon_json::from_slice::<Item>(list)?.quantity, 2);
/// let error = Options::new().strict().from_slice::<Item>(list).unwrap_err();
/// assert!(error.cause().to_string().starts_with("invalid type: sequence, expected an object"));
/// # Ok::<(), talon_json::DecodeError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Options {
    is_strict: bool,
    max_located: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self::new()
    }
}

impl Options {
    /// Lenient reading of text of any length: what [`from_slice`] does.
    pub const fn new() -> Self {
        Self { is_strict: false, max_located: usize::MAX }
    }

    /// Reads strictly: a list does not stand for a struct, which serde would read as its members in
    /// order, and values that ask ([`ask_strict`](crate::protocol::ask_strict)) are told so.
    #[must_use]
    pub const fn strict(mut self) -> Self {
        self.is_strict = true;
        self
    }

    /// Longest text, in bytes, of which the path to what does not fit is recorded; of a longer one
    /// the error has the line and the column. No limit by default.
    #[must_use]
    pub const fn max_located(mut self, bytes: usize) -> Self {
        self.max_located = bytes;
        self
    }

    /// Reads `json` as a `T`.
    ///
    /// # Errors
    /// When it is no JSON or does not fit `T`.
    pub fn from_slice<T: DeserializeOwned>(self, json: &[u8]) -> Result<T, DecodeError> {
        self.fast_path(json).map_or_else(|| self.slow_path(&replace_lone(json)), Ok)
    }

    fn fast_path<T: DeserializeOwned>(self, json: &[u8]) -> Option<T> {
        // Checking all of the text at once costs a fraction of checking each of its strings.
        reader::read(str::from_utf8(json).ok()?, self.is_strict)
    }

    /// Reads by serde_json, with a record of the path.
    #[cold]
    fn slow_path<T: DeserializeOwned>(self, json: &[u8]) -> Result<T, DecodeError> {
        let trail = (json.len() <= self.max_located).then(Trail::default);
        let context = Context { is_strict: self.is_strict, trail: trail.as_ref() };
        let mut deserializer = serde_json::Deserializer::from_slice(json);
        let value = T::deserialize(Contextual::new(&mut deserializer, context));
        let whole = value.and_then(|value| deserializer.end().map(|()| value));
        whole.map_err(|error| match &trail {
            Some(trail) => DecodeError::located(error, trail),
            None => DecodeError::by_position(error),
        })
    }
}

/// Reads `json` as a `T`: what serde_json makes of it, in less time.
///
/// A lone half of a character, such as `\ud83d` escapes, is read as U+FFFD; serde_json refuses it.
///
/// # Errors
/// When it is no JSON or does not fit `T`.
pub fn from_slice<T: DeserializeOwned>(json: &[u8]) -> Result<T, DecodeError> {
    Options::new().from_slice(json)
}

/// Reads as [`from_slice`] does, with half of the machine code and in several times of the time: for
/// large types that are read rarely, such as a file of settings.
///
/// # Errors
/// Those of [`from_slice`].
pub fn from_slice_compact<T: DeserializeOwned>(json: &[u8]) -> Result<T, DecodeError> {
    Options::new().slow_path(&replace_lone(json))
}

/// Reads common JSON by the fast path alone; `None` for what is rare or does not fit.
///
/// For a value that has kept raw text and tries what is most likely before anything else.
///
/// ```
/// assert_eq!(talon_json::speculate::<Vec<u8>>("[1, 2]"), Some(vec![1, 2]));
/// assert_eq!(talon_json::speculate::<Vec<u8>>("[1, 256]"), None);
/// ```
pub fn speculate<'de, T: Deserialize<'de>>(json: &'de str) -> Option<T> {
    reader::read(json, false)
}

/// Reads any JSON. No name in it is special, see [`deserialize_value`](crate::deserialize_value).
///
/// ```
/// let value = talon_json::value_from_slice(br#"{"$serde_json::private::RawValue": "[1]"}"#)?;
/// assert_eq!(value["$serde_json::private::RawValue"], "[1]");
/// # Ok::<(), talon_json::DecodeError>(())
/// ```
///
/// # Errors
/// When it is no JSON.
pub fn value_from_slice(json: &[u8]) -> Result<Value, DecodeError> {
    from_slice(json).map(|AsValues(value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_values::Request;

    #[test]
    fn the_path_to_what_does_not_fit_is_told() {
        let json = br#"{"customerSession":{"cartItems":[{"sku":"A","quantity":"2"}]}}"#;

        let error = from_slice::<Request>(json).unwrap_err();

        assert_eq!(error.path(), "customerSession.cartItems[0].quantity");
        assert_eq!(error.pointer(), "/customerSession/cartItems/0/quantity");
        assert_eq!(error.missing_member(), None);
    }

    #[test]
    fn a_missing_member_is_named() {
        let json = br#"{"customerSession":{"cartItems":[{"sku":"A"}]}}"#;

        let error = from_slice::<Request>(json).unwrap_err();

        assert_eq!(error.pointer(), "/customerSession/cartItems/0");
        assert_eq!(error.missing_member().as_deref(), Some("quantity"));
    }

    #[test]
    fn names_of_any_value_are_in_the_path() {
        let json = br#"{"customerSession":{"attributes":{"a":{"b":[1,{"c":01}]}}}}"#;

        let error = from_slice::<Request>(json).unwrap_err();

        assert_eq!(error.path(), "customerSession.attributes.a.b[1].c");
    }

    fn strictly(json: &str) -> Result<Request, DecodeError> {
        Options::new().strict().from_slice(json.as_bytes())
    }

    #[test]
    fn strictly_a_list_is_no_object() {
        for (json, path, pointer) in [
            (r#"[{"profileId":"anna"},[]]"#, "", ""),
            (r#"{"customerSession":["anna"]}"#, "customerSession", "/customerSession"),
            (
                r#"{"customerSession":{"additionalCosts":{"shipping":[5]}}}"#,
                "customerSession.additionalCosts.shipping",
                "/customerSession/additionalCosts/shipping",
            ),
            (
                r#"{"customerSession":{"unit":"kilogram","additionalCosts":{"a~b/c":[5]}}}"#,
                "customerSession.additionalCosts.a~b/c",
                "/customerSession/additionalCosts/a~0b~1c",
            ),
        ] {
            let error = strictly(json).unwrap_err();

            assert_eq!((error.path(), error.pointer()), (path, pointer));
            assert!(error.cause().is_data());
            let message = error.cause().to_string();
            assert!(message.starts_with("invalid type: sequence, expected an object"), "{message}");
        }
        let json = r#"{"customerSession":{"cartItems":[{"sku":"\u004d","quantity":1}]}}"#;
        assert!(strictly(json).is_ok());
    }

    #[test]
    fn values_know_whether_they_are_read_strictly() {
        let request = |code: &str| {
            [
                // The fast path.
                format!(r#"{{"customerSession":{{"codes":["A",{code}]}}}}"#),
                // A rare form, which is serde_json's.
                format!(r#"{{"customerSession":{{"unit":"gram","codes":["A",{code}]}}}}"#),
            ]
        };
        for json in request("\"B\"") {
            assert_eq!(strictly(&json).unwrap(), from_slice(json.as_bytes()).unwrap());
        }
        for json in request("\"b\"") {
            let codes = from_slice::<Request>(json.as_bytes()).unwrap().customer_session.codes;
            assert_eq!(codes.unwrap()[1].0, "B");
            let error = strictly(&json).unwrap_err();
            assert_eq!(error.path(), "customerSession.codes[1]");
            assert!(error.cause().to_string().starts_with("a code has no lower case"));
        }
    }

    #[test]
    fn of_a_long_text_the_line_and_the_column_are_told() {
        const MAX: usize = 64;
        let read = |json: &str| -> Result<Request, DecodeError> {
            Options::new().max_located(MAX).from_slice(json.as_bytes())
        };
        let long = "x".repeat(MAX);
        let reply =
            |count| format!(r#"{{"customerSession":{{"profileId":"{long}","x":{count}}}}}"#);
        let odd = format!(r#"{{"customerSession":{{"profileId":"{long}","cartItems":5}}}}"#);

        assert!(read(&reply("1")).is_ok());
        assert!(read(&reply(r#""\ud83d""#)).is_ok());
        let error = read(&odd).unwrap_err();
        assert!(error.cause().is_data());
        let column = odd.len() - 2;
        let expected = format!("the value at line 1, column {column} does not fit");
        assert_eq!(error.to_string(), expected);
        let place = read(&reply("")).unwrap_err().to_string();
        assert!(place.starts_with("it cannot be read as JSON from line 1, column "), "{place}");
        let place = read(r#"{"customerSession":5}"#).unwrap_err().to_string();
        assert_eq!(place, "customerSession does not fit");
    }

    fn place_in(json: &[u8]) -> String {
        from_slice::<Request>(json).unwrap_err().to_string()
    }

    #[test]
    fn what_is_cut_off_says_where_it_ends() {
        let whole = r#"{"customerSession":
{"cartItems":[{"sku":"Ä","quantity":12}]}}"#;

        for end in (0..whole.len()).filter(|end| whole.is_char_boundary(*end)) {
            let place = place_in(&whole.as_bytes()[..end]);

            assert!(place.starts_with("it ends too early, at line "), "{end}: {place}");
        }
        assert!(from_slice::<Request>(whole.as_bytes()).is_ok());
        let place = place_in(br#"{"customerSession":{}"#);
        assert_eq!(place, "it ends too early, at line 1, column 21");
        let place = place_in(b"{\n  \"customerSession\": {");
        assert_eq!(place, "it ends too early, at line 2, column 22");
    }

    #[test]
    fn what_is_no_json_says_where() {
        for (json, column) in [
            (&b"<html>"[..], 1),
            (br#"{"customerSession":{},}"#, 23),
            (br#"{"customerSession":{}}}"#, 23),
            (br#"{"customerSession":{"profileId":undefined}}"#, 33),
            (b"{\"customerSession\":{\"profileId\":\"\xff\"}}", 34),
        ] {
            let text = String::from_utf8_lossy(json);
            let place = format!("it cannot be read as JSON from line 1, column {column} on");
            assert_eq!(place_in(json), place, "{text}");
        }
    }

    #[test]
    fn what_does_not_fit_is_named_by_its_path() {
        assert_eq!(place_in(b"5"), "it is not the JSON it should be");
        assert_eq!(place_in(br#"{"customerSession":5}"#), "customerSession does not fit");
    }
}
