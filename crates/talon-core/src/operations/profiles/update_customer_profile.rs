//! `PUT /v1/customer_profiles/{integrationId}`

use crate::ProfileId;
use crate::model::{IntegrationState, NewCustomerProfile};
use crate::operation::{operation, options};

/// Creates or updates a profile and evaluates the rules; V1.
///
/// Attributes are merged: `null` removes one, one left out is kept. A rule may reward each update,
/// so repeating the request is not safe.
///
/// ```
/// use serde_json::Value;
/// use talon_core::prelude::*;
///
/// let changes = Attributes::new().with("City", "Berlin").with("Nickname", Value::Null);
/// let profile = NewCustomerProfile::default().attributes(changes);
/// let http = UpdateCustomerProfile::new("anna", profile).to_http()?;
/// assert_eq!(http.uri(), "/v1/customer_profiles/anna");
/// assert_eq!(http.body(), r#"{"attributes":{"City":"Berlin","Nickname":null}}"#);
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// 400 when an attribute is not declared or of another type.
///
/// Upstream: [updateCustomerProfile](https://docs.talon.one/integration-api#operation/updateCustomerProfile).
#[derive(Clone, Debug, PartialEq)]
pub struct UpdateCustomerProfile {
    /// Integration id of the profile.
    pub profile_id: ProfileId,
    /// Evaluates without storing anything. Default `false`.
    pub dry: Option<bool>,
    /// The changes.
    pub profile: NewCustomerProfile,
}

impl UpdateCustomerProfile {
    /// Applies `profile` to `profile_id`.
    pub fn new(profile_id: impl Into<ProfileId>, profile: NewCustomerProfile) -> Self {
        Self { profile_id: profile_id.into(), dry: None, profile }
    }
}

options! { UpdateCustomerProfile {
    /// Evaluates without storing anything.
    dry: bool,
} }

operation! { UpdateCustomerProfile -> IntegrationState {
    id: "updateCustomerProfile",
    request: PUT "/v1/customer_profiles/{integrationId}",
    path: { profile_id = "integrationId" },
    query: { dry = "dry" },
    body: profile,
    success: [OK],
    auth: [ApiKey, Signature],
    retry: Unsafe,
    subjects: [profile_id],
} }
