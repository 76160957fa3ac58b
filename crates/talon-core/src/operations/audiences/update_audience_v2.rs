//! `PUT /v2/audiences/{audienceId}`

use crate::AudienceId;
use crate::model::{Audience, AudienceUpdate};
use crate::operation::operation;

/// Renames an audience and says which applications it is for.
///
/// Its members stay.
///
/// ```
/// use talon_core::prelude::*;
///
/// let http = UpdateAudienceV2::new(7, AudienceUpdate::new("Regulars")).to_http()?;
/// assert_eq!(http.uri(), "/v2/audiences/7");
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// 400 without a name; 404 when there is no such audience.
///
/// Not in the API of June 2020.
/// Upstream: [updateAudienceV2](https://docs.talon.one/integration-api#operation/updateAudienceV2).
#[derive(Clone, Debug, PartialEq)]
pub struct UpdateAudienceV2 {
    /// Which audience.
    pub audience_id: AudienceId,
    /// What to change.
    pub update: AudienceUpdate,
}

impl UpdateAudienceV2 {
    /// Applies `update` to `audience_id`.
    pub fn new(audience_id: impl Into<AudienceId>, update: AudienceUpdate) -> Self {
        Self { audience_id: audience_id.into(), update }
    }
}

operation! { UpdateAudienceV2 -> Audience {
    id: "updateAudienceV2",
    request: PUT "/v2/audiences/{audienceId}",
    path: { audience_id = "audienceId" },
    body: update,
    success: [OK],
    auth: [ApiKey],
    retry: Idempotent,
    bad_request: ErrorResponseWithStatus,
} }
