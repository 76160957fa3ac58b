//! A [`Table`] within a transaction, and its commit.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use elsa::FrozenMap;
use foldhash::fast::RandomState;

use super::any_table::{AnyTable, InvalidRow, TableCommit, TableTransaction};
use super::locks::ShardLocks;
use super::read_set::ReadSet;
use super::row::{Row, Stored as _, UnreadableRow};
use super::table::Table;
use super::write_set::WriteSet;
use crate::nesting::MAX_ROW_LEVELS;

mod entry;

use entry::{Entry, Read, Seen};

/// Reads and writes of one transaction in a table. Reads are repeatable, and see the writes of the
/// transaction.
pub(crate) struct TableTx<'t, R: Row> {
    table: &'t Table<R>,
    entries: FrozenMap<R::Key, Box<Entry<R>>, RandomState>,
    unreadable: OnceCell<UnreadableRow>,
}

/// The commit of a table: the read set is validated, the write set applied.
pub(crate) struct RowsCommit<'t, R: Row> {
    table: &'t Table<R>,
    reads: ReadSet<R>,
    writes: WriteSet<R>,
    locks: ShardLocks<'t, R>,
}

impl<'t, R: Row> TableTx<'t, R> {
    pub(super) fn new(table: &'t Table<R>) -> Self {
        Self { table, entries: FrozenMap::default(), unreadable: OnceCell::new() }
    }

    pub(crate) fn get(&self, key: &R::Key) -> Option<&R> {
        self.entry(key).row(&self.unreadable)
    }

    /// The row, to be changed.
    pub(crate) fn get_mut(&mut self, key: &R::Key) -> Option<&mut R> {
        let row = self.row_mut(key, Option::is_some)?;
        row.as_mut()
    }

    /// Takes the row out without a copy. The caller puts one with the same key in its place.
    pub(crate) fn take(&mut self, key: &R::Key) -> Option<R> {
        self.row_mut(key, |_| false)?.take()
    }

    /// Removes the row; returns whether there was one.
    pub(crate) fn remove(&mut self, key: &R::Key) -> bool {
        self.row_mut(key, Option::is_some).is_some_and(|row| row.take().is_some())
    }

    /// Writes a row, and returns it as it is stored in the transaction.
    pub(crate) fn put(&mut self, row: R) -> &mut R {
        let entry = self.written(row.key());
        (entry.seen, entry.row) = (Seen::Row, OnceCell::from(Some(row)));
        entry.row.get_mut().and_then(Option::as_mut).expect("the row was put")
    }

    /// The row, without a note that it was read. The caller has read another row, which changes
    /// whenever this one does; so many rows can be looked at.
    pub(crate) fn peek(&self, key: &R::Key) -> Option<R> {
        match self.entries.get(key) {
            Some(entry) => entry.row(&self.unreadable).cloned(),
            None => self.read(key).row(&self.unreadable).cloned(),
        }
    }

    fn entry(&self, key: &R::Key) -> &Entry<R> {
        match self.entries.get(key) {
            Some(entry) => entry,
            None => self.entries.insert(key.clone(), Box::new(self.read(key))),
        }
    }

    /// The place of the row. `writes` says by the row whether the transaction writes it.
    fn row_mut(
        &mut self,
        key: &R::Key,
        writes: impl FnOnce(&Option<R>) -> bool,
    ) -> Option<&mut Option<R>> {
        self.entry(key);
        let entry = self.entries.as_mut().get_mut(key)?;
        let row = entry.take_row(&self.unreadable);
        entry.is_written |= writes(&row);
        (entry.seen, entry.row) = (Seen::Row, OnceCell::from(row));
        entry.row.get_mut()
    }

    /// The entry of a row that is written.
    fn written(&mut self, key: &R::Key) -> &mut Entry<R> {
        let hash = self.table.hash(key);
        let entries = self.entries.as_mut();
        let entry = entries.entry(key.clone()).or_insert_with(|| Box::new(Entry::unread(hash)));
        entry.is_written = true;
        entry
    }

    fn read(&self, key: &R::Key) -> Entry<R> {
        let hash = self.table.hash(key);
        let read = self.table.get_hashed(hash, key).map_or(Read::Absent, Read::Row);
        Entry { read, ..Entry::unread(hash) }
    }
}

impl<'t, R: Row> TableTransaction for TableTx<'t, R> {
    type Commit = RowsCommit<'t, R>;

