//! Pools of giveaways.

use serde::{Deserialize, Serialize};

use super::World;

/// A pool of codes that rules award, each once and in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GiveawayPool {
    /// Its id.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The codes, in the order in which they are awarded.
    #[serde(default)]
    pub codes: Vec<String>,
}

impl World {
    /// Adds a pool of giveaways.
    #[must_use]
    pub fn giveaways(mut self, id: i64, name: impl Into<String>, codes: &[&str]) -> Self {
        let codes = codes.iter().map(|code| (*code).to_owned()).collect();
        self.giveaway_pools.push(GiveawayPool { id, name: name.into(), codes });
        self
    }
}
