//! Awarded giveaways.

use serde::{Deserialize, Serialize};

use crate::store::Row;

/// How many codes of a pool are awarded: the first ones, in the order of the pool.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AwardedCodes {
    pub(crate) pool: i64,
    pub(crate) count: usize,
}

impl Row for AwardedCodes {
    type Key = i64;
    type Stored = Self;

    fn key(&self) -> &i64 {
        &self.pool
    }
}
