//! JSON, whatever it is of.

use std::collections::BTreeMap;
use std::fmt::Debug;

use serde::Serialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;
use talon_core::{Amount, RawJson, json};

/// The codec of operations reads what serde_json reads, and writes what it writes.
///
/// # Panics
/// When the property does not hold.
pub fn check(text: &[u8]) {
    is_read_alike::<IgnoredAny>(text);
    are_alike::<Value>(text);
    are_alike::<RawJson>(text);
    are_alike::<Vec<Option<Amount>>>(text);
    are_alike::<BTreeMap<String, RawJson>>(text);
    are_alike::<BTreeMap<i32, (bool, char)>>(text);
    are_alike::<Vec<(i8, u64, f64, String, ())>>(text);
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
    let expected = serde_json::from_slice::<T>(text).ok();
    assert_eq!(read, expected, "{}", String::from_utf8_lossy(text));
    read
}
