//! `POST /v2/customer_audiences`

use crate::model::CustomerProfileAudienceChanges;
use crate::operation::operation;

/// Adds customers to audiences and removes them, up to 1000 at once.
///
/// A customer without a profile gets one when added. Rules do not run. An audience that does not exist
/// refuses the whole request.
///
/// ```
/// use talon_core::prelude::*;
///
/// let changes = CustomerProfileAudienceChanges::new([AudienceChange::add(7, "anna")]);
/// let http = UpdateCustomerProfileAudiences::new(changes).to_http()?;
/// assert_eq!(http.uri(), "/v2/customer_audiences");
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// 400 for more than 1000 changes; 404 when there is no such audience.
///
/// Not in the API of June 2020.
/// Upstream:
/// [updateCustomerProfileAudiences](https://docs.talon.one/integration-api#operation/updateCustomerProfileAudiences).
#[derive(Clone, Debug, PartialEq)]
pub struct UpdateCustomerProfileAudiences {
    /// The changes, in their order.
    pub changes: CustomerProfileAudienceChanges,
}

impl UpdateCustomerProfileAudiences {
    /// Applies these changes, in this order.
    pub fn new(changes: impl Into<CustomerProfileAudienceChanges>) -> Self {
        Self { changes: changes.into() }
    }
}

operation! { UpdateCustomerProfileAudiences -> () {
    id: "updateCustomerProfileAudiences",
    request: POST "/v2/customer_audiences",
    body: changes,
    success: [NO_CONTENT],
    auth: [ApiKey],
    retry: Idempotent,
    bad_request: ErrorResponseWithStatus,
} }
