//! The rows that a transaction read.

use std::sync::Arc;

use super::locks::ShardLocks;
use super::row::Row;
use super::shards::ShardSet;

/// The rows that a transaction read, and the absence of rows.
pub(super) struct ReadSet<R: Row>(Vec<ReadRow<R>>);

struct ReadRow<R: Row> {
    hash: u64,
    key: R::Key,
    row: Option<Arc<R::Stored>>,
}

impl<R: Row> Default for ReadSet<R> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<R: Row> ReadSet<R> {
    pub(super) fn push(&mut self, hash: u64, key: R::Key, row: Option<Arc<R::Stored>>) {
        self.0.push(ReadRow { hash, key, row });
    }

    pub(super) fn shards(&self) -> ShardSet {
        let mut shards = ShardSet::default();
        self.0.iter().for_each(|read| shards.insert(read.hash));
        shards
    }

    /// Whether the table still has the same rows.
    pub(super) fn validate(&self, locks: &ShardLocks<'_, R>) -> bool {
        self.0.iter().all(|read| {
            let now = locks.rows(read.hash).and_then(|rows| rows.find(read.hash, &read.key));
            now.map(Arc::as_ptr) == read.row.as_ref().map(Arc::as_ptr)
        })
    }
}
