//! Events.

use serde::{Deserialize, Serialize};
use talon_core::model::Event;
use talon_core::{EventId, EventIntegrationId, ReferralCode, SessionId};

use crate::store::{EncodableRow, EncodedRow, Row};

/// An event that a request tracked, with the effects that it had.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct StoredEvent {
    pub(crate) event: Event,
    /// The closed session that an event of V3 is connected with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) connected_session: Option<SessionId>,
    /// The referral code of an event of V3.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) referral_code: Option<ReferralCode>,
    /// The loyalty cards that the event names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) loyalty_cards: Vec<String>,
    /// The event that its profile tracked before this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) before: Option<EventId>,
}

impl Row for StoredEvent {
    type Key = EventId;
    type Stored = EncodedRow<Self>;

    fn key(&self) -> &EventId {
        &self.event.id
    }
}

impl EncodableRow for StoredEvent {}

impl From<Event> for StoredEvent {
    fn from(event: Event) -> Self {
        Self {
            event,
            connected_session: None,
            referral_code: None,
            loyalty_cards: Vec::new(),
            before: None,
        }
    }
}

/// The integration id of an event of V3, which no other event may have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct EventName {
    pub(crate) integration_id: EventIntegrationId,
    pub(crate) event: EventId,
}

impl Row for EventName {
    type Key = EventIntegrationId;
    type Stored = Self;

    fn key(&self) -> &EventIntegrationId {
        &self.integration_id
    }
}
