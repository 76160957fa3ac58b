//! Shards of a table, each with a lock.

use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::table::{Row, Rows, Table};

/// How many shards a table has: more than cores, and few enough for ten thousand small worlds.
const SHARDS: usize = 16;

/// The shards of a table.
#[derive(Default)]
pub(super) struct Shards<T>([RwLock<T>; SHARDS]);

/// Which shards a commit has to lock, a bit each.
#[derive(Clone, Copy, Default)]
pub(super) struct ShardSet(u16);

/// The locks of a commit.
///
/// All commits lock tables in the order of their declaration and shards in ascending order, so that
/// they cannot deadlock.
pub(super) struct ShardLocks<'t, R: Row>(Vec<(usize, ShardLock<'t, R>)>);

enum ShardLock<'t, R: Row> {
    Read(RwLockReadGuard<'t, Rows<R>>),
    Write(RwLockWriteGuard<'t, Rows<R>>),
}

/// The shard of a hash; other bits than those that the tables in the shards use first.
pub(super) fn shard_of(hash: u64) -> usize {
    usize::try_from((hash >> 48) % SHARDS as u64).unwrap_or(0)
}

// A panic leaves no shard half changed: writes are applied at the end of a transaction.
impl<T> Shards<T> {
    pub(super) fn read(&self, shard: usize) -> RwLockReadGuard<'_, T> {
        self.0[shard].read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn write(&self, shard: usize) -> RwLockWriteGuard<'_, T> {
        self.0[shard].write().unwrap_or_else(PoisonError::into_inner)
    }

    /// The shards one after another, each locked while it is looked at.
    pub(super) fn iter(&self) -> impl Iterator<Item = RwLockReadGuard<'_, T>> {
        (0..SHARDS).map(|shard| self.read(shard))
    }
}

impl ShardSet {
    pub(super) fn insert(&mut self, hash: u64) {
        self.0 |= 1 << shard_of(hash);
    }

    fn contains(self, shard: usize) -> bool {
        self.0 & (1 << shard) != 0
    }
}

impl<'t, R: Row> ShardLocks<'t, R> {
    pub(super) fn none() -> Self {
        Self(Vec::new())
    }

    /// Locks the shards that are written exclusively, and those that are read shared.
    pub(super) fn lock(table: &'t Table<R>, reads: ShardSet, writes: ShardSet) -> Self {
        let locks = (0..SHARDS).filter_map(|shard| {
            if writes.contains(shard) {
                Some((shard, ShardLock::Write(table.write(shard))))
            } else {
                reads.contains(shard).then(|| (shard, ShardLock::Read(table.read(shard))))
            }
        });
        Self(locks.collect())
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::hash::{BuildHasher as _, RandomState};

    use super::*;

    #[test]
    fn keys_spread_over_all_shards() {
        let hasher = RandomState::new();

        let used: BTreeSet<_> = (0..1000).map(|n| shard_of(hasher.hash_one(n))).collect();

        assert_eq!(used.len(), SHARDS);
    }
}
