//! How deep JSON nests, so that everything that is stored can be read back.
//!
//! JSON readers stop at 127 levels, serde_json and talon-json included. Replies, snapshots and state
//! files wrap the values of a request or a world in further levels, so the values have to stay below
//! that limit by the deepest wrapper.

use serde::Serialize;
use serde_json::Value;
use talon_core::Attributes;

/// Most levels of lists and objects in the value of one attribute, and in one rule.
pub(crate) const MAX_LEVELS: usize = 100;

/// Most levels of a stored row: an attribute of an item is five levels down.
pub(crate) const MAX_ROW_LEVELS: usize = 110;

/// The first attribute that nests deeper than [`MAX_LEVELS`].
pub(crate) fn too_deep(attributes: &Attributes) -> Option<&str> {
    let deep = attributes.iter().find(|(_, value)| !fits(value, MAX_LEVELS));
    deep.map(|(name, _)| name.as_str())
}

/// Whether a value has so many levels at most.
pub(crate) fn fits(value: &Value, levels: usize) -> bool {
    let within = |value: &Value| fits(value, levels - 1);
    match value {
        Value::Array(list) => levels > 0 && list.iter().all(within),
        Value::Object(members) => levels > 0 && members.values().all(within),
        _ => true,
    }
}

/// Levels of a value's JSON; `None` when it has no JSON form.
pub(crate) fn levels_of(value: &impl Serialize) -> Option<usize> {
    Some(levels_of_json(&talon_core::json::to_vec(value).ok()?))
}

/// Levels of JSON text.
pub(crate) fn levels_of_json(json: &[u8]) -> usize {
    let mut levels = Levels::default();
    levels.read(json);
    levels.most
}

/// Counts the levels of the JSON that it reads.
#[derive(Default)]
struct Levels {
    now: usize,
    most: usize,
    in_text: bool,
    is_escaped: bool,
}

impl Levels {
    fn read(&mut self, json: &[u8]) {
        for byte in json {
            match byte {
                _ if self.is_escaped => self.is_escaped = false,
                b'"' => self.in_text = !self.in_text,
                b'\\' => self.is_escaped = self.in_text,
                _ if self.in_text => {}
                b'[' | b'{' => {
                    self.now += 1;
                    self.most = self.most.max(self.now);
                }
                b']' | b'}' => self.now = self.now.saturating_sub(1),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn brackets_in_text_are_no_levels() {
        for (value, levels) in [
            (json!(1), 0),
            (json!("[[{"), 0),
            (json!(["\"[", {"\\": "]", "[\\\"": [[]]}]), 4),
            (json!({"a": [], "b": {"c": {}}}), 3),
        ] {
            assert_eq!(levels_of(&value), Some(levels), "{value}");
            assert_eq!(levels_of_json(value.to_string().as_bytes()), levels, "{value}");
            assert!(fits(&value, levels), "{value}");
            assert!(levels == 0 || !fits(&value, levels - 1), "{value}");
        }
    }
}
