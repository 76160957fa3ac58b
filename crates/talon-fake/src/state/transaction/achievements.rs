//! Progress trackers.

use talon_core::{AchievementId, ApiError, ProfileId};

use super::{Transaction, not_found};
use crate::state::{LatestTracker, ProgressKey, ProgressTracker, StoredAchievement};

impl<'s> Transaction<'s> {
    pub(crate) fn achievement(&self, id: AchievementId) -> Option<&'s StoredAchievement> {
        self.state.achievements.get(&id)
    }

    /// The achievement, or the refusal that there is none.
    pub(crate) fn expect_achievement(
        &self,
        id: AchievementId,
    ) -> Result<&'s StoredAchievement, ApiError> {
        self.achievement(id).ok_or_else(|| not_found("achievement"))
    }

    /// Progress trackers of a profile in an achievement, the latest first.
    pub(crate) fn trackers(
        &self,
        id: AchievementId,
        profile: &ProfileId,
    ) -> impl Iterator<Item = &ProgressTracker> {
        let latest = self.tables.latest_trackers.get(&ProgressKey::new(id, profile));
        let row = |id: i64| self.tables.progress_trackers.get(&id);
        let first = latest.and_then(|latest| row(latest.tracker));
        std::iter::successors(first, move |tracker| tracker.before.and_then(row))
    }

    /// Stores a new progress tracker, as the latest of its profile in its achievement.
    pub(crate) fn put_tracker(&mut self, mut tracker: ProgressTracker) {
        let key = tracker.key.clone();
        tracker.before = self.tables.latest_trackers.get(&key).map(|latest| latest.tracker);
        self.tables.latest_trackers.put(LatestTracker { key, tracker: tracker.id });
        self.tables.progress_trackers.put(tracker);
    }
}
