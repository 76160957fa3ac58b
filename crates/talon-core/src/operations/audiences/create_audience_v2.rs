//! `POST /v2/audiences`

use crate::model::{Audience, NewAudience};
use crate::operation::operation;

/// Creates an audience.
///
/// One of an integration has an id there, which only one audience may have.
///
/// ```
/// use talon_core::prelude::*;
///
/// let http = CreateAudienceV2::new(NewAudience::new("Regulars")).to_http()?;
/// assert_eq!(http.body(), r#"{"name":"Regulars"}"#);
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// 400 without a name, and for an integration without an id; 409 when an audience has this id.
///
/// Not in the API of June 2020.
/// Upstream: [createAudienceV2](https://docs.talon.one/integration-api#operation/createAudienceV2).
#[derive(Clone, Debug, PartialEq)]
pub struct CreateAudienceV2 {
    /// The audience.
    pub audience: NewAudience,
}

impl CreateAudienceV2 {
    /// Creates `audience`.
    pub fn new(audience: NewAudience) -> Self {
        Self { audience }
    }
}

operation! { CreateAudienceV2 -> Audience {
    id: "createAudienceV2",
    request: POST "/v2/audiences",
    body: audience,
    success: [CREATED],
    auth: [ApiKey],
    retry: Unsafe,
    conflict: Exists,
    bad_request: ErrorResponseWithStatus,
} }
