//! `GET /v1/customer_profiles/{integrationId}/achievements/{achievementId}`

use crate::model::{AchievementHistoryPage, AchievementStatus};
use crate::operation::{CommaSeparated, operation, options};
use crate::{AchievementId, ProfileId, Timestamp};

/// Returns a page of a customer's attempts at an achievement, the latest first.
///
/// ```
/// use talon_core::prelude::*;
///
/// let http = GetCustomerAchievementHistory::new("anna", 3).skip(1).to_http()?;
/// assert_eq!(http.uri(), "/v1/customer_profiles/anna/achievements/3?skip=1");
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// 400 for a parameter that does not fit; 404 when there is no such profile or achievement.
///
/// Not in the API of June 2020.
/// Upstream:
/// [getCustomerAchievementHistory](https://docs.talon.one/integration-api#operation/getCustomerAchievementHistory).
#[derive(Clone, Debug, PartialEq)]
pub struct GetCustomerAchievementHistory {
    /// Which customer.
    pub profile_id: ProfileId,
    /// Which achievement.
    pub achievement_id: AchievementId,
    /// Only those with these statuses: in progress, completed or expired.
    pub progress_status: CommaSeparated<AchievementStatus>,
    /// Only those that began at this instant or later.
    pub start_date: Option<Timestamp>,
    /// Only those that began at this instant or earlier.
    pub end_date: Option<Timestamp>,
    /// How many at most, 1 to 1000; 1000 when absent.
    pub page_size: Option<i64>,
    /// How many to skip; 0 when absent.
    pub skip: Option<i64>,
}

impl GetCustomerAchievementHistory {
    /// Reads the attempts of `profile_id` at `achievement_id`.
    pub fn new(profile_id: impl Into<ProfileId>, achievement_id: impl Into<AchievementId>) -> Self {
        Self {
            profile_id: profile_id.into(),
            achievement_id: achievement_id.into(),
            progress_status: CommaSeparated::default(),
            start_date: None,
            end_date: None,
            page_size: None,
            skip: None,
        }
    }
}

options! { GetCustomerAchievementHistory {
    /// Only those with these statuses: in progress, completed or expired.
    progress_status: [AchievementStatus],
    /// Only those that began at this instant or later.
    start_date: Timestamp,
    /// Only those that began at this instant or earlier.
    end_date: Timestamp,
    /// How many at most, 1 to 1000; 1000 when absent.
    page_size: i64,
    /// How many to skip; 0 when absent.
    skip: i64,
} }

operation! { GetCustomerAchievementHistory -> AchievementHistoryPage {
    id: "getCustomerAchievementHistory",
    request: GET "/v1/customer_profiles/{integrationId}/achievements/{achievementId}",
    path: { profile_id = "integrationId", achievement_id = "achievementId" },
    query: {
        progress_status = "progressStatus",
        start_date = "startDate",
        end_date = "endDate",
        page_size = "pageSize",
        skip = "skip",
    },
    success: [OK],
    auth: [ApiKey],
    retry: ReadOnly,
    bad_request: ErrorResponseWithStatus,
} }
