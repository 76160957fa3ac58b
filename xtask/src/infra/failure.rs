//! How a command ends.

use std::fmt;

/// How a command ended.
pub(crate) type Outcome = Result<Done, Failure>;

/// What a command that did not fail did.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Done {
    Passed,
    /// Nothing was checked, for this reason.
    Skipped(String),
}

/// Why a command failed, for a person.
#[derive(Debug)]
pub(crate) struct Failure(String);

impl Failure {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self(error.to_string())
    }
}
