//! Loyalty programs as they are in use.

use std::ops::Deref;

use talon_core::Timestamp;

use super::PointsDates;
use crate::world::{JoinPolicy, LoyaltyProgram, LoyaltyTier};
use crate::zone::Zone;

/// A loyalty program with its time zone; never changes.
#[derive(Debug)]
pub(crate) struct StoredProgram {
    /// Its tiers are sorted, the lowest first, and have ids.
    program: LoyaltyProgram,
    pub(crate) zone: Zone,
}

impl StoredProgram {
    pub(super) fn new(program: &LoyaltyProgram) -> Self {
        let mut program = program.clone();
        for (tier, position) in program.tiers.iter_mut().zip(1..) {
            tier.id.get_or_insert(position);
        }
        program.tiers.sort_by_key(|tier| tier.min_points);
        let zone = Zone::named(&program.time_zone).unwrap_or_default();
        Self { program, zone }
    }

    /// When points make their customer join; never where the policy says so.
    pub(crate) fn join_date(&self, dates: &PointsDates, now: Timestamp) -> Option<Timestamp> {
        match self.program_join_policy {
            JoinPolicy::NotJoin => None,
            JoinPolicy::PointsEarned => Some(now),
            JoinPolicy::PointsActivated if dates.awaits_activation => None,
            JoinPolicy::PointsActivated => Some(dates.start.map_or(now, |start| start.max(now))),
        }
    }

    /// The tier above one, or the lowest one.
    pub(crate) fn next_tier(&self, rank: Option<usize>) -> Option<&LoyaltyTier> {
        self.tiers.get(rank.map_or(0, |rank| rank + 1))
    }
}

impl Deref for StoredProgram {
    type Target = LoyaltyProgram;

    fn deref(&self) -> &LoyaltyProgram {
        &self.program
    }
}
