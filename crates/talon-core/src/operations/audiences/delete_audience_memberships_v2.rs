//! `DELETE /v2/audiences/{audienceId}/memberships`

use crate::AudienceId;
use crate::operation::operation;

/// Removes all members of an audience; the audience stays.
///
/// ```
/// use talon_core::prelude::*;
///
/// let http = DeleteAudienceMembershipsV2::new(7).to_http()?;
/// assert_eq!(http.uri(), "/v2/audiences/7/memberships");
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// 404 when there is no such audience.
///
/// Not in the API of June 2020.
/// Upstream:
/// [deleteAudienceMembershipsV2](https://docs.talon.one/integration-api#operation/deleteAudienceMembershipsV2).
#[derive(Clone, Debug, PartialEq)]
pub struct DeleteAudienceMembershipsV2 {
    /// Which audience.
    pub audience_id: AudienceId,
}

impl DeleteAudienceMembershipsV2 {
    /// Removes the members of `audience_id`.
    pub fn new(audience_id: impl Into<AudienceId>) -> Self {
        Self { audience_id: audience_id.into() }
    }
}

operation! { DeleteAudienceMembershipsV2 -> () {
    id: "deleteAudienceMembershipsV2",
    request: DELETE "/v2/audiences/{audienceId}/memberships",
    path: { audience_id = "audienceId" },
    success: [NO_CONTENT],
    auth: [ApiKey],
    retry: Idempotent,
    bad_request: ErrorResponseWithStatus,
} }
