//! Rewards that are progress in achievements.

use serde::{Deserialize, Serialize};
use talon_core::{AchievementId, Amount};

use super::Reward;

/// Progress in an achievement: an amount, or a percentage of the sum of the cart items.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Progress {
    /// The achievement.
    pub achievement_id: AchievementId,
    /// How much, 0 to 10¹⁵.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Amount>,
    /// Percent of the sum of the cart items, 0 to 10 000: 100 counts what the customer spends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<Amount>,
}

impl Reward {
    /// Progress by this amount in an achievement.
    ///
    /// ```
    /// use talon_fake::rules::Reward;
    ///
    /// let reward = Reward::increase_achievement_progress(3, 1);
    ///
    /// let of_a_file = r#"{"increaseAchievementProgress": {"achievementId": 3, "amount": 1}}"#;
    /// assert_eq!(reward, serde_json::from_str(of_a_file)?);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn increase_achievement_progress(
        achievement_id: impl Into<AchievementId>,
        amount: impl Into<Amount>,
    ) -> Self {
        let (achievement_id, amount) = (achievement_id.into(), Some(amount.into()));
        Self::IncreaseAchievementProgress(Progress { achievement_id, amount, percent: None })
    }

    /// The achievement that it names.
    pub(crate) fn achievement(&self) -> Option<AchievementId> {
        match self {
            Self::StartAchievementProgress(id) => Some(*id),
            Self::IncreaseAchievementProgress(progress) => Some(progress.achievement_id),
            _ => None,
        }
    }
}
