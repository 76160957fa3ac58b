//! `POST /v1/referrals_for_multiple_advocates`

use crate::model::{NewReferralBatch, ReferralList};
use crate::operation::{YesNo, operation};

/// Creates a referral code for each of up to 1000 advocates.
///
/// The campaign's limit of referral codes does not count here. Advocates without a profile get one.
/// The reply is `None` unless the request is told not to be silent; its codes are in the order of the advocates.
///
/// ```
/// use talon_core::prelude::*;
///
/// let batch = NewReferralBatch::new(7, ["anna", "bob"]).usage_limit(1);
/// let http = CreateReferralsForMultipleAdvocates::new(batch).silent(false).to_http()?;
/// assert_eq!(http.uri(), "/v1/referrals_for_multiple_advocates?silent=no");
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// 400 when the campaign does not exist or has no referrals, for no advocate or more than 1000, and for a
/// pattern without room for as many codes.
///
/// Not in the API of June 2020.
/// Upstream:
/// [createReferralsForMultipleAdvocates](https://docs.talon.one/integration-api#operation/createReferralsForMultipleAdvocates).
#[derive(Clone, Debug, PartialEq)]
pub struct CreateReferralsForMultipleAdvocates {
    /// Whether to leave out the reply; yes when absent.
    pub silent: Option<YesNo>,
    /// Whose codes, and for which campaign.
    pub batch: NewReferralBatch,
}

impl CreateReferralsForMultipleAdvocates {
    /// Creates `batch`.
    pub fn new(batch: NewReferralBatch) -> Self {
        Self { silent: None, batch }
    }

    /// Whether to leave out the reply.
    #[must_use]
    pub fn silent(mut self, silent: bool) -> Self {
        self.silent = Some(silent.into());
        self
    }
}

operation! { CreateReferralsForMultipleAdvocates -> Option<ReferralList> {
    id: "createReferralsForMultipleAdvocates",
    request: POST "/v1/referrals_for_multiple_advocates",
    query: { silent = "silent" },
    body: batch,
    success: [CREATED, NO_CONTENT],
    auth: [ApiKey],
    retry: Unsafe,
    bad_request: ErrorResponseWithStatus,
} }
