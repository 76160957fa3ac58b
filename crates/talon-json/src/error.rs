//! Where and why JSON does not fit a type.

use std::fmt;

use serde_json::error::Category;

use crate::trail::Trail;

/// Where and why JSON does not fit a type.
///
/// `Display` tells the place, without text of the JSON other than names of members; the error of
/// serde_json is the source.
#[derive(Debug)]
pub struct DecodeError {
    path: String,
    pointer: String,
    source: serde_json::Error,
}

impl DecodeError {
    /// A value that does not fit, and the path to it; none where the value fits and what follows it
    /// is wrong.
    pub(crate) fn located(source: serde_json::Error, trail: &Trail) -> Self {
        Self { path: trail.path(), pointer: trail.pointer(), source }
    }

    /// The line and the column take the place of the path.
    pub(crate) fn by_position(source: serde_json::Error) -> Self {
        let path = format!("the value at line {}, column {}", source.line(), source.column());
        Self { path, pointer: String::new(), source }
    }

    /// Path to the value as a programmer writes it, `effects[3].props.value`; empty for the whole.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Path to the value as a JSON pointer, `/effects/3/props/value`; empty for the whole.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// Name of the required member that is absent, if that is what is wrong.
    pub fn missing_member(&self) -> Option<String> {
        // serde says so in its message alone.
        let message = self.source.to_string();
        let (name, _) = message.strip_prefix("missing field `")?.split_once('`')?;
        Some(name.to_owned())
    }

    /// The error of serde_json.
    pub fn cause(&self) -> &serde_json::Error {
        &self.source
    }

    /// The error of serde_json, by value.
    pub fn into_cause(self) -> serde_json::Error {
        self.source
    }
}

/// A value that does not fit has a path. What is no JSON has a line and a column, in bytes from 1:
/// its path would end in a name that was never read. Of JSON that is cut off it is the last byte.
impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, column) = (self.source.line(), self.source.column());
        match self.source.classify() {
            Category::Eof => write!(f, "it ends too early, at line {line}, column {column}"),
            Category::Syntax | Category::Io => {
                write!(f, "it cannot be read as JSON from line {line}, column {column} on")
            }
            Category::Data if self.path.is_empty() => {
                f.write_str("it is not the JSON it should be")
            }
            Category::Data => write!(f, "{} does not fit", self.path),
        }
    }
}

impl std::error::Error for DecodeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}
