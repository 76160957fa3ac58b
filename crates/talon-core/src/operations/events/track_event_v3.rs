//! `POST /v3/events`

use crate::model::{IntegrationStateV2, NewEventV3};
use crate::operation::{YesNo, operation, options};

/// Records an event that has an id of the shop, and evaluates the rules.
///
/// The id is taken once: the same event sent again is refused with 409, so it is safe to repeat. A
/// connected session, which must be closed, lends the rules its cart and attributes and is not
/// changed. What the rules ask for is final at once. The reply is `None` unless the request is told
/// not to be silent.
///
/// ```
/// use talon_core::prelude::*;
///
/// let event = NewEventV3::new("pe_12345", "parcelDelivered", "anna").connected_session("cart-1");
/// let http = TrackEventV3::new(event).silent(false).to_http()?;
/// assert_eq!(http.uri(), "/v3/events?silent=no");
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// 400 as for [`TrackEventV2`](super::TrackEventV2), without an id, and when the connected session does
/// not exist or is not closed; 409 when an event has this id, or when too many requests change this
/// profile at once.
///
/// Not in the API of June 2020.
/// Upstream: [trackEventV3](https://docs.talon.one/integration-api#operation/trackEventV3).
#[derive(Clone, Debug, PartialEq)]
pub struct TrackEventV3 {
    /// Whether to leave out the reply; yes when absent.
    pub silent: Option<YesNo>,
    /// Evaluate without storing anything; `false` when absent.
    pub dry: Option<bool>,
    /// Evaluate all campaigns, whatever the evaluation mode of the application; needs `dry`.
    pub force_complete_evaluation: Option<bool>,
    /// What happened.
    pub event: NewEventV3,
}

impl TrackEventV3 {
    /// Records `event`.
    pub fn new(event: NewEventV3) -> Self {
        Self { silent: None, dry: None, force_complete_evaluation: None, event }
    }

    /// Whether to leave out the reply.
    #[must_use]
    pub fn silent(mut self, silent: bool) -> Self {
        self.silent = Some(silent.into());
        self
    }
}

options! { TrackEventV3 {
    /// Evaluate without storing anything.
    dry: bool,
    /// Evaluate all campaigns, whatever the evaluation mode of the application; needs `dry`.
    force_complete_evaluation: bool,
} }

operation! { TrackEventV3 -> Option<IntegrationStateV2> {
    id: "trackEventV3",
    request: POST "/v3/events",
    query: {
        silent = "silent",
        dry = "dry",
        force_complete_evaluation = "forceCompleteEvaluation",
    },
    body: event,
    success: [OK, NO_CONTENT],
    auth: [ApiKey],
    retry: Unsafe,
    conflict: Exists,
    bad_request: ErrorResponseWithStatus,
    subjects: [event.profile_id],
} }
