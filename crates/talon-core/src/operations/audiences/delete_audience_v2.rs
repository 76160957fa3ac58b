//! `DELETE /v2/audiences/{audienceId}`

use crate::AudienceId;
use crate::operation::operation;

/// Deletes an audience with its memberships.
///
/// ```
/// use talon_core::prelude::*;
///
/// let http = DeleteAudienceV2::new(7).to_http()?;
/// assert_eq!(http.method(), http::Method::DELETE);
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// 400 when a rule of a campaign names it; 404 when there is no such audience, so a repeat is
/// refused.
///
/// Not in the API of June 2020.
/// Upstream: [deleteAudienceV2](https://docs.talon.one/integration-api#operation/deleteAudienceV2).
#[derive(Clone, Debug, PartialEq)]
pub struct DeleteAudienceV2 {
    /// Which audience.
    pub audience_id: AudienceId,
}

impl DeleteAudienceV2 {
    /// Deletes `audience_id`.
    pub fn new(audience_id: impl Into<AudienceId>) -> Self {
        Self { audience_id: audience_id.into() }
    }
}

operation! { DeleteAudienceV2 -> () {
    id: "deleteAudienceV2",
    request: DELETE "/v2/audiences/{audienceId}",
    path: { audience_id = "audienceId" },
    success: [NO_CONTENT],
    auth: [ApiKey],
    retry: Idempotent,
    bad_request: ErrorResponseWithStatus,
} }
