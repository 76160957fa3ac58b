//! Achievements: their policies, targets and periods, and progress that profiles have from the start.

use std::collections::BTreeSet;

use talon_core::CampaignId;
use talon_core::model::{AchievementActivationPolicy, AchievementRecurrencePolicy};

use super::{LARGEST_AMOUNT, check_amount, check_ids, must_be_one_of};
use crate::time::can_be_shown;
use crate::world::{Achievement, World, WorldError};
use crate::zone::Zone;

/// Checks every achievement.
pub(super) fn check(world: &World) -> Result<(), WorldError> {
    check_ids("achievements", world.achievements.iter().map(|achievement| achievement.id))?;
    let campaigns: BTreeSet<_> = world.campaigns.iter().filter_map(|it| it.id).collect();
    for (index, achievement) in world.achievements.iter().enumerate() {
        let place = format!("achievements[{index}]");
        check_name(&place, &achievement.name)?;
        check_campaigns(&place, achievement, &campaigns)?;
        check_amount(&format!("{place}.target"), achievement.target, LARGEST_AMOUNT)?;
        if achievement.target.is_zero() {
            return Err(WorldError::at(format!("{place}.target"), "must be more than 0"));
        }
        check_recurrence(&place, achievement)?;
        check_activation(&place, achievement)?;
        check_progress(world, &place, achievement)?;
    }
    Ok(())
}

fn check_name(place: &str, name: &str) -> Result<(), WorldError> {
    let is_word = |it: char| it.is_ascii_alphanumeric() || it == '_';
    let begins = name.starts_with(|it: char| it.is_ascii_alphabetic());
    if begins && (2..=1000).contains(&name.len()) && name.chars().all(is_word) {
        return Ok(());
    }
    let reason = "must be a letter and one or more letters, digits and `_`, 1000 at most";
    Err(WorldError::at(format!("{place}.name"), reason))
}

fn check_campaigns(
    place: &str,
    achievement: &Achievement,
    known: &BTreeSet<CampaignId>,
) -> Result<(), WorldError> {
    let unknown = achievement.campaign_ids.iter().position(|id| !known.contains(id));
    unknown.map_or(Ok(()), |index| {
        let id = achievement.campaign_ids[index];
        let reason = format!("there is no campaign {id} in this world");
        Err(WorldError::at(format!("{place}.campaignIds[{index}]"), reason))
    })
}

fn check_recurrence(place: &str, achievement: &Achievement) -> Result<(), WorldError> {
    let policy = &achievement.recurrence_policy;
    let member = format!("{place}.recurrencePolicy");
    if !policy.is_known() {
        let reason = must_be_one_of(policy.as_str(), AchievementRecurrencePolicy::KNOWN);
        return Err(WorldError::at(member, reason));
    }
    match (policy, achievement.period) {
        (AchievementRecurrencePolicy::OnExpiration, None) => {
            Err(WorldError::at(member, "an achievement without a period does not expire"))
        }
        (AchievementRecurrencePolicy::OnCompletion, Some(_)) => {
            let reason = "an achievement that recurs on completion has no period";
            Err(WorldError::at(format!("{place}.period"), reason))
        }
        _ => Ok(()),
    }
}

fn check_activation(place: &str, achievement: &Achievement) -> Result<(), WorldError> {
    if achievement.time_zone.is_some() && achievement.own_zone().is_none() {
        let reason = "must be an IANA name such as Europe/Berlin";
        return Err(WorldError::at(format!("{place}.timeZone"), reason));
    }
    let policy = &achievement.activation_policy;
    let member = format!("{place}.activationPolicy");
    if !policy.is_known() {
        let reason = must_be_one_of(policy.as_str(), AchievementActivationPolicy::KNOWN);
        return Err(WorldError::at(member, reason));
    }
    let is_fixed = achievement.has_fixed_schedule();
    if is_fixed && achievement.recurs_on_completion() {
        let reason = "an achievement that recurs on completion has no schedule";
        return Err(WorldError::at(member, reason));
    }
    let dates =
        [("fixedStartDate", achievement.fixed_start_date), ("endDate", achievement.end_date)];
    for (name, date) in dates {
        if date.is_some_and(|date| !can_be_shown(date)) {
            return Err(WorldError::at(
                format!("{place}.{name}"),
                "must be within the years 1 to 9999",
            ));
        }
    }
    match (is_fixed, achievement.fixed_start_date) {
        (true, None) => Err(WorldError::at(member, "a fixed schedule needs fixedStartDate")),
        (false, Some(_)) => {
            let reason = "only a fixed schedule has one";
            Err(WorldError::at(format!("{place}.fixedStartDate"), reason))
        }
        _ => Ok(()),
    }
}

fn check_progress(world: &World, place: &str, achievement: &Achievement) -> Result<(), WorldError> {
    let zone = Zone::named(&world.application.time_zone).unwrap_or_default();
    let zone = achievement.own_zone().unwrap_or(zone);
    let mut seen = BTreeSet::new();
    for (index, initial) in achievement.progress.iter().enumerate() {
        let place = format!("{place}.progress[{index}]");
        let refuse = |member: &str, reason: &str| {
            Err(WorldError::at(format!("{place}.{member}"), reason.to_owned()))
        };
        if initial.profile.is_empty() {
            return refuse("profile", "must not be empty");
        }
        if !seen.insert(&initial.profile) {
            return refuse("profile", "another progress is of this profile");
        }
        let (progress, target) = (initial.progress, achievement.target);
        if progress.is_negative() || progress > target {
            return refuse("progress", "must be 0 to the target");
        }
        if achievement.recurs_on_completion() && progress == target {
            let reason =
                "must be less than the target: the achievement begins again when it is reached";
            return refuse("progress", reason);
        }
        let start = initial.start.unwrap_or(world.now);
        if !can_be_shown(start) {
            return refuse("start", "must be within the years 1 to 9999");
        }
        if achievement.period_at(start, &zone).is_none() {
            return refuse("start", "no progress can begin at that time");
        }
    }
    Ok(())
}
