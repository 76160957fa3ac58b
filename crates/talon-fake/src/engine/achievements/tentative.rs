//! Progress as an evaluation would leave it.

use std::collections::{BTreeMap, BTreeSet};

use talon_core::effect::{EffectKind, IncreaseAchievementProgress, StartAchievementProgress};
use talon_core::{AchievementId, Amount, CampaignId, ProfileId};

use super::current;
use crate::engine::outcome::ProgressGiven;
use crate::state::{ProgressKey, ProgressTracker, StoredAchievement, Transaction};

/// The most progress trackers that one reward completes.
const MOST_COMPLETIONS: usize = 1000;

/// Progress of a profile as an evaluation would leave it. Nothing is stored.
#[derive(Debug, Default)]
pub(in crate::engine) struct TentativeProgress {
    /// The tracker that counts in each achievement that was read.
    current: BTreeMap<AchievementId, Option<ProgressTracker>>,
    completed: BTreeSet<AchievementId>,
    /// Progress that campaigns gave before, which they do not give again.
    given: ProgressGiven,
    /// How many trackers were opened: their ids are negative until they are named.
    opened: i64,
}

impl TentativeProgress {
    /// The progress before the evaluation.
    pub(in crate::engine) fn new(tx: &Transaction<'_>, profile: Option<&ProfileId>) -> Self {
        let Some(profile) = profile else { return Self::default() };
        let asked_for = tx.state.achievements.values().filter(|it| it.is_asked_for);
        let is_completed = |achievement: &&StoredAchievement| {
            current(tx, achievement, profile).is_some_and(|tracker| tracker.completed.is_some())
        };
        let completed = asked_for.filter(is_completed).map(StoredAchievement::id).collect();
        Self { completed, ..Self::default() }
    }

    /// Achievements that the profile has completed.
    pub(in crate::engine) fn completed(&self) -> &BTreeSet<AchievementId> {
        &self.completed
    }

    /// Has campaigns give only the rest of the progress that they gave before.
    pub(in crate::engine) fn subtract(&mut self, given: Option<&ProgressGiven>) {
        self.given = given.cloned().unwrap_or_default();
    }

    /// What is left of an amount after the progress that the campaign gave before.
    pub(in crate::engine) fn rest_of(
        &mut self,
        amount: Amount,
        campaign: CampaignId,
        id: AchievementId,
    ) -> Amount {
        let Some(given) = self.given.get_mut(&(campaign, id)) else { return amount };
        let subtracted = amount.min(*given);
        *given -= subtracted;
        amount - subtracted
    }

    /// Opens a tracker, unless one counts already or none can be opened.
    pub(in crate::engine) fn start(
        &mut self,
        tx: &Transaction<'_>,
        profile: &ProfileId,
        id: AchievementId,
    ) -> Option<EffectKind> {
        let achievement = tx.achievement(id)?;
        let opened = self.opened;
        let tracker = self.tracker(tx, achievement, profile)?.clone();
        let started = StartAchievementProgress {
            achievement_id: id,
            achievement_name: achievement.definition.name.clone(),
            progress_tracker_id: tracker.id,
            target: achievement.definition.target,
            start_date: tracker.start,
            end_date: tracker.end,
        };
        (self.opened > opened).then(|| started.into())
    }

    /// Adds progress; returns an effect for each tracker that it goes to.
    pub(in crate::engine) fn increase(
        &mut self,
        tx: &Transaction<'_>,
        profile: &ProfileId,
        id: AchievementId,
        amount: Amount,
    ) -> Vec<EffectKind> {
        let (mut left, mut effects) = (amount, Vec::new());
        let Some(achievement) = tx.achievement(id) else { return effects };
        let recurs = achievement.definition.recurs_on_completion();
        while left > Amount::ZERO && effects.len() < MOST_COMPLETIONS {
            let Some(increase) = self.step(tx, achievement, profile, left) else { break };
            left -= increase.delta;
            effects.push(increase.into());
            if !recurs {
                break;
            }
        }
        effects
    }

    /// Adds as much to the tracker that counts as its target allows.
    fn step(
        &mut self,
        tx: &Transaction<'_>,
        achievement: &StoredAchievement,
        profile: &ProfileId,
        left: Amount,
    ) -> Option<IncreaseAchievementProgress> {
        let target = achievement.definition.target;
        let tracker = self.tracker(tx, achievement, profile)?;
        let delta = left.min(target - tracker.progress);
        if tracker.completed.is_some() || delta <= Amount::ZERO {
            return None;
        }
        tracker.progress += delta;
        let is_just_completed = tracker.progress == target;
        tracker.completed = is_just_completed.then_some(tx.now);
        let increase = IncreaseAchievementProgress {
            achievement_id: achievement.id(),
            achievement_name: achievement.definition.name.clone(),
            delta,
            value: tracker.progress,
            target,
            is_just_completed,
            progress_tracker_id: Some(tracker.id),
        };
        if is_just_completed {
            self.completed.insert(achievement.id());
            if achievement.definition.recurs_on_completion() {
                self.current.insert(achievement.id(), None);
            }
        }
        Some(increase)
    }

    /// The tracker that counts, opened when there is none; `None` when none can be opened or it has
    /// ended.
    fn tracker(
        &mut self,
        tx: &Transaction<'_>,
        achievement: &StoredAchievement,
        profile: &ProfileId,
    ) -> Option<&mut ProgressTracker> {
        let id = achievement.id();
        let slot =
            self.current.entry(id).or_insert_with(|| current(tx, achievement, profile).cloned());
        if slot.is_none() {
            let period = achievement.period_at(tx.now)?;
            self.opened += 1;
            let key = ProgressKey::new(id, profile);
            *slot = Some(ProgressTracker::new(-self.opened, key, period));
        }
        let tracker = slot.as_mut()?;
        let is_over = achievement.definition.is_over(tx.now);
        (!is_over && tracker.end.is_none_or(|end| tx.now < end)).then_some(tracker)
    }
}
