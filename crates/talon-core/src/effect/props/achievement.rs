//! Achievements.

use super::props;
use crate::{AchievementId, Amount, Timestamp};

props! {
    /// Props of `startAchievementProgress`. Schema `StartAchievementProgressEffectProps`.
    StartAchievementProgress {
        /// The achievement.
        achievement_id: AchievementId,
        /// Its name.
        achievement_name: String,
        /// The customer's progress tracker.
        progress_tracker_id: i64,
        /// Target that completes it.
        target: Amount,
        /// Start of the tracker.
        start_date: Timestamp,
        ;
        /// End of the tracker.
        end_date: Timestamp,
    }

    /// Props of `increaseAchievementProgress`. Schema `IncreaseAchievementProgressEffectProps`.
    IncreaseAchievementProgress {
        /// The achievement.
        achievement_id: AchievementId,
        /// Its name.
        achievement_name: String,
        /// Increase of the progress.
        delta: Amount,
        /// Total progress.
        value: Amount,
        /// Target that completes it.
        target: Amount,
        /// Whether this completed it.
        is_just_completed: bool,
        ;
        /// The customer's progress tracker.
        progress_tracker_id: i64,
    }

    /// Props of `rollbackIncreasedAchievementProgress`. Schema
    /// `RollbackIncreasedAchievementProgressEffectProps`.
    RollbackIncreasedAchievementProgress {
        /// The achievement.
        achievement_id: AchievementId,
        /// Its name.
        achievement_name: String,
        /// The customer's progress tracker.
        progress_tracker_id: i64,
        /// Progress undone.
        decrease_progress_by: Amount,
        /// Progress left.
        current_progress: Amount,
        /// Target that completes it.
        target: Amount,
    }
}
