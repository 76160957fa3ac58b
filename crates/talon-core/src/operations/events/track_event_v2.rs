//! `POST /v2/events`

use crate::model::{IntegrationStateV2, NewEventV2};
use crate::operation::{YesNo, operation, options};

/// Records an event of a customer, outside of any session, and evaluates the rules.
///
/// What the rules ask for is final at once: points are in the ledger, giveaways are awarded, limits
/// are used up. There is no cart, so no discounts. The reply is `None` unless the request is told not
/// to be silent.
///
/// ```
/// use talon_core::prelude::*;
///
/// let event = NewEventV2::new("productReviewed", "anna")
///     .attributes(Attributes::new().with("Sku", "MUG"));
/// let http = TrackEventV2::new(event).silent(false).to_http()?;
/// assert_eq!(http.uri(), "/v2/events?silent=no");
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// 400 without a profile, for a type that is reserved (`talon_…`) or unknown, for an attribute that is
/// not declared, for more than one loyalty card, and for `force_complete_evaluation` without `dry`;
/// 409 when too many requests change this profile at once.
///
/// Not in the API of June 2020.
/// Upstream: [trackEventV2](https://docs.talon.one/integration-api#operation/trackEventV2).
#[derive(Clone, Debug, PartialEq)]
pub struct TrackEventV2 {
    /// Whether to leave out the reply; yes when absent.
    pub silent: Option<YesNo>,
    /// Evaluate without storing anything; `false` when absent.
    pub dry: Option<bool>,
    /// Evaluate all campaigns, whatever the evaluation mode of the application; needs `dry`.
    pub force_complete_evaluation: Option<bool>,
    /// What happened.
    pub event: NewEventV2,
}

impl TrackEventV2 {
    /// Records `event`.
    pub fn new(event: NewEventV2) -> Self {
        Self { silent: None, dry: None, force_complete_evaluation: None, event }
    }

    /// Whether to leave out the reply.
    #[must_use]
    pub fn silent(mut self, silent: bool) -> Self {
        self.silent = Some(silent.into());
        self
    }
}

options! { TrackEventV2 {
    /// Evaluate without storing anything.
    dry: bool,
    /// Evaluate all campaigns, whatever the evaluation mode of the application; needs `dry`.
    force_complete_evaluation: bool,
} }

operation! { TrackEventV2 -> Option<IntegrationStateV2> {
    id: "trackEventV2",
    request: POST "/v2/events",
    query: {
        silent = "silent",
        dry = "dry",
        force_complete_evaluation = "forceCompleteEvaluation",
    },
    body: event,
    success: [OK, NO_CONTENT],
    auth: [ApiKey],
    retry: Unsafe,
    idempotency_key: true,
    conflict: Parallel,
    bad_request: ErrorResponseWithStatus,
    subjects: [event.profile_id],
} }
