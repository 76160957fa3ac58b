//! `POST /v1/events`

use crate::model::{IntegrationState, NewEvent};
use crate::operation::{operation, options};

/// Records an event of a session and evaluates the rules; V1.
///
/// Session and profile are created when they do not exist. Each call records a further event.
///
/// ```
/// use talon_core::prelude::*;
///
/// let event = NewEvent::new("productViewed", "cart-1")
///     .profile("anna")
///     .attributes(Attributes::new().with("Sku", "MUG"));
/// let http = TrackEvent::new(event).dry(true).to_http()?;
/// assert_eq!(http.uri(), "/v1/events?dry=true");
/// let body: serde_json::Value = serde_json::from_slice(http.body()).unwrap();
/// assert_eq!(body["attributes"]["Sku"], "MUG");
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// 400 when the type is reserved (`talon_…`) or unknown, an attribute is not declared, or the
/// session belongs to another profile.
///
/// Upstream: [trackEvent](https://docs.talon.one/integration-api#operation/trackEvent).
#[derive(Clone, Debug, PartialEq)]
pub struct TrackEvent {
    /// Evaluates without storing anything. Default `false`.
    pub dry: Option<bool>,
    /// The event.
    pub event: NewEvent,
}

impl TrackEvent {
    /// Records `event`.
    pub fn new(event: NewEvent) -> Self {
        Self { dry: None, event }
    }
}

options! { TrackEvent {
    /// Evaluates without storing anything.
    dry: bool,
} }

operation! { TrackEvent -> IntegrationState {
    id: "trackEvent",
    request: POST "/v1/events",
    query: { dry = "dry" },
    body: event,
    success: [CREATED],
    auth: [ApiKey, Signature],
    retry: Unsafe,
    subjects: [event.session_id, event.profile_id],
} }
