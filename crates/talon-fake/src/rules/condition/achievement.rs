//! Conditions about achievements.

use talon_core::AchievementId;

use super::Condition;
use crate::rules::Facts;

/// Whether the profile has completed the achievement.
pub(super) fn is_completed(facts: &Facts<'_>, id: AchievementId) -> bool {
    facts.completed_achievements.is_some_and(|completed| completed.contains(&id))
}

impl Condition {
    /// Whether it asks for the completion of an achievement that is one of those wanted.
    pub(crate) fn asks_for_achievement(&self, is_wanted: impl Fn(AchievementId) -> bool) -> bool {
        self.mentions(&|part| matches!(part, Self::AchievementCompleted(it) if is_wanted(*it)))
    }
}
