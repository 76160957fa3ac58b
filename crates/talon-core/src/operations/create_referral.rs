//! `POST /v1/referrals`

use crate::model::{NewReferral, Referral};
use crate::operation::operation;

/// Creates a referral code for an advocate; each call makes a further code.
///
/// # Errors
/// 400 when the campaign does not exist or has no referrals.
///
/// Upstream: [createReferral](https://docs.talon.one/integration-api#operation/createReferral).
#[derive(Clone, Debug, PartialEq)]
pub struct CreateReferral {
    /// Whose code, and for which campaign.
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
