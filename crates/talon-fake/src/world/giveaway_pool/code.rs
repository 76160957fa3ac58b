//! Codes of giveaways.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};
use talon_core::{Attributes, Timestamp};

use crate::world::instant;

use crate::world::text_or_object;

/// A code of a pool of giveaways. A world file has its text alone, or an object with its members.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(from = "CodeInFile", into = "CodeInFile")]
pub struct GiveawayCode {
    /// The code.
    pub code: String,
    /// The first instant at which it is awarded; from the beginning unless given.
    pub start_date: Option<Timestamp>,
    /// The first instant at which it is no longer awarded; never unless given.
    pub end_date: Option<Timestamp>,
    /// Its attributes.
    pub attributes: Attributes,
}

impl GiveawayCode {
    /// A code that can be awarded at any time.
    pub fn new(code: impl Into<String>) -> Self {
        Self { code: code.into(), ..Self::default() }
    }

    /// Has it awarded from a [time](crate::world#times) on.
    #[must_use]
    #[track_caller]
    pub fn starts(mut self, at: impl TryInto<Timestamp, Error: fmt::Display>) -> Self {
        self.start_date = Some(instant(at));
        self
    }

    /// Has it awarded before a [time](crate::world#times).
    #[must_use]
    #[track_caller]
    pub fn ends(mut self, at: impl TryInto<Timestamp, Error: fmt::Display>) -> Self {
        self.end_date = Some(instant(at));
        self
    }

    /// Gives it attributes.
    #[must_use]
    pub fn attributes(mut self, attributes: Attributes) -> Self {
        self.attributes = attributes;
        self
    }

    pub(crate) fn is_valid_at(&self, now: Timestamp) -> bool {
        self.start_date.is_none_or(|start| start <= now)
            && self.end_date.is_none_or(|end| now < end)
    }
}

impl From<&str> for GiveawayCode {
    fn from(code: &str) -> Self {
        Self::new(code)
    }
}

/// A code in a world file.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
enum CodeInFile {
    /// A code that can be awarded at any time.
    Text(String),
    /// A code with dates or attributes.
    Object(CodeObject),
}

/// A code with dates or attributes.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct CodeObject {
    /// The code.
    code: String,
    /// The first instant at which it is awarded; from the beginning when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    start_date: Option<Timestamp>,
    /// The first instant at which it is no longer awarded; never when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    end_date: Option<Timestamp>,
    /// Its attributes.
    #[serde(default, skip_serializing_if = "Attributes::is_empty")]
    attributes: Attributes,
}

impl<'de> Deserialize<'de> for CodeInFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let expected = "a code, or an object with `code`, `startDate`, `endDate` and `attributes`";
        text_or_object::read(deserializer, expected, Self::Text, Self::Object)
    }
}

impl From<CodeInFile> for GiveawayCode {
    fn from(code: CodeInFile) -> Self {
        match code {
            CodeInFile::Text(code) => Self::new(code),
            CodeInFile::Object(CodeObject { code, start_date, end_date, attributes }) => {
                Self { code, start_date, end_date, attributes }
            }
        }
    }
}

impl From<GiveawayCode> for CodeInFile {
    fn from(code: GiveawayCode) -> Self {
        let GiveawayCode { code, start_date, end_date, attributes } = code;
        if start_date.is_none() && end_date.is_none() && attributes.is_empty() {
            return Self::Text(code);
        }
        Self::Object(CodeObject { code, start_date, end_date, attributes })
    }
}
