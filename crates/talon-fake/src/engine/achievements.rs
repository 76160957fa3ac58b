//! Progress of profiles in achievements: what an evaluation finds of it, and how it is stored and
//! rolled back.

use std::collections::BTreeMap;

use talon_core::ProfileId;
use talon_core::effect::{
    Effect, EffectKind, IncreaseAchievementProgress, RollbackIncreasedAchievementProgress,
};
use talon_core::model::AchievementStatus;

use super::outcome::ProgressGiven;
use crate::state::{Booking, ProgressKey, ProgressTracker, StoredAchievement, Transaction};

mod tentative;

pub(super) use tentative::TentativeProgress;

/// The status of a progress tracker.
pub(crate) fn status(
    tx: &Transaction<'_>,
    achievement: &StoredAchievement,
    tracker: &ProgressTracker,
) -> AchievementStatus {
    if tracker.completed.is_some() {
        AchievementStatus::Completed
    } else if has_ended(tx, achievement, tracker) {
        AchievementStatus::Expired
    } else {
        AchievementStatus::InProgress
    }
}

fn has_ended(
    tx: &Transaction<'_>,
    achievement: &StoredAchievement,
    tracker: &ProgressTracker,
) -> bool {
    achievement.definition.is_over(tx.now) || tracker.end.is_some_and(|end| end <= tx.now)
}

/// The progress tracker that counts: none after its end where another may follow, and none after
/// completion in an achievement that recurs on completion.
pub(crate) fn current<'t>(
    tx: &'t Transaction<'_>,
    achievement: &StoredAchievement,
    profile: &ProfileId,
) -> Option<&'t ProgressTracker> {
    let latest = tx.trackers(achievement.id(), profile).next()?;
    let definition = &achievement.definition;
    let is_followed = if definition.recurs_on_completion() {
        latest.completed.is_some()
    } else {
        definition.recurs_on_expiration() && has_ended(tx, achievement, latest)
    };
    (!is_followed).then_some(latest)
}

/// Gives each new progress tracker its id. Until then the effects of an evaluation have a negative
/// number.
pub(super) fn name_trackers(tx: &mut Transaction<'_>, effects: &mut [Effect]) {
    let mut named = BTreeMap::new();
    for effect in effects {
        let id = match &mut effect.kind {
            EffectKind::StartAchievementProgress(started) => &mut started.progress_tracker_id,
            EffectKind::IncreaseAchievementProgress(increase) => {
                let Some(id) = &mut increase.progress_tracker_id else { continue };
                id
            }
            _ => continue,
        };
        if *id < 0 {
            *id = *named.entry(*id).or_insert_with(|| tx.ids().number());
        }
    }
}

/// Stores the progress of an effect.
pub(super) fn book(tx: &mut Transaction<'_>, profile: &ProfileId, kind: &EffectKind) {
    match kind {
        EffectKind::StartAchievementProgress(started) => {
            let key = ProgressKey::new(started.achievement_id, profile);
            open(tx, key, started.progress_tracker_id);
        }
        EffectKind::IncreaseAchievementProgress(increase) => {
            let Some(id) = increase.progress_tracker_id else { return };
            open(tx, ProgressKey::new(increase.achievement_id, profile), id);
            let now = tx.now;
            if let Some(tracker) = tx.tables.progress_trackers.get_mut(&id) {
                tracker.progress += increase.delta;
                tracker.completed = tracker.completed.or(increase.is_just_completed.then_some(now));
            }
        }
        _ => {}
    }
}

/// Opens a progress tracker, unless there is one with this id.
fn open(tx: &mut Transaction<'_>, key: ProgressKey, id: i64) {
    if tx.tables.progress_trackers.get(&id).is_some() {
        return;
    }
    let achievement = tx.achievement(key.achievement);
    let period = achievement.and_then(|it| it.period_at(tx.now));
    if let Some(period) = period {
        tx.put_tracker(ProgressTracker::new(id, key, period));
    }
}

