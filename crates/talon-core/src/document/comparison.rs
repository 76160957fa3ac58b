//! Comparison of JSON by meaning.

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{Amount, Timestamp};

/// Pointers to the values of `original` that are missing or different in `again`.
///
/// Numbers are compared as decimals and timestamps as instants. `null` equals an absent member, an
/// empty list and an empty map. Additional members of `again` are ignored.
///
/// ```
/// use serde_json::json;
/// use talon_core::document::find_lost_values;
///
/// let original = json!({"price": 1.0, "at": "2026-01-01T01:00:00+01:00", "name": "a"});
/// let again = json!({"price": 1, "at": "2026-01-01T00:00:00Z"});
/// assert_eq!(find_lost_values(&original, &again), ["/name"]);
/// ```
pub fn find_lost_values(original: &Value, again: &Value) -> Vec<String> {
    let mut lost = Vec::new();
    compare(original, again, "", &mut lost);
    lost
}

fn compare(original: &Value, again: &Value, pointer: &str, lost: &mut Vec<String>) {
    match (original, again) {
        (Value::Object(original), Value::Object(again)) => {
            compare_members(original, again, pointer, lost);
        }
        (Value::Array(original), Value::Array(again)) if original.len() == again.len() => {
            for (index, (original, again)) in original.iter().zip(again).enumerate() {
                compare(original, again, &format!("{pointer}/{index}"), lost);
            }
        }
        _ if is_same(original, again) => {}
        _ => lost.push(pointer.to_owned()),
    }
}

fn compare_members(
    original: &Map<String, Value>,
    again: &Map<String, Value>,
    pointer: &str,
    lost: &mut Vec<String>,
) {
    for (name, value) in original {
        let pointer = format!("{pointer}/{name}");
        compare(value, again.get(name).unwrap_or(&Value::Null), &pointer, lost);
    }
}

fn is_same(original: &Value, again: &Value) -> bool {
    match (original, again) {
        (Value::Null, Value::Array(again)) => again.is_empty(),
        (Value::Null, Value::Object(again)) => again.is_empty(),
        (Value::Number(_), Value::Number(_)) => {
            let decimal = |number| Amount::deserialize(number).ok();
            original == again
                || (decimal(original).is_some() && decimal(original) == decimal(again))
        }
        (Value::String(original), Value::String(again)) => {
            let instant = |text: &str| text.parse::<Timestamp>().ok();
            original == again
                || (instant(original).is_some() && instant(original) == instant(again))
        }
        _ => original == again,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn missing_and_different_values_are_lost() {
        let original = json!({"a": [1, {"b": "x"}], "c": null, "d": [1]});
        let again = json!({"a": [1, {"b": "y"}], "c": [], "d": [1, 2], "e": 1});

        assert_eq!(find_lost_values(&original, &again), ["/a/1/b", "/d"]);
    }

    #[test]
    fn numbers_and_instants_are_compared_by_value() {
        let original = json!([2.0, 1e2, "2026-01-01T00:00:00.000Z"]);
        let again = json!([2, 100, "2026-01-01T00:00:00Z"]);

        assert!(find_lost_values(&original, &again).is_empty());
    }
}
