//! Lists of achievements.

use crate::model::{
    AchievementActivationPolicy, AchievementProgress, AchievementRecurrencePolicy, model,
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
    /// A page of the progress of a customer in an achievement, the latest first.
    ///
    /// Not in the API of June 2020.
    pub struct AchievementHistoryPage {
        /// How many fit, on all pages.
        pub total_result_size: i64,
        /// The progress of this page.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub data: Vec<AchievementProgress>,
    }
}

model! {
    /// An achievement, and the progress of a customer in it.
    ///
    /// Not in the API of June 2020. Schema `AchievementStatusEntry`.
    pub struct AchievementStatusEntry {
        /// Which achievement.
        pub id: AchievementId,
        /// When it was created.
        pub created: Timestamp,
        /// Name of the achievement in rules.
        pub name: String,
        /// What customers see of it.
        pub title: String,
        /// What it is for.
        pub description: String,
        /// Progress that completes it.
        pub target: Amount,
        /// How long one attempt lasts, such as `5D` or `1Y`.
        pub period: Option<String>,
        /// When an attempt ends instead; superseded by `period`.
        pub period_end_override: Option<TimePoint>,
        /// Whether it can be completed again.
        pub recurrence_policy: Option<AchievementRecurrencePolicy>,
        /// What begins an attempt.
        pub activation_policy: Option<AchievementActivationPolicy>,
        /// When the first attempt begins, for all customers.
        pub fixed_start_date: Option<Timestamp>,
        /// When nobody can take part any more; never when absent.
        pub end_date: Option<Timestamp>,
        /// Whether progress can be taken back after completion.
        pub allow_rollback_after_completion: Option<bool>,
        /// Campaign it belongs to; superseded by `campaign_ids`.
        pub campaign_id: Option<CampaignId>,
        /// Campaigns that use it. Newer than the published specification.
        pub campaign_ids: Option<Vec<CampaignId>>,
        /// Whether customers can take part.
        pub status: Option<AchievementAvailability>,
        /// Progress of the customer; absent before the first.
        pub current_progress: Option<AchievementProgress>,
    }
}

open_enum! {
    /// Whether customers can take part in an achievement.
    ///
    /// Not in the API of June 2020.
    pub enum AchievementAvailability {
        /// They can.
        Active = "active",
        /// They can later.
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
