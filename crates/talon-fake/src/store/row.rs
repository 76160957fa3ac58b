//! What a row is, and how it is stored.

use std::fmt;
use std::hash::Hash;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::nesting;

/// A key of rows. Its text stands in snapshots and errors.
pub(crate) trait Key:
    Clone + fmt::Debug + fmt::Display + Eq + Hash + Ord + Serialize + DeserializeOwned
{
}

impl<K> Key for K where
    K: Clone + fmt::Debug + fmt::Display + Eq + Hash + Ord + Serialize + DeserializeOwned
{
}

/// A row of a [`Table`]. It contains its key.
///
/// A stored row is immutable: a change puts another one in its place. Two reads saw the same row
/// when they got the same allocation.
pub(crate) trait Row: Clone + fmt::Debug + PartialEq + Serialize + DeserializeOwned {
    /// The primary key.
    type Key: Key;
    /// The form in memory: `Self`, or [`EncodedRow<Self>`](super::EncodedRow) for rows with many
    /// members that are mostly absent.
    type Stored: Stored<Self>;

    fn key(&self) -> &Self::Key;
}

/// The form in which a table holds a row.
pub(crate) trait Stored<R: Row>:
    Clone + fmt::Debug + PartialEq + Serialize + DeserializeOwned
{
    fn encode(row: R) -> Self;

    /// The form of a row that a transaction wrote. Where such rows are soon read again it is the row
    /// as it is, which is [encoded](Self::encoded) after more writes.
    fn of_write(row: R) -> Self {
        Self::encode(row)
    }

    /// Whether it is the row as it is, and may be encoded later.
    fn awaits_encoding(&self) -> bool {
        false
    }

    /// The encoded form, where it is another one than this.
    fn encoded(&self) -> Option<Self> {
        None
    }

    /// The row, if the stored form is one.
    fn as_row(&self) -> Option<&R>;

    /// # Errors
    /// When the stored form cannot be read back.
    fn decode(&self) -> Result<R, UnreadableRow>;

    fn row_key(&self) -> &R::Key;

    /// How many levels of lists and objects its JSON has; `None` when it has no JSON form.
    fn levels(&self) -> Option<usize>;
}

impl<R: Row> Stored<R> for R {
    fn encode(row: R) -> Self {
        row
    }

    fn as_row(&self) -> Option<&R> {
        Some(self)
    }

    fn decode(&self) -> Result<R, UnreadableRow> {
        Ok(self.clone())
    }

    fn row_key(&self) -> &R::Key {
        self.key()
    }

    fn levels(&self) -> Option<usize> {
        nesting::levels_of(self)
    }
}

/// A stored row that cannot be decoded; only a defect of this crate produces one.
#[derive(Debug)]
pub(crate) struct UnreadableRow {
    key: String,
    error: talon_core::Error,
}

impl UnreadableRow {
    pub(crate) fn new(key: &impl fmt::Debug, error: talon_core::Error) -> Self {
        Self { key: format!("{key:?}"), error }
    }
}

impl fmt::Display for UnreadableRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "what is stored of {} {}", self.key, self.error)
    }
}
