//! Bodies as a record shows them.

use serde_json::Value;
use serde_json::value::RawValue;
use talon_core::{RawJson, json};

/// A body as a value, whose numbers are doubles, and as its text.
pub(super) struct Recorded {
    value: Value,
    text: RawJson,
}

impl Recorded {
    /// A body that is JSON.
    pub(super) fn json(body: &[u8]) -> Option<Self> {
        let value = json::value_from_slice(body).ok()?;
        match serde_json::from_slice::<&RawValue>(body) {
            Ok(text) if is_unicode(text.get()) => {
                let text = serde_json::from_str(text.get()).ok()?;
                Some(Self { value, text })
            }
            // Half of a character is replaced in the value, and no JSON for most readers.
            _ => Self::of_value(value),
        }
    }

    /// A body that is JSON, or its text; `None` without a body.
    pub(super) fn json_or_text(body: &[u8]) -> Option<Self> {
        let text = || Self::of_value(String::from_utf8_lossy(body).into());
        if body.is_empty() { None } else { Self::json(body).or_else(text) }
    }

    fn of_value(value: Value) -> Option<Self> {
        let text = RawJson::from_serialize(&value).ok()?;
        Some(Self { value, text })
    }

    pub(super) fn parts(body: Option<Self>) -> (Option<Value>, Option<RawJson>) {
        body.map(|body| (body.value, body.text)).unzip()
    }
}

/// Whether all escapes are of whole characters.
fn is_unicode(json: &str) -> bool {
    !json.contains("\\u") || serde_json::from_str::<Value>(json).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(body: &'static str) -> String {
        let body = Recorded::json_or_text(body.as_bytes());
        Recorded::parts(body).1.map(|text| text.get().to_owned()).unwrap_or_default()
    }

    #[test]
    fn a_body_keeps_its_digits() {
        for body in [r#"{"price": 0.10000000000000000001}"#, "[12345678901234567890123]", "1.50"] {
            assert_eq!(text(body), body);
        }
    }

    #[test]
    fn what_is_no_json_is_a_string() {
        for (body, shown) in [("", ""), ("{\"a\"", r#""{\"a\"""#), ("plain", r#""plain""#)] {
            assert_eq!(text(body), shown);
        }
    }

    #[test]
    fn half_of_a_character_is_replaced() {
        assert_eq!(text(r#"["\ud83d", 1.50]"#), "[\"\u{fffd}\",1.5]");
        assert_eq!(text(r#"["\u00e9", 1.50]"#), r#"["\u00e9", 1.50]"#);
    }
}
