//! Rows that are changed by deltas.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use elsa::FrozenMap;
use foldhash::fast::RandomState;

use super::any_table::{AnyTable, InvalidRow, TableCommit, TableTransaction};
use super::locks::ShardLocks;
use super::read_set::ReadSet;
use super::row::{Row, UnreadableRow};
use super::shards::ShardSet;
use super::table::Table;

/// A row of a [`MergeTable`]. It exists while it is not empty.
pub(crate) trait MergeRow: Row<Stored = Self> {
    /// A change; the order in which changes are merged does not matter.
    type Delta: Default;

    /// The row before any change.
    fn empty(key: Self::Key) -> Self;

    fn is_empty(&self) -> bool;

    fn merge(&mut self, delta: &Self::Delta);
}

/// Rows that nearly every transaction changes and few read, such as counters.
///
/// Changes commute, so a transaction that only changes a row does not read it, and does not conflict
/// with others that change it.
pub(crate) struct MergeTable<R: MergeRow>(Table<R>);

/// Reads and deltas of one transaction.
pub(crate) struct MergeTx<'t, R: MergeRow> {
    table: &'t Table<R>,
    reads: FrozenMap<R::Key, Box<Option<Arc<R>>>, RandomState>,
    deltas: BTreeMap<R::Key, R::Delta>,
}

/// The commit of a [`MergeTable`].
pub(crate) struct MergeCommit<'t, R: MergeRow> {
    table: &'t Table<R>,
    reads: ReadSet<R>,
    deltas: Vec<(u64, R::Key, R::Delta)>,
    locks: ShardLocks<'t, R>,
}

impl<R: MergeRow> MergeTable<R> {
    /// Stores a row outside of a transaction, in place of the one with the same key.
    pub(crate) fn put(&self, row: R) {
        self.0.put(row);
    }
}

impl<R: MergeRow> MergeTx<'_, R> {
    /// The row with the changes of this transaction.
    pub(crate) fn get(&self, key: &R::Key) -> R {
        let read = self.reads.get(key).unwrap_or_else(|| {
            let row = self.table.get_hashed(self.table.hash(key), key);
            self.reads.insert(key.clone(), Box::new(row))
        });
        let mut row = read.as_deref().cloned().unwrap_or_else(|| R::empty(key.clone()));
        self.deltas.get(key).into_iter().for_each(|delta| row.merge(delta));
        row
    }

    /// The change of this transaction to a row.
    pub(crate) fn delta(&mut self, key: R::Key) -> &mut R::Delta {
        self.deltas.entry(key).or_default()
    }
}

impl<'t, R: MergeRow> TableTransaction for MergeTx<'t, R> {
    type Commit = MergeCommit<'t, R>;

    fn unreadable(&self) -> Option<&UnreadableRow> {
        None
    }

    #[cfg(test)]
    fn touched(self) -> usize {
        let reads = self.reads.into_map();
        let only_changed = self.deltas.keys().filter(|key| !reads.contains_key(*key)).count();
        reads.len() + only_changed
    }

    fn finish(self, writes: bool) -> Option<MergeCommit<'t, R>> {
        let Self { table, reads: seen, deltas } = self;
        let seen = seen.into_map();
        if seen.is_empty() && deltas.is_empty() {
            return None;
        }
        let mut reads = ReadSet::default();
        for (key, row) in seen {
            reads.push(table.hash(&key), key, *row);
        }
        let deltas = deltas.into_iter().filter(|_| writes);
        let deltas = deltas.map(|(key, delta)| (table.hash(&key), key, delta)).collect();
        Some(MergeCommit { table, reads, deltas, locks: ShardLocks::none() })
    }
}

impl<R: MergeRow> TableCommit for MergeCommit<'_, R> {
    fn lock(&mut self) {
        let mut writes = ShardSet::default();
        self.deltas.iter().for_each(|(hash, ..)| writes.insert(*hash));
        self.locks = ShardLocks::lock(self.table, self.reads.shards(), writes);
    }

    fn validate(&self) -> bool {
        self.reads.validate(&self.locks)
    }

    fn has_writes(&self) -> bool {
        !self.deltas.is_empty()
    }

    fn apply(&mut self) {
        for (hash, key, delta) in std::mem::take(&mut self.deltas) {
            let rows = self.locks.rows_mut(hash).expect("shards of writes are locked for writing");
            if let Some(row) = rows.find_mut(hash, &key) {
                // A copy only while a reader or a snapshot shares the row.
                let row = Arc::make_mut(row);
                row.merge(&delta);
                if row.is_empty() {
                    rows.remove(hash, &key);
                }
            } else {
                let mut row = R::empty(key);
                row.merge(&delta);
                if !row.is_empty() {
                    self.table.place(rows, hash, Arc::new(row));
                }
            }
        }
    }
}

impl<R: MergeRow> Default for MergeTable<R> {
    fn default() -> Self {
        Self(Table::default())
    }
}

impl<R: MergeRow> AnyTable for MergeTable<R> {
    type Transaction<'t>
        = MergeTx<'t, R>
    where
        R: 't;
    type Captured = Vec<Arc<R>>;
    type Image = BTreeMap<R::Key, Arc<R>>;

    fn begin(&self) -> MergeTx<'_, R> {
        MergeTx { table: &self.0, reads: FrozenMap::default(), deltas: BTreeMap::new() }
    }

    fn capture(&self) -> Self::Captured {
        self.0.capture()
    }

    fn image(captured: Self::Captured) -> Self::Image {
        Table::<R>::image(captured)
    }

    fn check(image: &Self::Image) -> Result<(), InvalidRow> {
        Table::<R>::check(image)
    }

    fn fill(&self, image: Self::Image) {
        self.0.fill(image);
    }
}

impl<R: MergeRow> fmt::Debug for MergeTable<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MergeTable").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    use super::*;

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    struct Visits {
        page: String,
        count: i64,
    }

    impl Row for Visits {
        type Key = String;
        type Stored = Self;

        fn key(&self) -> &String {
            &self.page
        }
    }

    impl MergeRow for Visits {
        type Delta = i64;

        fn empty(page: String) -> Self {
            Self { page, count: 0 }
        }

        fn is_empty(&self) -> bool {
            self.count == 0
        }

        fn merge(&mut self, delta: &i64) {
            self.count += delta;
        }
    }

    fn commit(transaction: MergeTx<'_, Visits>) -> bool {
        let mut commit = transaction.finish(true).expect("it touched a row");
        commit.lock();
        let is_valid = commit.validate();
        if is_valid {
            commit.apply();
        }
        is_valid
    }

    #[test]
    fn changes_do_not_conflict_with_each_other_but_with_reads() {
        let table = MergeTable::<Visits>::default();
        let key = || "home".to_owned();
        let (mut one, mut other, reader) = (table.begin(), table.begin(), table.begin());
        assert_eq!(reader.get(&key()).count, 0);
        *one.delta(key()) += 1;
        *other.delta(key()) += 2;
        assert_eq!(other.get(&key()).count, 2);

        assert!(commit(one));
        assert!(!commit(other), "it read what the first one changed");
        let mut blind = table.begin();
        *blind.delta(key()) += 4;
        assert!(commit(blind));

        assert_eq!(table.begin().get(&key()).count, 5);
        assert!(!commit(reader));
    }

    #[test]
    fn rows_that_are_empty_again_are_removed() {
        let table = MergeTable::<Visits>::default();
        for delta in [3, -3] {
            let mut transaction = table.begin();
            *transaction.delta("home".to_owned()) += delta;
            assert!(commit(transaction));
        }

        assert!(table.capture().is_empty());
    }
}
