//! Achievements of customers.

use crate::model::model;
use crate::wire::open_enum;
use crate::{AchievementId, Amount, ApplicationId, CampaignId, Timestamp};

model! {
    /// An achievement and the progress of the customer, in replies of sessions.
    ///
    /// Not in the API of June 2020. Schema `CustomerAchievement`.
    pub struct CustomerAchievement {
        /// Id of the achievement.
        pub id: AchievementId,
        /// Internal name: a letter, then letters, digits and `_`; at most 1000 characters.
        pub name: String,
        /// Title shown to customers.
        pub title: String,
        /// Description.
        pub description: String,
        /// Number or sum that completes the achievement.
        pub target: Amount,
        /// Whether and when it can be repeated.
        pub recurrence_policy: AchievementRecurrencePolicy,
        /// What starts its period.
        pub activation_policy: AchievementActivationPolicy,
        /// Start on a fixed schedule.
        pub fixed_start_date: Option<Timestamp>,
        /// End of the achievement for all customers; absent means never.
        pub end_date: Option<Timestamp>,
        /// Whether progress can be undone after completion.
        pub allow_rollback_after_completion: bool,
        /// Whether progress stops at the target. The specification requires it, and does not
        /// describe it.
        pub is_capped_by_target: Option<bool>,
        /// Campaign it belongs to; superseded by `campaign_ids`. Newer than the published
        /// specification.
        pub campaign_id: Option<CampaignId>,
        /// Campaigns that use it. Newer than the published specification.
        pub campaign_ids: Option<Vec<CampaignId>>,
        /// Campaigns that use it, with their applications. Newer than the published specification.
        pub referenced_by_campaigns: Option<Vec<CampaignReference>>,
        /// Progress of the customer; absent when it has not begun.
        pub current_progress: Option<AchievementProgress>,
    }
}

model! {
    /// A campaign that uses an achievement.
    ///
    /// Newer than the published specification. Schema `CampaignReference`.
    pub struct CampaignReference {
        /// Id of the campaign.
        pub id: CampaignId,
        /// Application of the campaign.
        pub application_id: ApplicationId,
    }
}

model! {
    /// Progress of a customer towards an achievement.
    ///
    /// Not in the API of June 2020. Schema `AchievementProgress`.
    pub struct AchievementProgress {
        /// Status of the customer's progress.
        pub status: AchievementStatus,
        /// Progress so far, in the unit of the target.
        pub progress: Amount,
        /// Start of the customer's progress.
        pub start_date: Option<Timestamp>,
        /// Time when the customer completed it.
        pub completion_date: Option<Timestamp>,
        /// End of the customer's current period.
        pub end_date: Option<Timestamp>,
    }
}

model! {
    /// An achievement and the progress of the customer, in inventories.
    ///
    /// Not in the API of June 2020. Schema `AchievementProgressWithDefinition`.
    pub struct AchievementProgressWithDefinition {
        /// Status of the customer's progress.
        pub status: AchievementStatus,
        /// Progress so far, in the unit of the target.
        pub progress: Amount,
        /// Start of the customer's progress.
        pub start_date: Option<Timestamp>,
        /// Time when the customer completed it.
        pub completion_date: Option<Timestamp>,
        /// End of the customer's current period.
        pub end_date: Option<Timestamp>,
        /// Id of the achievement.
        pub achievement_id: AchievementId,
        /// Internal name.
        pub name: String,
        /// Title shown to customers.
        pub title: String,
        /// Description.
        pub description: String,
        /// Campaign it belongs to; superseded by `campaign_ids`.
        pub campaign_id: CampaignId,
        /// Campaigns that use it. Newer than the published specification.
        pub campaign_ids: Option<Vec<CampaignId>>,
        /// Campaigns that use it, with their applications. Newer than the published specification.
        pub referenced_by_campaigns: Option<Vec<CampaignReference>>,
        /// Number or sum that completes the achievement.
        pub target: Option<Amount>,
        /// Whether and when it can be repeated.
        pub achievement_recurrence_policy: AchievementRecurrencePolicy,
        /// What starts its period.
        pub achievement_activation_policy: AchievementActivationPolicy,
        /// Start on a fixed schedule.
        pub achievement_fixed_start_date: Option<Timestamp>,
        /// End of the achievement for all customers; absent means never.
        pub achievement_end_date: Option<Timestamp>,
        /// Whether progress can be undone after completion.
        pub achievement_allow_rollback_after_completion: Option<bool>,
    }
}

open_enum! {
    /// Status of a customer's progress.
    pub enum AchievementStatus {
        /// In progress.
        InProgress = "inprogress",
        /// Completed.
        Completed = "completed",
        /// Ended without completion.
        Expired = "expired",
        /// Not started.
        NotStarted = "not_started",
    }
}

open_enum! {
    /// Whether and when an achievement can be repeated.
    pub enum AchievementRecurrencePolicy {
        /// It cannot be repeated.
        NoRecurrence = "no_recurrence",
        /// After it has ended.
        OnExpiration = "on_expiration",
        /// After it is completed.
        OnCompletion = "on_completion",
    }
}

open_enum! {
    /// What starts the period of an achievement.
    pub enum AchievementActivationPolicy {
        /// Start of the customer's progress.
        UserAction = "user_action",
        /// A fixed schedule.
        FixedSchedule = "fixed_schedule",
    }
}
