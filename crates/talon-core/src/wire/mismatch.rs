//! What is wrong with a value that is kept unchanged.

use talon_json::DecodeError;

/// Location and reason of an error in the value of a member, such as `props.value: …`.
pub(crate) fn mismatch(member: &str, error: &DecodeError) -> String {
    let dot = if error.path().is_empty() { "" } else { "." };
    format!("{member}{dot}{}: {}", error.path(), error.cause())
}
