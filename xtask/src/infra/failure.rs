//! Results of commands.

use std::fmt;

/// Result of a command.
pub(crate) type CommandResult = Result<Status, Failure>;

/// Status of a command that did not fail.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Passed,
    /// Nothing was checked; the text says why.
    Skipped(String),
}

/// Message that says why a command failed.
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
