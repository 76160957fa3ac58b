//! Messages in terms of JSON, and suggestions for misspelt names.

use serde::de::{Expected, Unexpected};

/// Maximum number of characters of a text that a message quotes.
const MAX_QUOTED: usize = 40;

/// The known word that is most similar to `given`, if one is similar enough.
///
/// ```
/// use talon_core::document::did_you_mean;
///
/// assert_eq!(did_you_mean("atributes", ["attributes", "name"]), Some("attributes"));
/// assert_eq!(did_you_mean("colour", ["attributes", "name"]), None);
/// ```
pub fn did_you_mean<'k>(given: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let given = normalize(given);
    let max_distance = (given.chars().count() / 3).max(1);
    let distances = known.into_iter().map(|word| {
        let normalized = normalize(word);
        // A prefix such as `attr` is similar as well.
        let is_prefix = given.chars().count() >= 4 && normalized.starts_with(&given);
        let distance = strsim::damerau_levenshtein(&given, &normalized);
        (distance, is_prefix || distance <= max_distance, word)
    });
    let near = distances.filter(|(_, is_near, _)| *is_near);
    near.min_by_key(|(distance, ..)| *distance).map(|(.., word)| word)
}

/// Ignores naming conventions: `start_time` equals `startTime`.
fn normalize(word: &str) -> String {
    word.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).flat_map(char::to_lowercase).collect()
}

/// Hint for an unknown word: the most similar known word, or else all known words.
pub(super) fn hint(given: &str, known: &'static [&'static str]) -> String {
    match did_you_mean(given, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => "none is known here".to_owned(),
        None => format!("known are {}", known.join(", ")),
    }
}

/// Describes what a type accepts.
pub(super) fn expected(expected: &dyn Expected, unexpected: &Unexpected<'_>) -> String {
    let text = expected.to_string();
    let is_whole = match unexpected {
        Unexpected::Signed(_) | Unexpected::Unsigned(_) => true,
        Unexpected::Float(number) => number.fract() == 0.0,
        _ => false,
    };
    let words = match text.as_str() {
        "u8" => "a whole number from 0 to 255",
        "u16" => "a whole number from 0 to 65535",
        "u32" => "a whole number from 0 to 4294967295",
        "u64" | "usize" => "a whole number from 0 to 18446744073709551615",
        "i64" | "isize" if is_whole => {
            "a whole number from -9223372036854775808 to 9223372036854775807"
        }
        "i8" | "i16" | "i32" | "i64" | "isize" => "a whole number",
        "f32" | "f64" => "a number",
        "a boolean" => "true or false",
        "a sequence" => "an array",
        "a map" => "an object",
        "string or map" => "a string or an object of one member",
        other if other.starts_with("struct ") => "an object",
        other if other.starts_with("enum ") => "a string or an object of one member",
        other => other,
    };
    words.to_owned()
}

/// Describes the value in its place.
pub(super) fn unexpected(unexpected: &Unexpected<'_>) -> String {
    match unexpected {
        Unexpected::Bool(value) => value.to_string(),
        Unexpected::Unsigned(number) => number.to_string(),
        Unexpected::Signed(number) => number.to_string(),
        Unexpected::Float(number) => number.to_string(),
        Unexpected::Char(character) => quoted(character.encode_utf8(&mut [0; 4])),
        Unexpected::Str(text) => quoted(text),
        Unexpected::Unit | Unexpected::Option => "null".to_owned(),
        Unexpected::Seq => "an array".to_owned(),
        Unexpected::Map => "an object".to_owned(),
        _ => "another value".to_owned(),
    }
}

/// The text as a JSON string, truncated.
fn quoted(text: &str) -> String {
    let short: String = text.chars().take(MAX_QUOTED).collect();
    let dots = if short.len() < text.len() { "…" } else { "" };
    serde_json::Value::from(short + dots).to_string()
}
