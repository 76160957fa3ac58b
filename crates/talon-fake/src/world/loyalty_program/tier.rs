//! Tiers of loyalty programs.

use serde::{Deserialize, Serialize};
use talon_core::Amount;

/// A tier of a loyalty program.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LoyaltyTier {
    /// Its id; the position among the tiers unless given, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<i64>,
    /// Its name.
    pub name: String,
    /// Active points that it needs, 0 to 999 999 999 999.99.
    pub min_points: Amount,
}

impl LoyaltyTier {
    /// A tier for customers with this many active points.
    pub fn new(name: impl Into<String>, min_points: impl Into<Amount>) -> Self {
        Self { id: None, name: name.into(), min_points: min_points.into() }
    }
}
