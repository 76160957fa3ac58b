//! The error of the fast path.

use std::fmt;

use serde::de;

/// The fast path does not take it: serde_json reads it from the start.
///
/// It is no JSON, does not fit, or has a rare form. Which of these it is, serde_json finds out.
#[derive(Debug)]
pub(crate) struct Fallback;

pub(crate) type Result<T = (), E = Fallback> = std::result::Result<T, E>;

impl fmt::Display for Fallback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("left to serde_json")
    }
}

impl std::error::Error for Fallback {}

impl de::Error for Fallback {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}
