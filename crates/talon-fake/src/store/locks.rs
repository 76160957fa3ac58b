//! The locks of a commit.

use std::sync::{RwLockReadGuard, RwLockWriteGuard};

use super::row::Row;
use super::rows::Rows;
use super::shards::{ShardSet, shard_of};
use super::table::Table;

/// The locks of a commit.
///
/// All commits lock tables in the order of their declaration and shards in ascending order, so that
/// they cannot deadlock.
pub(super) struct ShardLocks<'t, R: Row>(Vec<(usize, ShardLock<'t, R>)>);

enum ShardLock<'t, R: Row> {
    Read(RwLockReadGuard<'t, Rows<R>>),
    Write(RwLockWriteGuard<'t, Rows<R>>),
}

impl<'t, R: Row> ShardLocks<'t, R> {
    pub(super) fn none() -> Self {
        Self(Vec::new())
    }

    /// Locks the shards that are written exclusively, and those that are read shared.
    pub(super) fn lock(table: &'t Table<R>, reads: ShardSet, writes: ShardSet) -> Self {
        let lock = |shard| {
            if writes.contains(shard) {
                (shard, ShardLock::Write(table.write(shard)))
            } else {
                (shard, ShardLock::Read(table.read(shard)))
            }
        };
        Self(reads.union(writes).iter().map(lock).collect())
    }

    /// The rows of the shard of a hash, if it is locked.
    pub(super) fn rows(&self, hash: u64) -> Option<&Rows<R>> {
        let (_, lock) = self.0.iter().find(|(shard, _)| *shard == shard_of(hash))?;
        Some(match lock {
            ShardLock::Read(rows) => rows,
            ShardLock::Write(rows) => rows,
        })
    }

    /// The rows of the shard of a hash, if it is locked for writing.
    pub(super) fn rows_mut(&mut self, hash: u64) -> Option<&mut Rows<R>> {
        let (_, lock) = self.0.iter_mut().find(|(shard, _)| *shard == shard_of(hash))?;
        match lock {
            ShardLock::Read(_) => None,
            ShardLock::Write(rows) => Some(rows),
        }
    }
}
