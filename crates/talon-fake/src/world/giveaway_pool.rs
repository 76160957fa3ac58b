//! Pools of giveaways.

use serde::{Deserialize, Serialize};

use super::World;

mod code;

pub use code::GiveawayCode;

/// A pool of codes that rules award, each once and in order. Equal codes are different giveaways.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GiveawayPool {
    /// Its id.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The codes, in the order in which they are awarded. A code outside of its dates is not awarded.
    #[serde(default)]
    pub codes: Vec<GiveawayCode>,
}

impl GiveawayPool {
    /// A pool without codes.
    ///
    /// ```
    /// use talon_fake::world::{GiveawayCode, GiveawayPool};
    ///
    /// let tickets = GiveawayPool::new(3, "Tickets")
    ///     .code("T-1")
    ///     .code(GiveawayCode::new("T-2").ends("2026-06-01T00:00:00Z"));
    /// assert_eq!(tickets.codes.len(), 2);
    /// ```
    pub fn new(id: i64, name: impl Into<String>) -> Self {
        Self { id, name: name.into(), codes: Vec::new() }
    }

    /// Adds a code: its text, or a [`GiveawayCode`].
    #[must_use]
    pub fn code(mut self, code: impl Into<GiveawayCode>) -> Self {
        self.codes.push(code.into());
        self
    }
}

impl World {
    /// Adds a pool of giveaways.
    #[must_use]
    pub fn giveaway_pool(mut self, pool: GiveawayPool) -> Self {
        self.giveaway_pools.push(pool);
        self
    }

    /// Adds a pool of giveaways whose codes have neither dates nor attributes.
    #[must_use]
    pub fn giveaways(self, id: i64, name: impl Into<String>, codes: &[&str]) -> Self {
        let pool = GiveawayPool::new(id, name);
        self.giveaway_pool(codes.iter().copied().fold(pool, GiveawayPool::code))
    }
}
