//! One table as a transaction sees it.

use std::collections::HashMap;
use std::sync::{Arc, RwLockReadGuard, RwLockWriteGuard};

use elsa::FrozenMap;

use super::table::{Row, Rows, SHARDS, Table, find, shard_of};

/// What a transaction read of a table, and what it wants to write there.
pub(crate) struct View<'s, R: Row> {
    table: &'s Table<R>,
    read: FrozenMap<R::Key, Box<Option<Arc<R>>>>,
    written: HashMap<R::Key, Arc<R>>,
}

/// A view at the end of its transaction.
pub(super) struct Finished<'s, R: Row> {
    table: &'s Table<R>,
    read: Vec<Read<R>>,
    written: Vec<(u64, Arc<R>)>,
}

/// A row as it was read first; `None` where there was none, which may change as well.
struct Read<R: Row> {
    hash: u64,
    key: R::Key,
    row: Option<Arc<R>>,
}

/// The shards of a table that a transaction has to do with, locked.
pub(super) struct Locked<'s, R>([Lock<'s, R>; SHARDS]);

enum Lock<'s, R> {
    None,
    Read(RwLockReadGuard<'s, Rows<R>>),
    Write(RwLockWriteGuard<'s, Rows<R>>),
}

impl<'s, R: Row> View<'s, R> {
    pub(super) fn new(table: &'s Table<R>) -> Self {
        Self { table, read: FrozenMap::new(), written: HashMap::new() }
    }

    pub(super) fn get(&self, key: &R::Key) -> Option<&R> {
        match self.written.get(key) {
            Some(row) => Some(row),
            None => self.stored(key).map(|row| &**row),
        }
    }

    /// The row, to be changed here; it is copied on the first change.
    pub(super) fn get_mut(&mut self, key: &R::Key) -> Option<&mut R> {
        if !self.written.contains_key(key) {
            let row = Arc::clone(self.stored(key)?);
            self.written.insert(key.clone(), row);
        }
        self.written.get_mut(key).map(Arc::make_mut)
    }

    pub(super) fn put(&mut self, row: R) -> &mut R {
        let key = row.key().clone();
        Arc::make_mut(self.written.entry(key).insert_entry(Arc::new(row)).into_mut())
    }

    /// Keys of stored rows that fit; does not count as reading them.
    pub(super) fn keys(&self, fits: impl Fn(&R) -> bool) -> Vec<R::Key> {
        self.table.filter(fits).iter().map(|row| row.key().clone()).collect()
    }

    /// The row as it was when it was read first.
    fn stored(&self, key: &R::Key) -> Option<&Arc<R>> {
        let row = match self.read.get(key) {
            Some(row) => row,
            None => self.read.insert(key.clone(), Box::new(self.table.get(key))),
        };
        row.as_ref()
    }

    /// What was read, and what was written unless that shall be dropped.
    pub(super) fn finish(self, writes: bool) -> Finished<'s, R> {
        let table = self.table;
        let read = self.read.into_map().into_iter().map(|(key, row)| Read {
            hash: table.hash(&key),
            key,
            row: *row,
        });
        let written = self.written.into_iter().filter(|_| writes);
        let written = written.map(|(key, row)| (table.hash(&key), row));
        Finished { table, read: read.collect(), written: written.collect() }
    }
}

impl<'s, R: Row> Finished<'s, R> {
    pub(super) fn writes(&self) -> bool {
        !self.written.is_empty()
    }

    /// Locks what was read and written, shard by shard: the order in which all do it.
    pub(super) fn lock(&self) -> Locked<'s, R> {
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
    pub(super) fn still_holds(&self, locked: &Locked<'s, R>) -> bool {
        self.read.iter().all(|seen| {
            let rows = locked.rows(shard_of(seen.hash));
            let now = rows.and_then(|rows| find(rows, seen.hash, &seen.key));
            now.map(Arc::as_ptr) == seen.row.as_ref().map(Arc::as_ptr)
        })
    }

    pub(super) fn apply(self, locked: &mut Locked<'s, R>) {
        for (hash, row) in self.written {
            if let Lock::Write(rows) = &mut locked.0[shard_of(hash)] {
                self.table.place(rows, hash, row);
            }
        }
    }
}

impl<R> Locked<'_, R> {
    fn rows(&self, shard: usize) -> Option<&Rows<R>> {
        match &self.0[shard] {
            Lock::Read(rows) => Some(rows),
            Lock::Write(rows) => Some(rows),
            Lock::None => None,
        }
    }
}