    fn unreadable(&self) -> Option<&UnreadableRow> {
        self.unreadable.get()
    }

    #[cfg(test)]
    fn touched(self) -> usize {
        self.entries.into_map().len()
    }

    fn finish(self, writes: bool) -> Option<RowsCommit<'t, R>> {
        let entries = self.entries.into_map();
        if entries.is_empty() {
            return None;
        }
        let (mut read_set, mut write_set) = (ReadSet::default(), WriteSet::default());
        for (key, entry) in entries {
            let Entry { hash, read, row, is_written, .. } = *entry;
            if writes && is_written {
                write_set.push(hash, &key, row.into_inner().flatten());
            }
            match read {
                Read::Unread => {}
                Read::Absent => read_set.push(hash, key, None),
                Read::Row(row) => read_set.push(hash, key, Some(row)),
            }
        }
        Some(RowsCommit {
            table: self.table,
            reads: read_set,
            writes: write_set,
            locks: ShardLocks::none(),
        })
    }
}

impl<R: Row> TableCommit for RowsCommit<'_, R> {
    fn lock(&mut self) {
        self.locks = ShardLocks::lock(self.table, self.reads.shards(), self.writes.shards());
    }

    fn validate(&self) -> bool {
        self.reads.validate(&self.locks)
    }

    fn has_writes(&self) -> bool {
        !self.writes.is_empty()
    }

    fn apply(&mut self) {
        std::mem::take(&mut self.writes).apply(self.table, &mut self.locks);
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
        self.rows()
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
        self.put_image(image.into_values());
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

    fn commit(transaction: TableTx<'_, Word>, writes: bool) -> bool {
        let Some(mut commit) = transaction.finish(writes) else { return true };
        commit.lock();
        let is_valid = commit.validate();
        if is_valid {
            commit.apply();
        }
        is_valid
    }

    #[test]
    fn a_read_conflicts_with_a_write_and_the_absence_of_a_row_with_its_creation() {
        let table = Table::<Word>::default();
        let (anna, ben) = ("anna".to_owned(), "ben".to_owned());
        let (reader, mut writer, mut dry) = (table.begin(), table.begin(), table.begin());
        assert_eq!(reader.get(&anna), None);
        writer.put(Word(anna.clone(), 1));
        dry.put(Word(ben.clone(), 1));

        assert!(commit(dry, false) && table.get(&ben).is_none());
        assert!(commit(writer, true));
        assert!(!commit(reader, true));

        let (reader, mut writer) = (table.begin(), table.begin());
        assert_eq!(reader.get(&anna).map(|word| word.1), Some(1));
        writer.get_mut(&anna).unwrap().1 = 2;
        assert!(commit(writer, true));
        assert!(!commit(reader, true));
        assert_eq!(table.get(&anna).map(|word| word.1), Some(2));
    }

    #[test]
    fn a_row_is_removed_at_the_commit_and_may_be_put_again() {
        let table = Table::<Word>::default();
        let anna = "anna".to_owned();
        table.put(Word(anna.clone(), 1));
        let (reader, mut remover, mut dry) = (table.begin(), table.begin(), table.begin());
        assert!(reader.get(&anna).is_some());
        assert_eq!(remover.peek(&anna), Some(Word(anna.clone(), 1)));

        assert!(dry.remove(&anna) && !dry.remove(&anna));
        assert!(commit(dry, false) && table.get(&anna).is_some());
        assert!(remover.remove(&anna) && remover.get(&anna).is_none());
        assert!(remover.get_mut(&anna).is_none() && remover.peek(&anna).is_none());
        assert!(commit(remover, true) && table.get(&anna).is_none());
        assert!(!commit(reader, true));

        let mut writer = table.begin();
        assert!(!writer.remove(&anna));
        writer.put(Word(anna.clone(), 2));
        assert!(commit(writer, true));
        assert_eq!(table.get(&anna).map(|word| word.1), Some(2));
    }

    #[test]
    fn a_row_under_the_key_of_another_is_invalid() {
        let row = Arc::new(Word("ben".to_owned(), 1));
        let image = [("anna".to_owned(), row)].into();

        let error = Table::<Word>::check(&image).unwrap_err();

        assert_eq!((error.key.as_str(), error.reason.as_str()), ("anna", "it is the row of ben"));
    }
}
