//! `PUT /v2/customer_profiles/{customerProfileId}`

use crate::ProfileId;
use crate::model::{CustomerProfileUpdate, NewCustomerProfile};
use crate::operation::{operation, options};

/// Creates or updates a profile.
///
/// Attributes are merged: `null` removes one, one left out is kept. No rules run unless
/// `run_rule_engine` asks for it; the API of June 2020 never runs them.
///
/// ```
/// use talon_core::prelude::*;
///
/// let profile = NewCustomerProfile::default()
///     .response_content([ResponseContent::CustomerProfile, ResponseContent::Loyalty]);
/// let http = UpdateCustomerProfileV2::new("anna", profile).run_rule_engine(true).to_http()?;
/// assert_eq!(http.uri(), "/v2/customer_profiles/anna?runRuleEngine=true");
/// assert_eq!(http.body(), r#"{"responseContent":["customerProfile","loyalty"]}"#);
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// 400 when an attribute is not declared or of another type; 409 when too many requests change
/// this profile at once.
///
/// Upstream: [updateCustomerProfileV2](https://docs.talon.one/integration-api#operation/updateCustomerProfileV2).
#[derive(Clone, Debug, PartialEq)]
pub struct UpdateCustomerProfileV2 {
    /// Integration id of the profile.
    pub profile_id: ProfileId,
    /// Evaluates the rules. Default `false`. Not in the API of June 2020.
    pub run_rule_engine: Option<bool>,
    /// Evaluates without storing anything; requires `run_rule_engine`. Default `false`. Not in the
    /// API of June 2020.
    pub dry: Option<bool>,
    /// The changes.
    pub profile: NewCustomerProfile,
}

impl UpdateCustomerProfileV2 {
    /// Applies `profile` to `profile_id`.
    pub fn new(profile_id: impl Into<ProfileId>, profile: NewCustomerProfile) -> Self {
        Self { profile_id: profile_id.into(), run_rule_engine: None, dry: None, profile }
    }
}

options! { UpdateCustomerProfileV2 {
    /// Evaluates the rules.
    run_rule_engine: bool,
    /// Evaluates without storing anything; requires `run_rule_engine`. Default `false`.
    dry: bool,
} }

operation! { UpdateCustomerProfileV2 -> CustomerProfileUpdate {
    id: "updateCustomerProfileV2",
    request: PUT "/v2/customer_profiles/{customerProfileId}",
    path: { profile_id = "customerProfileId" },
    query: { run_rule_engine = "runRuleEngine", dry = "dry" },
    body: profile,
    success: [OK],
    auth: [ApiKey],
    retry: Idempotent,
    idempotency_key: true,
    conflict: Parallel,
    bad_request: ErrorResponseWithStatus,
    subjects: [profile_id],
} }
