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
        /// What completes it.
        target: Amount,
        /// When the tracker began.
        start_date: Timestamp,
        ;
        /// When the tracker ends.
        end_date: Timestamp,
    }

    /// Props of `increaseAchievementProgress`. Schema `IncreaseAchievementProgressEffectProps`.
    IncreaseAchievementProgress {
        /// The achievement.
        achievement_id: AchievementId,
        /// Its name.
        achievement_name: String,
        /// Progress made now.
        delta: Amount,
        /// Progress altogether.
        value: Amount,
        /// What completes it.
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
        /// What completes it.
        target: Amount,
    }
}