/// Whether progress can be taken back: not after the end of its tracker, and after completion where
/// the achievement allows it.
pub(super) fn can_be_rolled_back(
    tx: &Transaction<'_>,
    increase: &IncreaseAchievementProgress,
) -> bool {
    let Some(achievement) = tx.achievement(increase.achievement_id) else { return false };
    let definition = &achievement.definition;
    let allows = definition.allow_rollback_after_completion && !definition.recurs_on_completion();
    let tracker = increase.progress_tracker_id;
    tracker.and_then(|id| tx.tables.progress_trackers.get(&id)).is_some_and(|tracker| {
        !has_ended(tx, achievement, tracker) && (allows || tracker.completed.is_none())
    })
}

/// Progress among bookings that cannot be taken back.
pub(super) fn that_stays(tx: &Transaction<'_>, bookings: &[Booking]) -> ProgressGiven {
    let mut given = ProgressGiven::new();
    for Booking { effect, .. } in bookings {
        if let EffectKind::IncreaseAchievementProgress(increase) = &effect.kind
            && !can_be_rolled_back(tx, increase)
        {
            *given.entry((effect.campaign_id, increase.achievement_id)).or_default() +=
                increase.delta;
        }
    }
    given
}

/// Takes progress back; returns the effect that reports it, if that can be done.
pub(super) fn revert(
    tx: &mut Transaction<'_>,
    increase: &IncreaseAchievementProgress,
) -> Option<EffectKind> {
    let tracker = take_back(tx, increase)?;
    let effect = RollbackIncreasedAchievementProgress {
        achievement_id: increase.achievement_id,
        achievement_name: increase.achievement_name.clone(),
        progress_tracker_id: tracker.id,
        decrease_progress_by: increase.delta,
        current_progress: tracker.progress,
        target: increase.target,
    };
    Some(effect.into())
}

/// Has each rollback report the progress that is left after it and those before it.
///
/// The last increase is taken back first, and the effects are in the order of the increases.
pub(super) fn restate_rollbacks(tx: &Transaction<'_>, effects: &mut [Effect]) {
    let mut left = BTreeMap::new();
    for effect in effects.iter_mut().rev() {
        let EffectKind::RollbackIncreasedAchievementProgress(rollback) = &mut effect.kind else {
            continue;
        };
        let tracker = rollback.progress_tracker_id;
        let progress = || tx.tables.progress_trackers.get(&tracker).map(|it| it.progress);
        let left = left.entry(tracker).or_insert_with(|| progress().unwrap_or_default());
        rollback.current_progress = *left;
        *left += rollback.decrease_progress_by;
    }
}

fn take_back<'t>(
    tx: &'t mut Transaction<'_>,
    increase: &IncreaseAchievementProgress,
) -> Option<&'t ProgressTracker> {
    if !can_be_rolled_back(tx, increase) {
        return None;
    }
    let tracker = tx.tables.progress_trackers.get_mut(&increase.progress_tracker_id?)?;
    tracker.progress -= increase.delta;
    if tracker.progress < increase.target {
        tracker.completed = None;
    }
    Some(tracker)
}

/// Takes the progress of effects back without a report; returns the trackers as they were.
pub(super) fn take_back_for_now<'e>(
    tx: &mut Transaction<'_>,
    effects: impl Iterator<Item = &'e Effect>,
) -> Vec<ProgressTracker> {
    let mut before: Vec<ProgressTracker> = Vec::new();
    for effect in effects {
        let EffectKind::IncreaseAchievementProgress(increase) = &effect.kind else { continue };
        let id = increase.progress_tracker_id;
        let tracker = id.and_then(|id| tx.tables.progress_trackers.get(&id)).cloned();
        if take_back(tx, increase).is_some()
            && let Some(tracker) = tracker
            && before.iter().all(|known| known.id != tracker.id)
        {
            before.push(tracker);
        }
    }
    before
}
