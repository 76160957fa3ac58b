//! Where two JSON values differ.

use std::collections::BTreeSet;
use std::fmt;

use serde_json::Value;

/// One place where a value is not what was expected.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Difference {
    /// JSON pointer.
    pub(crate) pointer: String,
    /// `None` where nothing is.
    pub(crate) expected: Option<Value>,
    /// `None` where nothing is.
    pub(crate) actual: Option<Value>,
}

/// The places at which `actual` differs from `expected`, as deep as both have members.
pub(crate) fn differences(expected: &Value, actual: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    compare(String::new(), Some(expected), Some(actual), &mut found);
    found
}

fn compare(
    pointer: String,
    expected: Option<&Value>,
    actual: Option<&Value>,
    found: &mut Vec<Difference>,
) {
    match (expected, actual) {
        (Some(expected), Some(actual)) if expected == actual => {}
        (Some(Value::Object(expected)), Some(Value::Object(actual))) => {
            let names: BTreeSet<_> = expected.keys().chain(actual.keys()).collect();
            for name in names {
                let escaped = name.replace('~', "~0").replace('/', "~1");
                let member = format!("{pointer}/{escaped}");
                compare(member, expected.get(name), actual.get(name), found);
            }
        }
        (Some(Value::Array(expected)), Some(Value::Array(actual))) => {
            for index in 0..expected.len().max(actual.len()) {
                let member = format!("{pointer}/{index}");
                compare(member, expected.get(index), actual.get(index), found);
            }
        }
        _ => {
            let (expected, actual) = (expected.cloned(), actual.cloned());
            found.push(Difference { pointer, expected, actual });
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = |value: &Option<Value>| {
            value.as_ref().map_or_else(|| "nothing".to_owned(), Value::to_string)
        };
        let (expected, actual) = (text(&self.expected), text(&self.actual));
        write!(f, "{}: expected {expected}, found {actual}", self.pointer)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn differences_name_the_innermost_place() {
        let expected = json!({"a": [1, {"b/c": 2}], "same": true, "gone": null});
        let actual = json!({"a": [1, {"b/c": 3}, 4], "same": true});

        let found = differences(&expected, &actual);

        let lines: Vec<_> = found.iter().map(ToString::to_string).collect();
        assert_eq!(
            lines,
            [
                "/a/1/b~1c: expected 2, found 3",
                "/a/2: expected nothing, found 4",
                "/gone: expected null, found nothing",
            ]
        );
    }
}
