//! One table as a transaction sees it.

use std::cell::OnceCell;
use std::sync::{Arc, RwLockReadGuard, RwLockWriteGuard};

use elsa::FrozenMap;

use super::UnreadableRow;
use super::table::{Row, Rows, SHARDS, Table, find, shard_of};

/// What a transaction read of a table, and what it wants to write there.
pub(crate) struct TableTx<'s, R: Row> {
    table: &'s Table<R>,
    entries: FrozenMap<R::Key, Box<Entry<R>>>,
    /// The first row that could not be read, and looked as if there was none.
    unreadable: OnceCell<UnreadableRow>,
}

/// A row that a transaction has to do with.
struct Entry<R: Row> {
    hash: u64,
    /// Whether it was read: that there was none may change as well.
    is_read: bool,
    /// The row as it was read first.
    read: Option<Arc<R::Stored>>,
    /// The row as it is here.
    row: Option<R>,
    is_written: bool,
}

/// A view at the end of its transaction.
pub(crate) struct TableCommit<'s, R: Row> {
    table: &'s Table<R>,
    read: Vec<Read<R>>,
    written: Vec<(u64, Arc<R::Stored>)>,
}

/// A row as it was read.
struct Read<R: Row> {
    hash: u64,
    key: R::Key,
    row: Option<Arc<R::Stored>>,
}

/// The shards of a table that a transaction has to do with, locked.
pub(crate) struct Locked<'s, R: Row>([Lock<'s, R>; SHARDS]);

enum Lock<'s, R: Row> {
    None,
    Read(RwLockReadGuard<'s, Rows<R>>),
    Write(RwLockWriteGuard<'s, Rows<R>>),
}

impl<'s, R: Row> TableTx<'s, R> {
    pub(crate) fn new(table: &'s Table<R>) -> Self {
        Self { table, entries: FrozenMap::new(), unreadable: OnceCell::new() }
    }

    pub(crate) fn get(&self, key: &R::Key) -> Option<&R> {
        self.entry(key).row.as_ref()
    }

    /// The row, to be changed here.
    pub(crate) fn get_mut(&mut self, key: &R::Key) -> Option<&mut R> {
        self.entry(key);
        let entry = self.entries.as_mut().get_mut(key)?;
        entry.is_written = entry.row.is_some();
        entry.row.as_mut()
    }

    /// Takes the row out, as if there was none; for who puts another there.
    pub(crate) fn take(&mut self, key: &R::Key) -> Option<R> {
        self.entry(key);
        self.entries.as_mut().get_mut(key)?.row.take()
    }

    pub(crate) fn put(&mut self, row: R) -> &mut R {
        let (key, hash) = (row.key().clone(), self.table.hash(row.key()));
        let entries = self.entries.as_mut();
        let entry = entries.entry(key).or_insert_with(|| Box::new(Entry::unread(hash)));
        entry.is_written = true;
        entry.row.insert(row)
    }

    /// What there is of a key, read when it was not yet.
    fn entry(&self, key: &R::Key) -> &Entry<R> {
        match self.entries.get(key) {
            Some(entry) => entry,
            None => self.entries.insert(key.clone(), Box::new(self.read(key))),
        }
    }

    fn read(&self, key: &R::Key) -> Entry<R> {
        let hash = self.table.hash(key);
        let read = self.table.get_hashed(hash, key);
        let row = read.as_deref().map(R::decode).transpose().unwrap_or_else(|unreadable| {
            self.unreadable.get_or_init(|| unreadable);
            None
        });
        Entry { hash, is_read: true, read, row, is_written: false }
    }

    /// The first row that could not be read.
    pub(crate) fn unreadable(&self) -> Option<&UnreadableRow> {
        self.unreadable.get()
    }

    /// What was read, and what was written unless that shall be dropped.
    pub(crate) fn finish(self, writes: bool) -> TableCommit<'s, R> {
        let (mut read, mut written) = (Vec::new(), Vec::new());
        for (key, entry) in self.entries.into_map() {
            let Entry { hash, is_read, read: seen, row, is_written } = *entry;
            if let Some(row) = row.filter(|_| writes && is_written) {
                written.push((hash, Arc::new(row.encode())));
            }
            if is_read {
                read.push(Read { hash, key, row: seen });
            }
        }
        TableCommit { table: self.table, read, written }
    }
}

impl<R: Row> Entry<R> {
    fn unread(hash: u64) -> Self {
        Self { hash, is_read: false, read: None, row: None, is_written: false }
    }
}

impl<'s, R: Row> TableCommit<'s, R> {
    pub(crate) fn writes(&self) -> bool {
        !self.written.is_empty()
    }

    /// Locks what was read and written, shard by shard: the order in which all do it.
    pub(crate) fn lock(&self) -> Locked<'s, R> {
        let (mut read, mut written) = ([false; SHARDS], [false; SHARDS]);
        self.read.iter().for_each(|seen| read[shard_of(seen.hash)] = true);
        self.written.iter().for_each(|(hash, _)| written[shard_of(*hash)] = true);
        Locked(std::array::from_fn(|shard| match (written[shard], read[shard]) {
            (true, _) => Lock::Write(self.table.write(shard)),
            (false, true) => Lock::Read(self.table.read(shard)),
            (false, false) => Lock::None,
        }))
    }

    /// Whether everything that was read is still so.
    pub(crate) fn validate(&self, locked: &Locked<'s, R>) -> bool {
        self.read.iter().all(|seen| {
            let rows = locked.rows(shard_of(seen.hash));
            let now = rows.and_then(|rows| find::<R>(rows, seen.hash, &seen.key));
            now.map(Arc::as_ptr) == seen.row.as_ref().map(Arc::as_ptr)
        })
    }

    pub(crate) fn apply(self, locked: &mut Locked<'s, R>) {
        for (hash, row) in self.written {
            if let Lock::Write(rows) = &mut locked.0[shard_of(hash)] {
                self.table.place(rows, hash, row);
            }
        }
    }
}

impl<R: Row> Locked<'_, R> {
    fn rows(&self, shard: usize) -> Option<&Rows<R>> {
        match &self.0[shard] {
            Lock::Read(rows) => Some(rows),
            Lock::Write(rows) => Some(rows),
            Lock::None => None,
        }
    }
}
