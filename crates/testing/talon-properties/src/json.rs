//! Arbitrary JSON.

use std::collections::BTreeMap;
use std::fmt::Debug;

use serde::Serialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;
use talon_core::{Amount, Attributes, RawJson, json};

use crate::text::with_replaced_surrogates;

/// The codec and serde_json read and write equal values, after lone surrogates are replaced. In
/// attributes, the private names of serde_json are ordinary names.
///
/// # Panics
/// When the property does not hold.
pub fn check(text: &[u8]) {
    assert_equal_reads::<IgnoredAny>(text);
    assert_equal_writes::<Value>(text);
    assert_equal_writes::<RawJson>(text);
    assert_equal_writes::<Attributes>(text);
    assert_equal_writes::<Vec<Option<Amount>>>(text);
    assert_equal_writes::<BTreeMap<String, RawJson>>(text);
    assert_equal_writes::<BTreeMap<i32, (bool, char)>>(text);
    assert_equal_writes::<Vec<(i8, u64, f64, String, ())>>(text);
    assert_private_names_are_ordinary::<Attributes>(text);
}

fn assert_equal_writes<T: DeserializeOwned + Serialize + PartialEq + Debug>(text: &[u8]) {
    if let Some(value) = assert_equal_reads::<T>(text) {
        let written = json::to_vec(&value).map_err(|error| error.to_string());
        let expected = serde_json::to_vec(&value).map_err(|error| error.to_string());
        assert_eq!(written, expected, "{value:?}");
    }
}

fn assert_equal_reads<T: DeserializeOwned + PartialEq + Debug>(text: &[u8]) -> Option<T> {
    let read = json::from_slice::<T>(text).ok();
    let expected = serde_json::from_slice::<T>(&with_replaced_surrogates(text)).ok();
    assert_eq!(read, expected, "{}", String::from_utf8_lossy(text));
    read
}

/// The prefix of the names that types of serde_json use internally.
const PRIVATE: &str = "$serde_json::private::";

/// A prefix of the same length without a meaning.
const UNKNOWN: &str = "$serde_json::unknown::";

/// The codec handles private names like other names.
pub(crate) fn assert_private_names_are_ordinary<T: DeserializeOwned + Serialize>(text: &[u8]) {
    let Ok(text) = str::from_utf8(text) else { return };
    // An escape can hide a name, and a text that already contains UNKNOWN cannot be compared.
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

/// Members sorted by name: private names and their substitutes sort differently among other names.
/// `None` for raw text that is not a valid value.
fn in_order(json: &str) -> Option<Value> {
    serde_json::from_str(json).ok()
}
