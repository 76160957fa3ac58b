//! Limits of campaigns.

use talon_core::model::{LimitConfig, LimitEntity, LimitPeriod};

use super::{LARGEST_AMOUNT, check_amount, must_be_one_of};
use crate::rules::LIMITED_ACTIONS;
use crate::world::WorldError;

/// Refuses unknown words: a limit of an unknown action would never apply.
pub(super) fn check(place: &str, limit: &LimitConfig) -> Result<(), WorldError> {
    let action = limit.action.as_str();
    if !LIMITED_ACTIONS.contains(&action) {
        let reason = must_be_one_of(action, LIMITED_ACTIONS);
        return Err(WorldError::at(format!("{place}.action"), reason));
    }
    if let Some(index) = limit.entities.iter().position(|entity| !entity.is_known()) {
        let reason = must_be_one_of(limit.entities[index].as_str(), LimitEntity::KNOWN);
        return Err(WorldError::at(format!("{place}.entities[{index}]"), reason));
    }
    if let Some(period) = limit.period.as_ref().filter(|period| !period.is_known()) {
        let reason = must_be_one_of(period.as_str(), LimitPeriod::KNOWN);
        return Err(WorldError::at(format!("{place}.period"), reason));
    }
    check_amount(&format!("{place}.limit"), limit.limit, LARGEST_AMOUNT)
}
