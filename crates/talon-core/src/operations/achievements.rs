//! Achievements.

mod get_customer_achievement_history;
mod get_customer_achievements;

pub use get_customer_achievement_history::GetCustomerAchievementHistory;
pub use get_customer_achievements::GetCustomerAchievements;
