//! What is wrong with a world.

use std::fmt;

use talon_core::document::{Document, DocumentError, Position};

/// What is wrong with a world, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorldError {
    member: String,
    reason: String,
    position: Option<Position>,
}

impl WorldError {
    pub(crate) fn at(member: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { member: member.into(), reason: reason.into(), position: None }
    }

    /// The error of a row that is part of the world only to be checked: without the path to the row.
    pub(crate) fn of_row(self, row: &str) -> Self {
        let member = self.member.strip_prefix(row).map(|rest| rest.trim_start_matches('.'));
        Self { member: member.unwrap_or(&self.member).to_owned(), ..self }
    }

    /// What is wrong, without the place.
    #[cfg(feature = "serve")]
    pub(crate) fn reason(&self) -> &str {
        &self.reason
    }

    pub(super) fn within(mut self, document: &Document<'_>) -> Self {
        self.position.get_or_insert_with(|| document.position(&self.member));
        self
    }

    /// Adds line and column of the member in `json`, the file that the world was read from, unless
    /// they are known.
    #[must_use]
    pub fn in_file(self, json: &str) -> Self {
        match Document::parse(json) {
            Ok(document) => self.within(&document),
            Err(_) => self,
        }
    }

    /// Path to the member that is wrong, such as `campaigns[0].coupons[1].value`.
    pub fn member(&self) -> &str {
        &self.member
    }

    /// The position of that member, if the world was read from a file; of a member that is left out,
    /// where the object begins that lacks it.
    pub fn position(&self) -> Option<Position> {
        self.position
    }
}

impl From<DocumentError> for WorldError {
    fn from(error: DocumentError) -> Self {
        let (member, reason) = (error.path(), error.message().to_owned());
        Self { member, reason, position: error.position() }
    }
}

impl fmt::Display for WorldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the world cannot be read: ")?;
        if !self.member.is_empty() {
            write!(f, "{}: ", self.member)?;
        }
        f.write_str(&self.reason)?;
        self.position.map_or(Ok(()), |position| write!(f, " at {position}"))
    }
}

impl std::error::Error for WorldError {}
