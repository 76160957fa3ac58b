//! `DELETE /v1/customer_data/{integrationId}`

use crate::ProfileId;
use crate::operation::operation;

/// Erases all attributes of a customer profile and of the sessions and events that refer to it.
///
/// The profile itself, its counters, codes and points stay.
///
/// ```
/// use talon_core::prelude::*;
///
/// let http = DeleteCustomerData::new("anna/1").to_http()?;
/// assert_eq!(http.uri(), "/v1/customer_data/anna%2F1");
/// // What would name another path is an error before anything is sent.
/// let error = DeleteCustomerData::new("..").to_http().unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Encode);
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// 404 when there is no such profile.
///
/// Upstream: [deleteCustomerData](https://docs.talon.one/integration-api#operation/deleteCustomerData).
#[derive(Clone, Debug, PartialEq)]
pub struct DeleteCustomerData {
    /// Integration id of the profile.
    pub profile_id: ProfileId,
}

impl DeleteCustomerData {
    /// Erases the data of `profile_id`.
    pub fn new(profile_id: impl Into<ProfileId>) -> Self {
        Self { profile_id: profile_id.into() }
    }
}

operation! { DeleteCustomerData -> () {
    id: "deleteCustomerData",
    request: DELETE "/v1/customer_data/{integrationId}",
    path: { profile_id = "integrationId" },
    success: [NO_CONTENT],
    auth: [ApiKey, Signature],
    retry: Idempotent,
    bad_request: ErrorResponseWithStatus,
} }
