//! Settings of generated codes.

use serde::{Deserialize, Deserializer, Serialize};

/// Settings of generated codes.
///
/// Schema `CodeGeneratorSettings`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CodeGeneratorSettings {
    /// Characters to choose from, one per element; capital letters and digits by default.
    #[serde(default = "letters_and_digits", deserialize_with = "characters")]
    pub valid_characters: Vec<String>,
    /// The code with a `#` for each random character, 3 to 100 characters. Without a `#`, every
    /// code is the same.
    pub coupon_pattern: String,
}

#[cfg(feature = "proptest")]
crate::arbitrary::from_fields!(CodeGeneratorSettings { valid_characters, coupon_pattern });

impl CodeGeneratorSettings {
    /// Codes of `pattern`, with a capital letter or a digit for each `#`.
    pub fn new(pattern: impl Into<String>) -> Self {
        Self { coupon_pattern: pattern.into(), ..Self::default() }
    }
}

/// Capital letters and digits, and an empty pattern.
impl Default for CodeGeneratorSettings {
    fn default() -> Self {
        Self { valid_characters: letters_and_digits(), coupon_pattern: String::new() }
    }
}

fn letters_and_digits() -> Vec<String> {
    ('A'..='Z').chain('0'..='9').map(String::from).collect()
}

/// `null` is the default, as an absent member is.
fn characters<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let given: Option<Vec<String>> = Option::deserialize(deserializer)?;
    Ok(given.unwrap_or_else(letters_and_digits))
}
