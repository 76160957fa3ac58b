//! Rows by their keys, in shards with a lock each.

use std::fmt;
use std::hash::{BuildHasher as _, Hash, RandomState};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use hashbrown::HashTable;

use super::UnreadableRow;

/// How many shards a table has: more than cores, and few enough for ten thousand small worlds.
pub(crate) const SHARDS: usize = 16;

/// Something stored, which knows its own key.
///
/// A stored row never changes: a change puts another in its place, so that who holds one holds
/// something that once was, and two are the same only when they are the same allocation.
pub(crate) trait Row: Sized {
    type Key: Clone + fmt::Debug + Eq + Hash + Ord;
    /// The row as it is stored: what takes less room than what is worked with.
    type Stored;

    fn key(&self) -> &Self::Key;

    fn key_of(stored: &Self::Stored) -> &Self::Key;

    fn encode(self) -> Self::Stored;

    /// The row that is stored.
    ///
    /// # Errors
    /// When what is stored cannot be read back.
    fn decode(stored: &Self::Stored) -> Result<Self, UnreadableRow>;
}

/// Rows by their keys.
pub(crate) struct Table<R: Row> {
    hasher: RandomState,
    shards: [RwLock<Rows<R>>; SHARDS],
}

pub(crate) type Rows<R> = HashTable<Arc<<R as Row>::Stored>>;

impl<R: Row> Table<R> {
    pub(crate) fn new() -> Self {
        let shards = std::array::from_fn(|_| RwLock::new(HashTable::new()));
        Self { hasher: RandomState::new(), shards }
    }

    /// The row as it is now; locks its shard for as long as finding it takes. One that cannot be
    /// read is none.
    pub(crate) fn get(&self, key: &R::Key) -> Option<R> {
        R::decode(&*self.get_hashed(self.hash(key), key)?).ok()
    }

    pub(crate) fn get_hashed(&self, hash: u64, key: &R::Key) -> Option<Arc<R::Stored>> {
        find::<R>(&self.read(shard_of(hash)), hash, key).cloned()
    }

    /// Puts a row where the one with its key was.
    pub(crate) fn put(&self, row: R) {
        self.put_stored(Arc::new(row.encode()));
    }

    fn put_stored(&self, row: Arc<R::Stored>) {
        let hash = self.hash(R::key_of(&row));
        self.place(&mut self.write(shard_of(hash)), hash, row);
    }

    pub(crate) fn fill(&self, rows: impl Iterator<Item = Arc<R::Stored>>) {
        rows.for_each(|row| self.put_stored(row));
    }

    /// Rows that fit, in no order; of each shard at a moment of its own.
    pub(crate) fn filter(&self, fits: impl Fn(&R::Stored) -> bool) -> Vec<Arc<R::Stored>> {
        let mut found = Vec::new();
        for shard in 0..SHARDS {
            let rows = self.read(shard);
            found.extend(rows.iter().filter(|row| fits(row)).cloned());
        }
        found
    }

    pub(crate) fn hash(&self, key: &R::Key) -> u64 {
        self.hasher.hash_one(key)
    }

    pub(crate) fn read(&self, shard: usize) -> RwLockReadGuard<'_, Rows<R>> {
        self.shards[shard].read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn write(&self, shard: usize) -> RwLockWriteGuard<'_, Rows<R>> {
        self.shards[shard].write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a row into the shard of its hash.
    pub(crate) fn place(&self, rows: &mut Rows<R>, hash: u64, row: Arc<R::Stored>) {
        match rows.find_mut(hash, |known| R::key_of(known) == R::key_of(&row)) {
            Some(known) => *known = row,
            None => drop(rows.insert_unique(hash, row, |row| self.hash(R::key_of(row)))),
        }
    }
}

/// The shard of a hash: by bits that the tables within do not look at first.
pub(crate) fn shard_of(hash: u64) -> usize {
    usize::try_from((hash >> 48) % SHARDS as u64).unwrap_or(0)
}

pub(crate) fn find<'r, R: Row>(
    rows: &'r Rows<R>,
    hash: u64,
    key: &R::Key,
) -> Option<&'r Arc<R::Stored>> {
    rows.find(hash, |row| R::key_of(row) == key)
}

impl<R: Row> fmt::Debug for Table<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Debug, PartialEq)]
    struct Word(String, u32);

    impl Row for Word {
        type Key = String;
        type Stored = Self;

        fn key(&self) -> &String {
            &self.0
        }

        fn key_of(stored: &Self) -> &String {
            &stored.0
        }

        fn encode(self) -> Self {
            self
        }

        fn decode(stored: &Self) -> Result<Self, UnreadableRow> {
            Ok(stored.clone())
        }
    }

    #[test]
    fn a_key_has_one_row_however_many_there_are() {
        let words = |times| (0..1000).map(move |n| Arc::new(Word(format!("w{n}"), times)));

        let table = Table::<Word>::new();
        table.fill(words(1).chain(words(2)));

        assert_eq!(table.filter(|_| true).len(), 1000);
        assert_eq!(table.get(&"w7".to_owned()).map(|word| word.1), Some(2));
        assert_eq!(table.get(&"none".to_owned()), None);
    }

    #[test]
    fn rows_spread_over_all_shards() {
        let table = Table::<Word>::new();

        let shards = (0..1000).map(|n| shard_of(table.hash(&n.to_string())));

        let used: std::collections::BTreeSet<_> = shards.collect();
        assert_eq!(used.len(), SHARDS);
    }
}
