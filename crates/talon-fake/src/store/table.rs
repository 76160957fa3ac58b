//! Rows by their keys.

use std::fmt;
use std::hash::BuildHasher as _;
use std::sync::{Arc, RwLockReadGuard, RwLockWriteGuard};

use foldhash::fast::RandomState;

use super::row::{Row, Stored as _};
use super::rows::Rows;
use super::shards::{Shards, shard_of};

/// Rows by their keys, in shards that are locked one by one.
pub(crate) struct Table<R: Row> {
    hasher: RandomState,
    shards: Shards<Rows<R>>,
}

impl<R: Row> Table<R> {
    /// The row as it is now; `None` too when it cannot be read. Locks its shard while it looks.
    pub(crate) fn get(&self, key: &R::Key) -> Option<R> {
        self.get_hashed(self.hash(key), key)?.decode().ok()
    }

    pub(super) fn get_hashed(&self, hash: u64, key: &R::Key) -> Option<Arc<R::Stored>> {
        self.read(shard_of(hash)).find(hash, key).cloned()
    }

    /// Stores a row outside of a transaction, in place of the one with the same key.
    pub(crate) fn put(&self, row: R) {
        self.put_stored(Arc::new(R::Stored::encode(row)));
    }

    fn put_stored(&self, row: Arc<R::Stored>) {
        let hash = self.hash(row.row_key());
        self.place(&mut self.write(shard_of(hash)), hash, row);
    }

    pub(super) fn put_image(&self, rows: impl Iterator<Item = Arc<R::Stored>>) {
        rows.for_each(|row| self.put_stored(row));
    }

    /// The rows, in no order; each shard at the moment that it is locked.
    pub(super) fn rows(&self) -> Vec<Arc<R::Stored>> {
        self.shards.iter().flat_map(|shard| shard.iter().cloned().collect::<Vec<_>>()).collect()
    }

    /// The keys of the rows, in their order.
    #[cfg(feature = "serve")]
    pub(crate) fn keys(&self) -> Vec<R::Key> {
        let mut keys: Vec<_> = self.rows().iter().map(|row| row.row_key().clone()).collect();
        keys.sort_unstable();
        keys
    }

    /// The rows by their keys, without those that cannot be read.
    pub(crate) fn all(&self) -> Vec<R> {
        let mut rows = self.rows();
        rows.sort_unstable_by(|one, other| one.row_key().cmp(other.row_key()));
        rows.iter().filter_map(|row| row.decode().ok()).collect()
    }

    /// The number of rows.
    #[cfg(feature = "serve")]
    pub(crate) fn len(&self) -> usize {
        self.shards.iter().map(|shard| shard.len()).sum()
    }

    pub(super) fn hash(&self, key: &R::Key) -> u64 {
        self.hasher.hash_one(key)
    }

    pub(super) fn read(&self, shard: usize) -> RwLockReadGuard<'_, Rows<R>> {
        self.shards.read(shard)
    }

    pub(super) fn write(&self, shard: usize) -> RwLockWriteGuard<'_, Rows<R>> {
        self.shards.write(shard)
    }

    /// Puts a row into `rows`, the shard of its hash.
    pub(super) fn place(&self, rows: &mut Rows<R>, hash: u64, row: Arc<R::Stored>) {
        rows.put(hash, row, |row| self.hash(row.row_key()));
    }
}

impl<R: Row> Default for Table<R> {
    fn default() -> Self {
        Self { hasher: RandomState::default(), shards: Shards::default() }
    }
}

impl<R: Row> fmt::Debug for Table<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    use super::*;

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    struct Word(String, u32);

    impl Row for Word {
        type Key = String;
        type Stored = Self;

        fn key(&self) -> &String {
            &self.0
        }
    }

    #[test]
    fn a_key_has_one_row_however_many_there_are() {
        let table = Table::<Word>::default();
        for times in [1, 2] {
            (0..1000).for_each(|n| table.put(Word(format!("w{n}"), times)));
        }

        assert_eq!(table.rows().len(), 1000);
        assert_eq!(table.get(&"w7".to_owned()).map(|word| word.1), Some(2));
        assert_eq!(table.get(&"none".to_owned()), None);
    }
}
