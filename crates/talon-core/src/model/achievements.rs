//! Achievements.

mod achievement;

pub use achievement::{
    AchievementActivationPolicy, AchievementProgress, AchievementProgressWithDefinition,
    AchievementRecurrencePolicy, AchievementStatus, CustomerAchievement,
};
