//! Lists of achievements.

use crate::model::{
    AchievementActivationPolicy, AchievementProgress, AchievementRecurrencePolicy,
    CampaignReference, model,
};
use crate::wire::open_enum;
use crate::{AchievementId, Amount, CampaignId, Timestamp};

model! {
    /// A page of achievements and the progress of a customer in each.
    ///
    /// Not in the API of June 2020.
    pub struct AchievementPage {
        /// How many fit, on all pages.
        pub total_result_size: i64,
        /// The achievements of this page.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub data: Vec<AchievementStatusEntry>,
    }
}

model! {
    /// A page of a customer's attempts at an achievement, the latest first.
    ///
    /// Not in the API of June 2020.
    pub struct AchievementHistoryPage {
        /// How many fit, on all pages.
        pub total_result_size: i64,
        /// The attempts of this page.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub data: Vec<AchievementProgress>,
    }
}

model! {
    /// An achievement, and the progress of a customer in it.
    ///
    /// Not in the API of June 2020. Schema `AchievementStatusEntry`.
    pub struct AchievementStatusEntry {
        /// Id of the achievement.
        pub id: AchievementId,
        /// When it was created.
        pub created: Timestamp,
        /// Internal name: a letter, then letters, digits and `_`.
        pub name: String,
        /// Title shown to customers.
        pub title: String,
        /// Description.
        pub description: String,
        /// Number or sum that completes the achievement.
        pub target: Amount,
        /// Length of a customer's period, such as `5D` or `1Y`.
        pub period: Option<String>,
        /// Time of the end of a customer's period; superseded by `period`.
        pub period_end_override: Option<TimePoint>,
        /// Whether and when it can be repeated.
        pub recurrence_policy: Option<AchievementRecurrencePolicy>,
        /// What starts its period.
        pub activation_policy: Option<AchievementActivationPolicy>,
        /// Start on a fixed schedule.
        pub fixed_start_date: Option<Timestamp>,
        /// End of the achievement for all customers; absent means never.
        pub end_date: Option<Timestamp>,
        /// Whether progress can be undone after completion.
        pub allow_rollback_after_completion: Option<bool>,
        /// Campaign it belongs to; superseded by `campaign_ids`.
        pub campaign_id: Option<CampaignId>,
        /// Campaigns that use it. Newer than the published specification.
        pub campaign_ids: Option<Vec<CampaignId>>,
        /// Campaigns that use it, with their applications. Newer than the published specification.
        pub referenced_by_campaigns: Option<Vec<CampaignReference>>,
        /// Whether customers can take part.
        pub status: Option<AchievementAvailability>,
        /// Progress of the customer.
        pub current_progress: Option<AchievementProgress>,
    }
}

open_enum! {
    /// Whether customers can take part in an achievement.
    ///
    /// Not in the API of June 2020.
    pub enum AchievementAvailability {
        /// They can now.
        Active = "active",
        /// They can at a later time.
        Scheduled = "scheduled",
    }
}

model! {
    /// A time of a day, of a week, a month or a year.
    ///
    /// Not in the API of June 2020. Schema `TimePoint`.
    pub struct TimePoint {
        /// Month, 1 to 12.
        pub month: Option<i64>,
        /// Day of the month, 1 to 31.
        pub day_of_month: Option<i64>,
        /// Day of the week, 1 to 7, from Monday.
        pub day_of_week: Option<i64>,
        /// Hour, 0 to 23.
        pub hour: i64,
        /// Minute, 0 to 59.
        pub minute: i64,
        /// Second, 0 to 59.
        pub second: i64,
    }
}
