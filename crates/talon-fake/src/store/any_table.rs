//! What a table has, of whichever kind it is.

use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::row::UnreadableRow;

/// A table, as `tables!` uses it.
pub(crate) trait AnyTable: Default {
    /// Reads and writes of one transaction.
    type Transaction<'t>: TableTransaction
    where
        Self: 't;
    /// The rows of one moment, shared with the table.
    type Captured;
    /// The rows as a snapshot has them, sorted by key.
    type Image: Clone + fmt::Debug + Default + PartialEq + Serialize + DeserializeOwned;

    fn begin(&self) -> Self::Transaction<'_>;

    fn capture(&self) -> Self::Captured;

    fn image(captured: Self::Captured) -> Self::Image;

    /// # Errors
    /// With the first row that could not be stored and read back.
    fn check(image: &Self::Image) -> Result<(), InvalidRow>;

    /// Stores the rows of an image.
    fn fill(&self, image: Self::Image);
}

/// What a transaction reads and writes of one table.
pub(crate) trait TableTransaction {
    type Commit: TableCommit;

    /// The first row that could not be read; the transaction saw none in its place.
    fn unreadable(&self) -> Option<&UnreadableRow>;

    /// How many rows it read or wrote.
    #[cfg(test)]
    fn touched(self) -> usize;

    /// Ends the transaction; without its writes unless `writes`. `None` when it touched no row.
    fn finish(self, writes: bool) -> Option<Self::Commit>;
}

/// The commit of one table. Its steps are called in the order in which they are declared, each for
/// all tables before the next.
pub(crate) trait TableCommit {
    /// Locks the shards of what was read and written.
    fn lock(&mut self);

    /// Whether everything that was read is still the same.
    fn validate(&self) -> bool;

    fn has_writes(&self) -> bool;

    fn apply(&mut self);
}

/// A row of an image that cannot be stored.
#[derive(Debug)]
pub(crate) struct InvalidRow {
    pub(crate) key: String,
    pub(crate) reason: String,
}

impl InvalidRow {
    pub(super) fn new(key: &impl ToString, reason: String) -> Self {
        Self { key: key.to_string(), reason }
    }
}
