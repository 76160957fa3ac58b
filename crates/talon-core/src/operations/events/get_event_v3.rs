//! `GET /v3/events/{integrationId}`

use crate::EventIntegrationId;
use crate::model::AdvancedEvent;
use crate::operation::operation;

/// Returns an event that was recorded with an id of the shop.
///
/// Events of the first and second version have no such id and cannot be read.
///
/// ```
/// use talon_core::prelude::*;
///
/// let http = GetEventV3::new("pe_12345").to_http()?;
/// assert_eq!(http.uri(), "/v3/events/pe_12345");
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// 404 when there is no such event.
///
/// Not in the API of June 2020.
/// Upstream: [getEventV3](https://docs.talon.one/integration-api#operation/getEventV3).
#[derive(Clone, Debug, PartialEq)]
pub struct GetEventV3 {
    /// Which event.
    pub event_id: EventIntegrationId,
}

impl GetEventV3 {
    /// Reads `event_id`.
    pub fn new(event_id: impl Into<EventIntegrationId>) -> Self {
        Self { event_id: event_id.into() }
    }
}

operation! { GetEventV3 -> AdvancedEvent {
    id: "getEventV3",
    request: GET "/v3/events/{integrationId}",
    path: { event_id = "integrationId" },
    success: [OK],
    auth: [ApiKey],
    retry: ReadOnly,
    bad_request: ErrorResponseWithStatus,
} }
