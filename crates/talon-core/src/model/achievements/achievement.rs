//! Achievements: goals a customer works towards.

use crate::model::model;
use crate::wire::open_enum;
use crate::{AchievementId, Amount, CampaignId, Timestamp};

model! {
    /// A goal and how far the customer is, as session replies show it.
    ///
    /// Not in the API of June 2020. Schema `CustomerAchievement`.
    pub struct CustomerAchievement {
        /// Which achievement.
        pub id: AchievementId,
        /// What it is called internally: a letter, then letters, digits and `_`; at most 1000.
        pub name: String,
        /// What to call it before customers.
        pub title: String,
        /// What it is about.
        pub description: String,
        /// How often something must happen, or up to which sum.
        pub target: Amount,
        /// Whether and when it can be worked towards again.
        pub recurrence_policy: AchievementRecurrencePolicy,
        /// What its times depend on.
        pub activation_policy: AchievementActivationPolicy,
        /// When it begins, on a fixed schedule.
        pub fixed_start_date: Option<Timestamp>,
        /// When nobody can work towards it any more; never when absent.
        pub end_date: Option<Timestamp>,
        /// Whether progress is taken back even from a completed one.
        pub allow_rollback_after_completion: bool,
        /// How far the customer is; absent when not begun.
        pub current_progress: Option<AchievementProgress>,
    }
}

model! {
    /// How far a customer is.
    ///
    /// Not in the API of June 2020. Schema `AchievementProgress`.
    pub struct AchievementProgress {
        /// Where the customer stands.
        pub status: AchievementStatus,
        /// How much of the target is done.
        pub progress: Amount,
        /// When the customer began.
        pub start_date: Option<Timestamp>,
        /// When the customer completed it.
        pub completion_date: Option<Timestamp>,
        /// When it ends for the customer and starts anew.
        pub end_date: Option<Timestamp>,
    }
}

model! {
    /// A goal and how far the customer is, as inventories show it.
    ///
    /// Not in the API of June 2020. Schema `AchievementProgressWithDefinition`.
    pub struct AchievementProgressWithDefinition {
        /// Where the customer stands.
        pub status: AchievementStatus,
        /// How much of the target is done.
        pub progress: Amount,
        /// When the customer began.
        pub start_date: Option<Timestamp>,
        /// When the customer completed it.
        pub completion_date: Option<Timestamp>,
        /// When it ends for the customer and starts anew.
        pub end_date: Option<Timestamp>,
        /// Which achievement.
        pub achievement_id: AchievementId,
        /// What it is called internally.
        pub name: String,
        /// What to call it before customers.
        pub title: String,
        /// What it is about.
        pub description: String,
        /// Campaign it belongs to.
        pub campaign_id: CampaignId,
        /// How often something must happen, or up to which sum.
        pub target: Option<Amount>,
        /// Whether and when it can be worked towards again.
        pub achievement_recurrence_policy: AchievementRecurrencePolicy,
        /// What its times depend on.
        pub achievement_activation_policy: AchievementActivationPolicy,
        /// When it begins, on a fixed schedule.
        pub achievement_fixed_start_date: Option<Timestamp>,
        /// When nobody can work towards it any more; never when absent.
        pub achievement_end_date: Option<Timestamp>,
        /// Whether progress is taken back even from a completed one.
        pub achievement_allow_rollback_after_completion: Option<bool>,
    }
}

open_enum! {
    /// Where a customer stands with an achievement.
    pub enum AchievementStatus {
        /// Working towards it.
        InProgress = "inprogress",
        /// Completed.
        Completed = "completed",
        /// Ended without completion.
        Expired = "expired",
        /// Not begun.
        NotStarted = "not_started",
    }
}

open_enum! {
    /// Whether and when an achievement can be worked towards again.
    pub enum AchievementRecurrencePolicy {
        /// Never.
        NoRecurrence = "no_recurrence",
        /// Once it has ended.
        OnExpiration = "on_expiration",
        /// Once it is completed.
        OnCompletion = "on_completion",
    }
}

open_enum! {
    /// What the times of an achievement depend on.
    pub enum AchievementActivationPolicy {
        /// When the customer began.
        UserAction = "user_action",
        /// The calendar.
        FixedSchedule = "fixed_schedule",
    }
}
