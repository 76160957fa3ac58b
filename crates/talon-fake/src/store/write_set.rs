//! The rows that a transaction wrote and removed.

use std::sync::Arc;

use super::locks::ShardLocks;
use super::row::{Row, Stored as _};
use super::shards::ShardSet;
use super::table::Table;

/// The rows that a transaction wrote and removed, each with its hash.
pub(super) struct WriteSet<R: Row>(Vec<(u64, Write<R>)>);

enum Write<R: Row> {
    Row(Arc<R::Stored>),
    Removal(R::Key),
}

impl<R: Row> Default for WriteSet<R> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<R: Row> WriteSet<R> {
    /// Adds a row, or its removal when there is none.
    pub(super) fn push(&mut self, hash: u64, key: &R::Key, row: Option<R>) {
        let write = match row {
            Some(row) => Write::Row(Arc::new(R::Stored::of_write(row))),
            None => Write::Removal(key.clone()),
        };
        self.0.push((hash, write));
    }

    pub(super) fn shards(&self) -> ShardSet {
        let mut shards = ShardSet::default();
        self.0.iter().for_each(|(hash, _)| shards.insert(*hash));
        shards
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn apply(self, table: &Table<R>, locks: &mut ShardLocks<'_, R>) {
        for (hash, write) in self.0 {
            let rows = locks.rows_mut(hash).expect("shards of writes are locked for writing");
            match write {
                Write::Row(row) => table.place(rows, hash, row),
                Write::Removal(key) => rows.remove(hash, &key),
            }
        }
    }
}
