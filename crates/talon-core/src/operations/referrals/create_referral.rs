//! `POST /v1/referrals`

use crate::model::{NewReferral, Referral};
use crate::operation::operation;

/// Creates a referral code for an advocate; each call makes a further code.
///
/// ```
/// use talon_core::prelude::*;
///
/// let mut referral = NewReferral::new(7, "anna").friend("bert");
/// referral.usage_limit = Some(1);
/// let http = CreateReferral::new(referral).to_http()?;
/// assert_eq!((http.method().as_str(), http.uri().path()), ("POST", "/v1/referrals"));
/// let body: serde_json::Value = serde_json::from_slice(http.body()).unwrap();
/// assert_eq!(body["advocateProfileIntegrationId"], "anna");
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// 400 when the campaign does not exist or has no referrals.
///
/// Upstream: [createReferral](https://docs.talon.one/integration-api#operation/createReferral).
#[derive(Clone, Debug, PartialEq)]
pub struct CreateReferral {
    /// Advocate and campaign of the code.
    pub referral: NewReferral,
}

impl CreateReferral {
    /// Creates `referral`.
    pub fn new(referral: NewReferral) -> Self {
        Self { referral }
    }
}

operation! { CreateReferral -> Referral {
    id: "createReferral",
    request: POST "/v1/referrals",
    body: referral,
    success: [CREATED],
    auth: [ApiKey, Signature],
    retry: Unsafe,
} }
