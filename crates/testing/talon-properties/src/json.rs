//! JSON, whatever it is of.

use std::collections::BTreeMap;
use std::fmt::Debug;

use serde::Serialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;
use talon_core::{Amount, Attributes, RawJson, json};

use crate::text::with_whole_characters;

/// The codec of operations reads what serde_json reads once no character is cut in half, and writes
/// what it writes; in attributes, the private names of serde_json are names like any other.
///
/// # Panics
/// When the property does not hold.
pub fn check(text: &[u8]) {
    is_read_alike::<IgnoredAny>(text);
    are_alike::<Value>(text);
    are_alike::<RawJson>(text);
    are_alike::<Attributes>(text);
    are_alike::<Vec<Option<Amount>>>(text);
    are_alike::<BTreeMap<String, RawJson>>(text);
    are_alike::<BTreeMap<i32, (bool, char)>>(text);
    are_alike::<Vec<(i8, u64, f64, String, ())>>(text);
    knows_no_private_name::<Attributes>(text);
}

fn are_alike<T: DeserializeOwned + Serialize + PartialEq + Debug>(text: &[u8]) {
    if let Some(value) = is_read_alike::<T>(text) {
        let written = json::to_vec(&value).map_err(|error| error.to_string());
        let expected = serde_json::to_vec(&value).map_err(|error| error.to_string());
        assert_eq!(written, expected, "{value:?}");
    }
}

fn is_read_alike<T: DeserializeOwned + PartialEq + Debug>(text: &[u8]) -> Option<T> {
    let read = json::from_slice::<T>(text).ok();
    let expected = serde_json::from_slice::<T>(&with_whole_characters(text)).ok();
    assert_eq!(read, expected, "{}", String::from_utf8_lossy(text));
    read
}

/// What the names begin with by which the types of serde_json know each other.
const PRIVATE: &str = "$serde_json::private::";

/// Of the same length, and known to nobody.
const UNKNOWN: &str = "$serde_json::unknown::";

/// Of a text with private names the codec makes what it makes of one with others.
pub(crate) fn knows_no_private_name<T: DeserializeOwned + Serialize>(text: &[u8]) {
    let Ok(text) = str::from_utf8(text) else { return };
    // An escape may hide a name, and one that is there twice is another text.
    if !text.contains(PRIVATE) || text.contains('\\') || text.contains(UNKNOWN) {
        return;
    }
    let written = written::<T>(text).map(|json| json.replace(PRIVATE, UNKNOWN));
    let expected = self::written::<T>(&text.replace(PRIVATE, UNKNOWN));
    assert_eq!(written.is_some(), expected.is_some(), "{text}");
    let [written, expected] = [written, expected].map(|json| in_order(&json?));
    assert_eq!(written, expected, "{text}");
}

fn written<T: DeserializeOwned + Serialize>(text: &str) -> Option<String> {
    let read: T = json::from_slice(text.as_bytes()).ok()?;
    let written = json::to_vec(&read).expect("what was read can be written");
    Some(String::from_utf8(written).expect("JSON is UTF-8"))
}

/// Members sorted by name: the private names stand elsewhere among others than their substitutes.
/// `None` for raw text that no value holds.
fn in_order(json: &str) -> Option<Value> {
    serde_json::from_str(json).ok()
}
