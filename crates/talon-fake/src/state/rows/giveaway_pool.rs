//! Awarded giveaways.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::store::Row;

/// Which codes of a pool are awarded, by their positions in the pool.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct AwardedCodes {
    pub(crate) pool: i64,
    /// The first that is not awarded; all before it are.
    first_left: usize,
    /// Awarded ones behind it, which were valid before it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    behind: BTreeSet<usize>,
}

impl AwardedCodes {
    pub(crate) fn none_of(pool: i64) -> Self {
        Self { pool, ..Self::default() }
    }

    /// The positions that are not awarded, of a pool with this many codes.
    pub(crate) fn into_left(self, codes: usize) -> impl Iterator<Item = usize> {
        (self.first_left..codes).filter(move |position| !self.behind.contains(position))
    }

    pub(crate) fn award(&mut self, position: usize) {
        self.behind.insert(position);
        while self.behind.remove(&self.first_left) {
            self.first_left += 1;
        }
    }
}

impl Row for AwardedCodes {
    type Key = i64;
    type Stored = Self;

    fn key(&self) -> &i64 {
        &self.pool
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_awarded_is_not_left() {
        let mut awarded = AwardedCodes::none_of(1);
        awarded.award(2);
        assert_eq!(awarded.clone().into_left(4).collect::<Vec<_>>(), [0, 1, 3]);

        awarded.award(0);
        awarded.award(1);

        assert!(awarded.behind.is_empty());
        assert_eq!(awarded.into_left(4).collect::<Vec<_>>(), [3]);
    }
}
