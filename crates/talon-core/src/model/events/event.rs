//! Events: something a customer did, and what the rules made of it.

use serde::{Deserialize, Serialize};

use crate::model::{LedgerEntry, Meta};
use crate::effect::EventEffect;
use crate::{ApplicationId, Attributes, EventId, ProfileId, SessionId, Timestamp};

/// An event to record in a session.
///
/// Schema `NewEvent`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewEvent {
    /// Customer who did it; absent or empty for an anonymous one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile_id: Option<ProfileId>,
    /// Name of the event, declared beforehand; names of built-in events are reserved.
    #[serde(rename = "type")]
    pub event_type: String,
    /// Custom attributes, declared for this event; required, and may be empty.
    #[serde(deserialize_with = "crate::wire::lenient::null_as_default")]
    pub attributes: Attributes,
    /// Session it happened in; created when it does not exist.
    pub session_id: SessionId,
}

impl NewEvent {
    /// An event named `event_type` in `session`, without attributes.
    pub fn new(event_type: impl Into<String>, session: impl Into<SessionId>) -> Self {
        Self { event_type: event_type.into(), session_id: session.into(), ..Self::default() }
    }

    /// Sets the customer who did it.
    #[must_use]
    pub fn profile(mut self, profile: impl Into<ProfileId>) -> Self {
        self.profile_id = Some(profile.into());
        self
    }

    /// Sets the custom attributes.
    #[must_use]
    pub fn attributes(mut self, attributes: Attributes) -> Self {
        self.attributes = attributes;
        self
    }
}

/// An event as the service recorded it.
///
/// Updates of sessions and profiles are events too, of built-in types such as
/// `talon_session_updated`. Schema `Event`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// Service's own number of the event.
    pub id: EventId,
    /// When it was recorded.
    pub created: Timestamp,
    /// Application it belongs to.
    pub application_id: ApplicationId,
    /// Customer who did it; absent or empty for an anonymous one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile_id: Option<ProfileId>,
    /// Store it happened in. Today only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub store_integration_id: Option<String>,
    /// Name of the event.
    #[serde(rename = "type")]
    pub event_type: String,
    /// Custom attributes.
    #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
    pub attributes: Attributes,
    /// Name the shop gave the event, unique among events. Today only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub integration_id: Option<String>,
    /// Session it happened in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_id: Option<SessionId>,
    /// What the rules ask for, in the form of the first version.
    #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
    pub effects: Vec<EventEffect>,
    /// Changes of loyalty points.
    #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
    pub ledger_entries: Vec<LedgerEntry>,
    /// Notes of the evaluation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meta: Option<Meta>,
}

/// An event of the third version: outside of sessions, or after a closed one.
///
/// Today only. Schema `EventV3`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AdvancedEvent {
    /// Closed session the event refers to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connected_session_id: Option<SessionId>,
    /// Service's own number of the event.
    pub id: EventId,
    /// When it was recorded.
    pub created: Timestamp,
    /// Application it belongs to.
    pub application_id: ApplicationId,
    /// Customer who did it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile_id: Option<ProfileId>,
    /// Store it happened in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub store_integration_id: Option<String>,
    /// Name of the event.
    #[serde(rename = "type")]
    pub event_type: String,
    /// Custom attributes.
    #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
    pub attributes: Attributes,
    /// Name the shop gave the event, unique among events.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub integration_id: Option<String>,
    /// What the rules ask for, in the form of the first version.
    #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
    pub effects: Vec<EventEffect>,
}
