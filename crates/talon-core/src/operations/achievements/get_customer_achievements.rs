//! `GET /v1/customer_profiles/{integrationId}/achievements`

use crate::model::{AchievementAvailability, AchievementPage, AchievementStatus};
use crate::operation::{CommaSeparated, operation, options};
use crate::{AchievementId, CampaignId, ProfileId};

/// Returns a page of the achievements that a customer can take part in, by ascending id, with the progress in each.
///
/// ```
/// use talon_core::prelude::*;
///
/// let http = GetCustomerAchievements::new("anna").achievement_ids([3, 5]).to_http()?;
/// assert_eq!(http.uri().query(), Some("achievementIds=3%2C5"));
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// 400 for a parameter that does not fit; 404 when there is no such profile.
///
/// Not in the API of June 2020.
/// Upstream:
/// [getCustomerAchievements](https://docs.talon.one/integration-api#operation/getCustomerAchievements).
#[derive(Clone, Debug, PartialEq)]
pub struct GetCustomerAchievements {
    /// Which customer.
    pub profile_id: ProfileId,
    /// Only those that one of these campaigns uses.
    pub campaign_ids: CommaSeparated<CampaignId>,
    /// Only those with these ids.
    pub achievement_ids: CommaSeparated<AchievementId>,
    /// Only those with these statuses; active ones when empty.
    pub achievement_status: CommaSeparated<AchievementAvailability>,
    /// Only those in which the customer's progress has one of these statuses: not started, in progress or completed.
    pub progress_status: CommaSeparated<AchievementStatus>,
    /// How many at most, 1 to 1000; 1000 when absent.
    pub page_size: Option<i64>,
    /// How many to skip; 0 when absent.
    pub skip: Option<i64>,
}

impl GetCustomerAchievements {
    /// Reads the achievements of `profile_id`.
    pub fn new(profile_id: impl Into<ProfileId>) -> Self {
        Self {
            profile_id: profile_id.into(),
            campaign_ids: CommaSeparated::default(),
            achievement_ids: CommaSeparated::default(),
            achievement_status: CommaSeparated::default(),
            progress_status: CommaSeparated::default(),
            page_size: None,
            skip: None,
        }
    }
}

options! { GetCustomerAchievements {
    /// Only those that one of these campaigns uses.
    campaign_ids: [CampaignId],
    /// Only those with these ids.
    achievement_ids: [AchievementId],
    /// Only those with these statuses; active ones when empty.
    achievement_status: [AchievementAvailability],
    /// Only those in which the customer's progress has one of these statuses: not started, in progress or completed.
    progress_status: [AchievementStatus],
    /// How many at most, 1 to 1000; 1000 when absent.
    page_size: i64,
    /// How many to skip; 0 when absent.
    skip: i64,
} }

operation! { GetCustomerAchievements -> AchievementPage {
    id: "getCustomerAchievements",
    request: GET "/v1/customer_profiles/{integrationId}/achievements",
    path: { profile_id = "integrationId" },
    query: {
        campaign_ids = "campaignIds",
        achievement_ids = "achievementIds",
        achievement_status = "achievementStatus",
        progress_status = "currentProgressStatus",
        page_size = "pageSize",
        skip = "skip",
    },
    success: [OK],
    auth: [ApiKey],
    retry: ReadOnly,
    bad_request: ErrorResponseWithStatus,
} }
