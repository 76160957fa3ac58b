//! Tiers of loyalty programs.

use std::fmt;

use serde::{Deserialize, Serialize};
use talon_core::{Amount, Timestamp};

use super::{DowngradePolicy, LoyaltyProgram, TierExpirationPolicy};
use crate::rules::Period;
use crate::world::instant;

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

    /// Sets its id; the position among the tiers unless set.
    #[must_use]
    pub fn id(mut self, id: i64) -> Self {
        self.id = Some(id);
        self
    }
}

impl LoyaltyProgram {
    /// Adds a tier.
    #[must_use]
    pub fn tier(mut self, tier: LoyaltyTier) -> Self {
        self.tiers.push(tier);
        self
    }

    /// Sets what the expiry of tiers is counted from.
    #[must_use]
    pub fn tiers_expiration_policy(mut self, policy: TierExpirationPolicy) -> Self {
        self.tiers_expiration_policy = policy;
        self
    }

    /// Sets the start of the first cycle of tiers: a [time](crate::world#times).
    #[must_use]
    #[track_caller]
    pub fn tier_cycle_start_date(
        mut self,
        at: impl TryInto<Timestamp, Error: fmt::Display>,
    ) -> Self {
        self.tier_cycle_start_date = Some(instant(at));
        self
    }

    /// Sets how long tiers last: a whole number of days, weeks, months or years.
    #[must_use]
    pub fn tiers_expire_in(mut self, duration: Period) -> Self {
        self.tiers_expire_in = Some(duration);
        self
    }

    /// Sets the attribute of the profile with the expiry of its tiers.
    #[must_use]
    pub fn tiers_expiration_attribute(mut self, name: impl Into<String>) -> Self {
        self.tiers_expiration_attribute = Some(name.into());
        self
    }

    /// Sets the tier that follows one that expires.
    #[must_use]
    pub fn tiers_downgrade_policy(mut self, policy: DowngradePolicy) -> Self {
        self.tiers_downgrade_policy = policy;
        self
    }
}
