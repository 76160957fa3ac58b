//! A row within a transaction.

use std::cell::OnceCell;
use std::sync::Arc;

use crate::store::row::{Row, Stored as _, UnreadableRow};

/// A row that the transaction read or wrote.
pub(super) struct Entry<R: Row> {
    pub(super) hash: u64,
    pub(super) read: Read<R>,
    pub(super) seen: Seen,
    /// The row as the transaction sees it; empty until a stored row is looked at and is not a value
    /// already.
    pub(super) row: OnceCell<Option<R>>,
    /// Whether the transaction wrote the row or removed it.
    pub(super) is_written: bool,
}

/// Where the row is that the transaction sees.
pub(super) enum Seen {
    /// In the table.
    Read,
    /// In the entry.
    Row,
}

/// What a transaction saw of a row in the table.
pub(super) enum Read<R: Row> {
    /// It only wrote the row.
    Unread,
    Absent,
    Row(Arc<R::Stored>),
}

impl<R: Row> Entry<R> {
    pub(super) fn unread(hash: u64) -> Self {
        let (read, seen) = (Read::Unread, Seen::Read);
        Self { hash, read, seen, row: OnceCell::new(), is_written: false }
    }

    /// The stored row, unless the transaction changed it.
    fn stored(&self) -> Option<&R::Stored> {
        match (&self.seen, &self.read) {
            (Seen::Read, Read::Row(row)) => Some(row),
            _ => None,
        }
    }

    pub(super) fn row(&self, unreadable: &OnceCell<UnreadableRow>) -> Option<&R> {
        let Some(stored) = self.stored() else { return self.row.get()?.as_ref() };
        let decode = || decode::<R>(stored, unreadable);
        stored.as_row().or_else(|| self.row.get_or_init(decode).as_ref())
    }

    /// The row by value; the caller puts one in its place.
    pub(super) fn take_row(&mut self, unreadable: &OnceCell<UnreadableRow>) -> Option<R> {
        self.row.take().unwrap_or_else(|| decode::<R>(self.stored()?, unreadable))
    }
}

/// The row of its stored form. One that cannot be read counts as absent, and is noted.
fn decode<R: Row>(stored: &R::Stored, unreadable: &OnceCell<UnreadableRow>) -> Option<R> {
    let row = stored.decode();
    row.map_err(|error| unreadable.get_or_init(|| error)).ok()
}
