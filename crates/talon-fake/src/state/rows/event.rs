//! Events.

use serde::{Deserialize, Serialize};
use talon_core::EventId;
use talon_core::model::Event;

use crate::store::{EncodableRow, EncodedRow, Row};

/// An event that a request tracked, with the effects that it had.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct StoredEvent {
    pub(crate) event: Event,
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
