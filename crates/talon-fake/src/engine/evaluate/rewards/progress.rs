//! Progress in achievements.

use talon_core::{AchievementId, Amount};

use super::worth;
use crate::rules::{Facts, Reward};

/// A change of a profile's progress in an achievement, whose effects depend on the progress before it.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine::evaluate) enum ProgressChange {
    /// A progress tracker is opened.
    Start(AchievementId),
    /// Progress is added.
    Increase(AchievementId, Amount),
}

pub(super) fn of_reward(reward: &Reward, facts: &Facts<'_>) -> Option<ProgressChange> {
    facts.profile?;
    match reward {
        Reward::StartAchievementProgress(id) => Some(ProgressChange::Start(*id)),
        Reward::IncreaseAchievementProgress(progress) => {
            let total = facts.session.cart_item_total;
            let amount = worth(progress.percent, progress.amount, total);
            Some(ProgressChange::Increase(progress.achievement_id, amount))
        }
        _ => None,
    }
}
