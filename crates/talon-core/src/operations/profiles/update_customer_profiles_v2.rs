//! `PUT /v2/customer_profiles`

use crate::model::{CustomerProfileBatch, CustomerProfileBatchReply};
use crate::operation::{YesNo, operation};

/// Creates or updates up to 1000 profiles at once.
///
/// Attributes are merged as in [`UpdateCustomerProfileV2`](super::UpdateCustomerProfileV2); rules
/// never run. One profile that does not fit refuses the whole batch. The reply is `None` unless the
/// request is told not to be silent.
///
/// ```
/// use talon_core::prelude::*;
///
/// let batch = CustomerProfileBatch::new([CustomerProfileBatchItem::new("anna")
///     .attributes(Attributes::new().with("City", "Oslo"))]);
/// let http = UpdateCustomerProfilesV2::new(batch).silent(false).to_http()?;
/// assert_eq!(http.uri(), "/v2/customer_profiles?silent=no");
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// 400 for more than 1000 profiles, one without an id, or an attribute that is not declared.
///
/// Not in the API of June 2020.
/// Upstream: [updateCustomerProfilesV2](https://docs.talon.one/integration-api#operation/updateCustomerProfilesV2).
#[derive(Clone, Debug, PartialEq)]
pub struct UpdateCustomerProfilesV2 {
    /// Whether to leave out the reply; yes when absent.
    pub silent: Option<YesNo>,
    /// The profiles.
    pub batch: CustomerProfileBatch,
}

impl UpdateCustomerProfilesV2 {
    /// Creates or updates these profiles.
    pub fn new(profiles: impl Into<CustomerProfileBatch>) -> Self {
        Self { silent: None, batch: profiles.into() }
    }

    /// Whether to leave out the reply.
    #[must_use]
    pub fn silent(mut self, silent: bool) -> Self {
        self.silent = Some(silent.into());
        self
    }
}

operation! { UpdateCustomerProfilesV2 -> Option<CustomerProfileBatchReply> {
    id: "updateCustomerProfilesV2",
    request: PUT "/v2/customer_profiles",
    query: { silent = "silent" },
    body: batch,
    success: [OK, NO_CONTENT],
    auth: [ApiKey],
    retry: Idempotent,
    idempotency_key: true,
    bad_request: ErrorResponseWithStatus,
} }
