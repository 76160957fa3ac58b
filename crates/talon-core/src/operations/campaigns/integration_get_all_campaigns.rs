//! `GET /v1/integration/campaigns`

use crate::model::IntegrationCampaignPage;
use crate::operation::{CommaSeparated, operation, options};
use crate::{AudienceId, CampaignId, Timestamp};

/// Returns a page of the campaigns that run now, by their ids.
///
/// ```
/// use talon_core::prelude::*;
///
/// let http = IntegrationGetAllCampaigns::new().campaign_ids([7]).page_size(10).to_http()?;
/// assert_eq!(http.uri().query(), Some("pageSize=10&campaignIds=7"));
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// 400 for a parameter that does not fit.
///
/// Not in the API of June 2020.
/// Upstream:
/// [integrationGetAllCampaigns](https://docs.talon.one/integration-api#operation/integrationGetAllCampaigns).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IntegrationGetAllCampaigns {
    /// How many at most, 1 to 1000; 50 when absent.
    pub page_size: Option<i64>,
    /// How many to skip; 0 when absent.
    pub skip: Option<i64>,
    /// Only these.
    pub campaign_ids: CommaSeparated<CampaignId>,
    /// Only those that began at this instant or later.
    pub start_after: Option<Timestamp>,
    /// Only those that began at this instant or earlier.
    pub start_before: Option<Timestamp>,
    /// Only those that end at this instant or later.
    pub end_after: Option<Timestamp>,
    /// Only those that end at this instant or earlier.
    pub end_before: Option<Timestamp>,
    /// Only those of this store, by the id that the service assigned.
    pub store_id: Option<i64>,
    /// Only those of this audience.
    pub audience_id: Option<AudienceId>,
}

impl IntegrationGetAllCampaigns {
    /// All campaigns that run now.
    pub fn new() -> Self {
        Self::default()
    }
}

options! { IntegrationGetAllCampaigns {
    /// Only these.
    campaign_ids: [CampaignId],
    /// How many at most, 1 to 1000; 50 when absent.
    page_size: i64,
    /// How many to skip; 0 when absent.
    skip: i64,
    /// Only those that began at this instant or later.
    start_after: Timestamp,
    /// Only those that began at this instant or earlier.
    start_before: Timestamp,
    /// Only those that end at this instant or later.
    end_after: Timestamp,
    /// Only those that end at this instant or earlier.
    end_before: Timestamp,
    /// Only those of this store, by the id that the service assigned.
    store_id: i64,
    /// Only those of this audience.
    audience_id: AudienceId,
} }

operation! { IntegrationGetAllCampaigns -> IntegrationCampaignPage {
    id: "integrationGetAllCampaigns",
    request: GET "/v1/integration/campaigns",
    query: {
        page_size = "pageSize",
        skip = "skip",
        campaign_ids = "campaignIds",
        start_after = "startAfter",
        start_before = "startBefore",
        end_after = "endAfter",
        end_before = "endBefore",
        store_id = "storeId",
        audience_id = "audienceId",
    },
    success: [OK],
    auth: [ApiKey],
    retry: ReadOnly,
    bad_request: ErrorResponseWithStatus,
} }
