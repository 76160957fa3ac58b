//! Shards of a table, each with a lock.

use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// How many shards a table has: more than cores, and few enough for ten thousand small worlds.
pub(super) const SHARDS: usize = 16;

/// The shards of a table.
#[derive(Default)]
pub(super) struct Shards<T>([RwLock<T>; SHARDS]);

/// Which shards a commit has to lock, a bit each.
#[derive(Clone, Copy, Default)]
pub(super) struct ShardSet(u16);

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

    pub(super) fn contains(self, shard: usize) -> bool {
        self.0 & (1 << shard) != 0
    }

    pub(super) fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The shards of the set, in ascending order. Most sets of a commit are empty.
    pub(super) fn iter(self) -> impl Iterator<Item = usize> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let shard = rest.trailing_zeros() as usize;
            rest &= rest.checked_sub(1)?;
            Some(shard)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::hash::BuildHasher as _;

    use foldhash::fast::RandomState;

    use super::*;

    #[test]
    fn a_set_lists_its_shards_in_order() {
        let set = |hashes: &[u64]| {
            let mut set = ShardSet::default();
            for shard in hashes {
                set.insert(shard << 48);
            }
            set
        };

        assert_eq!(set(&[]).iter().count(), 0);
        assert!(set(&[15, 0, 7]).union(set(&[7, 1])).iter().eq([0, 1, 7, 15]));
        assert!(set(&[7]).contains(7) && !set(&[7]).contains(8));
    }

    #[test]
    fn keys_spread_over_all_shards() {
        let hasher = RandomState::default();

        let used: BTreeSet<_> = (0..1000).map(|n| shard_of(hasher.hash_one(n))).collect();

        assert_eq!(used.len(), SHARDS);
    }
}
