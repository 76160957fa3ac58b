//! How codes are made.

use serde::{Deserialize, Serialize};

/// How random codes are made.
///
/// Schema `CodeGeneratorSettings`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CodeGeneratorSettings {
    /// Characters to choose from, one per element; capital letters and digits by default.
    #[serde(default, deserialize_with = "crate::lenient::null_as_default")]
    pub valid_characters: Vec<String>,
    /// The code with a `#` for each random character, 3 to 100 characters. Without a `#`, every
    /// code is the same.
    pub coupon_pattern: String,
}
