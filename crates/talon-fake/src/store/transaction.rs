//! A [`Table`] within a transaction, and its commit.

use std::cell::OnceCell;
use std::sync::Arc;

use elsa::FrozenMap;

use super::UnreadableRow;
use super::shards::{ShardLocks, ShardSet};
use super::table::{Row, Stored as _, Table, find};
use super::tables::{TableCommit, TableTransaction};

/// Reads and writes of one transaction in a table. Reads are repeatable, and see the writes of the
/// transaction.
pub(crate) struct TableTx<'t, R: Row> {
    table: &'t Table<R>,
    entries: FrozenMap<R::Key, Box<Entry<R>>>,
    unreadable: OnceCell<UnreadableRow>,
}

/// A row that the transaction read or wrote.
struct Entry<R: Row> {
    hash: u64,
    /// What the table had when the row was first read; `None` while it was not read.
    read: Option<Option<Arc<R::Stored>>>,
    /// The row as the transaction sees it.
    row: Option<R>,
    is_written: bool,
}

/// The commit of a table: the read set is validated, the write set applied.
pub(crate) struct RowsCommit<'t, R: Row> {
    table: &'t Table<R>,
    reads: ReadSet<R>,
    writes: WriteSet<R>,
    locks: ShardLocks<'t, R>,
}

/// The rows that a transaction read, and the absence of rows.
pub(super) struct ReadSet<R: Row>(Vec<ReadRow<R>>);

struct ReadRow<R: Row> {
    hash: u64,
    key: R::Key,
    row: Option<Arc<R::Stored>>,
}

/// The rows that a transaction wrote, each with its hash.
struct WriteSet<R: Row>(Vec<(u64, Arc<R::Stored>)>);

impl<'t, R: Row> TableTx<'t, R> {
    pub(super) fn new(table: &'t Table<R>) -> Self {
        Self { table, entries: FrozenMap::new(), unreadable: OnceCell::new() }
    }

    pub(crate) fn get(&self, key: &R::Key) -> Option<&R> {
        self.entry(key).row.as_ref()
    }

    /// The row, to be changed.
    pub(crate) fn get_mut(&mut self, key: &R::Key) -> Option<&mut R> {
        self.entry(key);
        let entry = self.entries.as_mut().get_mut(key)?;
        entry.is_written = entry.row.is_some();
        entry.row.as_mut()
    }

    /// Takes the row out without a copy. The caller puts one with the same key in its place.
    pub(crate) fn take(&mut self, key: &R::Key) -> Option<R> {
        self.entry(key);
        self.entries.as_mut().get_mut(key)?.row.take()
    }

    /// Writes a row, and returns it as it is stored in the transaction.
    pub(crate) fn put(&mut self, row: R) -> &mut R {
        let (key, hash) = (row.key().clone(), self.table.hash(row.key()));
        let entries = self.entries.as_mut();
        let entry = entries.entry(key).or_insert_with(|| Box::new(Entry::unread(hash)));
        entry.is_written = true;
        entry.row.insert(row)
    }

    fn entry(&self, key: &R::Key) -> &Entry<R> {
        match self.entries.get(key) {
            Some(entry) => entry,
            None => self.entries.insert(key.clone(), Box::new(self.read(key))),
        }
    }

    fn read(&self, key: &R::Key) -> Entry<R> {
        let hash = self.table.hash(key);
        let read = self.table.get_hashed(hash, key);
        let row = read.as_deref().map(R::Stored::decode).transpose().unwrap_or_else(|unreadable| {
            self.unreadable.get_or_init(|| unreadable);
            None
        });
        Entry { hash, read: Some(read), row, is_written: false }
    }
}

impl<R: Row> Entry<R> {
    fn unread(hash: u64) -> Self {
        Self { hash, read: None, row: None, is_written: false }
    }
}

impl<'t, R: Row> TableTransaction for TableTx<'t, R> {
    type Commit = RowsCommit<'t, R>;

    fn unreadable(&self) -> Option<&UnreadableRow> {
        self.unreadable.get()
    }

    fn finish(self, writes: bool) -> RowsCommit<'t, R> {
        let (mut read_set, mut write_set) = (ReadSet::default(), WriteSet(Vec::new()));
        for (key, entry) in self.entries.into_map() {
            let Entry { hash, read, row, is_written } = *entry;
            if let Some(row) = row.filter(|_| writes && is_written) {
                write_set.0.push((hash, Arc::new(R::Stored::encode(row))));
            }
            if let Some(row) = read {
                read_set.push(hash, key, row);
            }
        }
        RowsCommit {
            table: self.table,
            reads: read_set,
            writes: write_set,
            locks: ShardLocks::none(),
        }
    }
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
            let now = locks.rows(read.hash).and_then(|rows| find::<R>(rows, read.hash, &read.key));
            now.map(Arc::as_ptr) == read.row.as_ref().map(Arc::as_ptr)
        })
    }
}

impl<R: Row> TableCommit for RowsCommit<'_, R> {
    fn lock(&mut self) {
        let mut writes = ShardSet::default();
        self.writes.0.iter().for_each(|(hash, _)| writes.insert(*hash));
        self.locks = ShardLocks::lock(self.table, self.reads.shards(), writes);
    }

    fn validate(&self) -> bool {
        self.reads.validate(&self.locks)
    }

    fn has_writes(&self) -> bool {
        !self.writes.0.is_empty()
    }

    fn apply(&mut self) {
        for (hash, row) in std::mem::take(&mut self.writes.0) {
            let rows = self.locks.rows_mut(hash).expect("shards of writes are locked for writing");
            self.table.place(rows, hash, row);
        }
    }
}
