//! Errors of documents.

use std::fmt;

use serde::de::{self, Expected, Unexpected};
use serde_json::error::Category;

use super::{Position, wording};
use crate::Problem;

/// Error of a [`Document`](super::Document), with its location.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentError {
    message: String,
    kind: Kind,
    location: Option<Location>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Syntax,
    Missing(&'static str),
    Invalid,
}

/// Location of a value: as a JSON pointer, and in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Location {
    pub(super) pointer: String,
    pub(super) position: Position,
}

impl DocumentError {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), kind: Kind::Invalid, location: None }
    }

    pub(super) fn syntax(text: &str, error: &serde_json::Error) -> Self {
        let message = error.to_string();
        let reason = message.rsplit_once(" at line ").map_or(&*message, |(reason, _)| reason);
        let reason = match error.classify() {
            Category::Eof => reason.replace("EOF while parsing", "it ends in the middle of"),
            _ => reason.replace("expected ident", "expected value"),
        };
        let location =
            Location { pointer: String::new(), position: Position::from_error(text, error) };
        Self { message: format!("no JSON: {reason}"), kind: Kind::Syntax, location: Some(location) }
    }

    /// Sets the location, unless a more precise one is set.
    pub(super) fn at(mut self, location: Location) -> Self {
        self.location.get_or_insert(location);
        self
    }

    pub(super) fn has_location(&self) -> bool {
        self.location.is_some()
    }

    /// Description of the error, without the location.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Path of the value, such as `campaigns[0].name`; empty for the whole document.
    pub fn path(&self) -> String {
        self.location.as_ref().map(|location| to_path(&location.pointer)).unwrap_or_default()
    }

    /// Position of the value in the text.
    pub fn position(&self) -> Option<Position> {
        self.location.as_ref().map(|location| location.position)
    }

    /// The error as a problem of a refusal; its details contain line and column.
    pub fn to_problem(&self) -> Problem {
        let pointer = self.location.as_ref().map_or("", |location| &location.pointer);
        match self.kind {
            Kind::Syntax => Problem::at(String::new(), "Invalid JSON", self.to_string()),
            Kind::Missing(name) => {
                Problem::at(format!("{pointer}/{name}"), "Missing", self.to_string())
            }
            Kind::Invalid => Problem::at(pointer, "Invalid type", self.to_string()),
        }
    }
}

/// Converts a JSON pointer to a path such as `effects[3].props.value`.
///
/// ```
/// use talon_core::document::to_path;
///
/// assert_eq!(to_path("/effects/3/props/value"), "effects[3].props.value");
/// ```
pub fn to_path(pointer: &str) -> String {
    let mut path = String::new();
    for segment in pointer.split('/').skip(1) {
        if segment.bytes().all(|byte| byte.is_ascii_digit()) && !segment.is_empty() {
            path.extend(["[", segment, "]"]);
            continue;
        }
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(&segment.replace("~1", "/").replace("~0", "~"));
    }
    path
}

impl fmt::Display for DocumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path();
        if !path.is_empty() {
            write!(f, "{path}: ")?;
        }
        f.write_str(&self.message)?;
        match &self.location {
            Some(location) => write!(f, " at {}", location.position),
            None => Ok(()),
        }
    }
}

impl std::error::Error for DocumentError {}

impl de::Error for DocumentError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(message.to_string())
    }

    fn invalid_type(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let wanted = wording::expected(expected, &unexpected);
        Self::new(format!("must be {wanted}, not {}", wording::unexpected(&unexpected)))
    }

    fn invalid_value(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(unexpected, expected)
    }

    fn invalid_length(length: usize, expected: &dyn Expected) -> Self {
        Self::new(format!("must be {expected}, not of length {length}"))
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        Self::new(format!("unknown value `{variant}`, {}", wording::hint(variant, expected)))
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        Self::new(format!("unknown member, {}", wording::hint(field, expected)))
    }

    fn missing_field(field: &'static str) -> Self {
        let message = format!("the member `{field}` is missing");
        Self { kind: Kind::Missing(field), ..Self::new(message) }
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new(format!("the member `{field}` stands twice"))
    }
}
