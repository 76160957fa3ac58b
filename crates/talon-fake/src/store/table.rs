//! Rows by their keys.

use std::collections::BTreeMap;
use std::fmt;
use std::hash::{BuildHasher as _, Hash, RandomState};
use std::sync::{Arc, RwLockReadGuard, RwLockWriteGuard};

use hashbrown::HashTable;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::UnreadableRow;
use super::shards::{Shards, shard_of};
use super::tables::{AnyTable, InvalidRow};
use super::transaction::TableTx;
use crate::nesting::{self, MAX_ROW_LEVELS};

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

/// Rows by their keys, in shards that are locked one by one.
pub(crate) struct Table<R: Row> {
    hasher: RandomState,
    shards: Shards<Rows<R>>,
}

/// The rows of a shard.
pub(super) type Rows<R> = HashTable<Arc<<R as Row>::Stored>>;

impl<R: Row> Table<R> {
    /// The row as it is now; `None` too when it cannot be read. Locks its shard while it looks.
    pub(crate) fn get(&self, key: &R::Key) -> Option<R> {
        self.get_hashed(self.hash(key), key)?.decode().ok()
    }

    pub(super) fn get_hashed(&self, hash: u64, key: &R::Key) -> Option<Arc<R::Stored>> {
        find::<R>(&self.read(shard_of(hash)), hash, key).cloned()
    }

    /// Stores a row outside of a transaction, in place of the one with the same key.
    pub(crate) fn put(&self, row: R) {
        self.put_stored(Arc::new(R::Stored::encode(row)));
    }

    fn put_stored(&self, row: Arc<R::Stored>) {
        let hash = self.hash(row.row_key());
        self.place(&mut self.write(shard_of(hash)), hash, row);
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
        match rows.find_mut(hash, |known| known.row_key() == row.row_key()) {
            Some(known) => *known = row,
            None => drop(rows.insert_unique(hash, row, |row| self.hash(row.row_key()))),
        }
    }
}

pub(super) fn find<'r, R: Row>(
    rows: &'r Rows<R>,
    hash: u64,
    key: &R::Key,
) -> Option<&'r Arc<R::Stored>> {
    rows.find(hash, |row| row.row_key() == key)
}

impl<R: Row> Default for Table<R> {
    fn default() -> Self {
        Self { hasher: RandomState::new(), shards: Shards::default() }
    }
}

impl<R: Row> AnyTable for Table<R> {
    type Transaction<'t>
        = TableTx<'t, R>
    where
        R: 't;
    type Captured = Vec<Arc<R::Stored>>;
    type Image = BTreeMap<R::Key, Arc<R::Stored>>;

    fn begin(&self) -> TableTx<'_, R> {
        TableTx::new(self)
    }

    fn capture(&self) -> Self::Captured {
        self.shards.iter().flat_map(|shard| shard.iter().cloned().collect::<Vec<_>>()).collect()
    }

    fn image(captured: Self::Captured) -> Self::Image {
        captured.into_iter().map(|row| (row.row_key().clone(), row)).collect()
    }

    fn check(image: &Self::Image) -> Result<(), InvalidRow> {
        for (key, row) in image {
            if row.row_key() != key {
                return Err(InvalidRow::new(key, format!("it is the row of {}", row.row_key())));
            }
            if row.levels().is_some_and(|levels| levels > MAX_ROW_LEVELS) {
                let reason = format!("a row nests {MAX_ROW_LEVELS} levels deep at most");
                return Err(InvalidRow::new(key, reason));
            }
        }
        Ok(())
    }

    fn fill(&self, image: Self::Image) {
        image.into_values().for_each(|row| self.put_stored(row));
    }
}

impl<R: Row> fmt::Debug for Table<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

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

        assert_eq!(table.capture().len(), 1000);
        assert_eq!(table.get(&"w7".to_owned()).map(|word| word.1), Some(2));
        assert_eq!(table.get(&"none".to_owned()), None);
    }

    #[test]
    fn a_row_under_the_key_of_another_is_invalid() {
        let row = Arc::new(Word("ben".to_owned(), 1));
        let image = [("anna".to_owned(), row)].into();

        let error = Table::<Word>::check(&image).unwrap_err();

        assert_eq!((error.key.as_str(), error.reason.as_str()), ("anna", "it is the row of ben"));
    }
}
