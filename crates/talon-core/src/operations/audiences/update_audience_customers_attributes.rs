//! `PUT /v2/audience_customers/{audienceId}/attributes`

use crate::operation::operation;
use crate::{Attributes, AudienceId};

/// Sets attributes of all members of an audience.
///
/// `null` removes one. Rules do not run.
///
/// ```
/// use talon_core::prelude::*;
///
/// let attributes = Attributes::new().with("Newsletter", true);
/// let http = UpdateAudienceCustomersAttributes::new(7, attributes).to_http()?;
/// assert_eq!(http.body(), r#"{"Newsletter":true}"#);
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// 400 when an attribute is not declared or of another type; 404 when there is no such audience.
///
/// Not in the API of June 2020.
/// Upstream:
/// [updateAudienceCustomersAttributes](https://docs.talon.one/integration-api#operation/updateAudienceCustomersAttributes).
#[derive(Clone, Debug, PartialEq)]
pub struct UpdateAudienceCustomersAttributes {
    /// Which audience.
    pub audience_id: AudienceId,
    /// The attributes.
    pub attributes: Attributes,
}

impl UpdateAudienceCustomersAttributes {
    /// Sets `attributes` of the members of `audience_id`.
    pub fn new(audience_id: impl Into<AudienceId>, attributes: Attributes) -> Self {
        Self { audience_id: audience_id.into(), attributes }
    }
}

operation! { UpdateAudienceCustomersAttributes -> () {
    id: "updateAudienceCustomersAttributes",
    request: PUT "/v2/audience_customers/{audienceId}/attributes",
    path: { audience_id = "audienceId" },
    body: attributes,
    success: [NO_CONTENT],
    auth: [ApiKey],
    retry: Idempotent,
    bad_request: ErrorResponseWithStatus,
} }
