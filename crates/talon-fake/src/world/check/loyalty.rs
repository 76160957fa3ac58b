//! Loyalty programs, points that ledgers begin with, and memberships.

use std::collections::BTreeSet;

use talon_core::model::{PointsExpiryDate, PointsStartDate};
use talon_core::{Amount, LoyaltyProgramId};

use super::check_ids;
use crate::rules::Points;
use crate::time::can_be_shown;
use crate::world::{LedgerEntry, LoyaltyProgram, TierExpirationPolicy, World, WorldError};
use crate::zone::Zone;

/// Maximum number of characters of a subledger.
const MAX_SUBLEDGER: usize = 64;
/// Maximum number of characters of a reason.
const MAX_NAME: usize = 255;

pub(super) fn check(world: &World) -> Result<(), WorldError> {
    check_ids("loyaltyPrograms", world.loyalty_programs.iter().map(|program| program.id))?;
    for (index, program) in world.loyalty_programs.iter().enumerate() {
        check_program(&format!("loyaltyPrograms[{index}]"), program)?;
    }
    for (index, entry) in world.ledger_entries.iter().enumerate() {
        check_entry(world, &format!("ledgerEntries[{index}]"), entry)?;
    }
    let mut seen = BTreeSet::new();
    for (index, join) in world.joins.iter().enumerate() {
        let place = format!("joins[{index}]");
        let program = program(world, &format!("{place}.programId"), join.program_id)?;
        if program.card_based {
            return Err(WorldError::at(place + ".programId", "customers do not join cards"));
        }
        if join.profile_id.is_empty() {
            return Err(WorldError::at(place + ".profileId", "must not be empty"));
        }
        if !seen.insert((join.program_id, &join.profile_id)) {
            return Err(WorldError::at(place, "the profile joins the program twice"));
        }
        if join.join_date.is_some_and(|date| date > world.now || !can_be_shown(date)) {
            return Err(WorldError::at(place + ".joinDate", "must not be after the world's now"));
        }
    }
    Ok(())
}

fn check_program(place: &str, program: &LoyaltyProgram) -> Result<(), WorldError> {
    let at = |member: &str, reason: &str| Err(WorldError::at(format!("{place}.{member}"), reason));
    if Zone::named(&program.time_zone).is_none() {
        return at("timeZone", "must be an IANA name such as Europe/Berlin");
    }
    let mut seen = BTreeSet::new();
    let mut applications = program.subscribed_applications.iter().flatten();
    if let Some(index) = applications.position(|id| !seen.insert(id)) {
        return at(&format!("subscribedApplications[{index}]"), "is listed twice");
    }
    if program.users_per_card_limit < 0 {
        return at("usersPerCardLimit", "must be 0 or more");
    }
    if program.card_based && !program.tiers.is_empty() {
        return at("tiers", "a program of cards has none");
    }
    let (mut names, mut bounds, mut ids) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for (index, tier) in program.tiers.iter().enumerate() {
        let tier_at = |member: &str, reason| at(&format!("tiers[{index}].{member}"), reason);
        check_points(&format!("{place}.tiers[{index}].minPoints"), tier.min_points)?;
        if tier.name.is_empty() || !names.insert(&tier.name) {
            return tier_at("name", "must be a name of its own");
        }
        if !bounds.insert(tier.min_points) {
            return tier_at("minPoints", "another tier needs as many");
        }
        if !ids.insert(tier.id.unwrap_or_else(|| i64::try_from(index).unwrap_or(0) + 1)) {
            return tier_at("id", "another one has this id");
        }
    }
    if program.tiers_expire_in.is_some_and(|period| !period.is_of_whole_days()) {
        return at("tiersExpireIn", "must be a whole number of days, weeks, months or years");
    }
    match program.tiers_expiration_policy {
        TierExpirationPolicy::AbsoluteExpiration if program.tier_cycle_start_date.is_none() => {
            at("tierCycleStartDate", "is needed for absolute_expiration")
        }
        TierExpirationPolicy::CustomerAttribute if program.tiers_expiration_attribute.is_none() => {
            at("tiersExpirationAttribute", "is needed for customer_attribute")
        }
        _ => Ok(()),
    }
}

fn check_entry(world: &World, place: &str, entry: &LedgerEntry) -> Result<(), WorldError> {
    let at = |member: &str, reason: &str| Err(WorldError::at(format!("{place}.{member}"), reason));
    let program = program(world, &format!("{place}.programId"), entry.program_id)?;
    match (&entry.profile_id, &entry.card_identifier) {
        (Some(id), None) if id.is_empty() => return at("profileId", "must not be empty"),
        (Some(_), None) if program.card_based => {
            return at("profileId", "points of this program are on cards");
        }
        (None, Some(_)) if !program.card_based => {
            return at("cardIdentifier", "points of this program are on profiles");
        }
        (Some(_), None) | (None, Some(_)) => {}
        _ => return Err(WorldError::at(place, "needs either profileId or cardIdentifier")),
    }
    check_points(&format!("{place}.amount"), entry.amount)?;
    check_subledger(&format!("{place}.subledgerId"), program, &entry.subledger_id)?;
    if entry.name.chars().count() > MAX_NAME {
        return at("name", "at most 255 characters");
    }
    if matches!(entry.start_date, PointsStartDate::Unrecognized(_)) {
        return at("startDate", "must be immediate, on_action or a timestamp");
    }
    if matches!(entry.expiry_date, PointsExpiryDate::Unrecognized(_)) {
        return at("expiryDate", "must be unlimited or a timestamp");
    }
    Ok(())
}

/// The program, which a world must have.
pub(super) fn program<'w>(
    world: &'w World,
    place: &str,
    id: LoyaltyProgramId,
) -> Result<&'w LoyaltyProgram, WorldError> {
    let program = world.loyalty_programs.iter().find(|program| program.id == id);
    let reason = || format!("there is no loyalty program {id} in this world");
    program.ok_or_else(|| WorldError::at(place, reason()))
}

/// Checks a subledger that something names.
pub(super) fn check_subledger(
    place: &str,
    program: &LoyaltyProgram,
    subledger: &str,
) -> Result<(), WorldError> {
    if subledger.chars().count() > MAX_SUBLEDGER {
        return Err(WorldError::at(place, "at most 64 characters"));
    }
    if !subledger.is_empty() && !program.allow_subledger {
        return Err(WorldError::at(place, "the program allows no subledgers"));
    }
    Ok(())
}

pub(super) fn check_points(place: &str, points: Amount) -> Result<(), WorldError> {
    if points.is_negative() || points > Points::largest() {
        return Err(WorldError::at(place, "must be 0 to 999999999999.99"));
    }
    Ok(())
}
