//! Events: something a customer did, and what the rules made of it.

use crate::effect::EventEffect;
use crate::model::{LedgerEntry, Meta, model};
use crate::{ApplicationId, Attributes, EventId, ProfileId, SessionId, Timestamp};

model! {
    /// An event to record in a session.
    ///
    /// Schema `NewEvent`.
    pub struct NewEvent {
        /// Customer who did it; absent or empty for an anonymous one.
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

model! {
    /// An event as the service recorded it.
    ///
    /// Updates of sessions and profiles are events too, of built-in types such as
    /// `talon_session_updated`. Schema `Event`.
    pub struct Event {
        /// Service's own number of the event.
        pub id: EventId,
        /// When it was recorded.
        pub created: Timestamp,
        /// Application it belongs to.
        pub application_id: ApplicationId,
        /// Customer who did it; absent or empty for an anonymous one.
        pub profile_id: Option<ProfileId>,
        /// Store it happened in. Not in the API of June 2020.
        pub store_integration_id: Option<String>,
        /// Name of the event.
        #[serde(rename = "type")]
        pub event_type: String,
        /// Custom attributes.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub attributes: Attributes,
        /// Name the shop gave the event, unique among events. Not in the API of June 2020.
        pub integration_id: Option<String>,
        /// Session it happened in.
        pub session_id: Option<SessionId>,
        /// What the rules ask for, in the form of the first version.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub effects: Vec<EventEffect>,
        /// Changes of loyalty points.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub ledger_entries: Vec<LedgerEntry>,
        /// Notes of the evaluation.
        pub meta: Option<Meta>,
    }
}

model! {
    /// An event of the third version: outside of sessions, or after a closed one.
    ///
    /// Not in the API of June 2020. Schema `EventV3`.
    pub struct AdvancedEvent {
        /// Closed session the event refers to.
        pub connected_session_id: Option<SessionId>,
        /// Service's own number of the event.
        pub id: EventId,
        /// When it was recorded.
        pub created: Timestamp,
        /// Application it belongs to.
        pub application_id: ApplicationId,
        /// Customer who did it.
        pub profile_id: Option<ProfileId>,
        /// Store it happened in.
        pub store_integration_id: Option<String>,
        /// Name of the event.
        #[serde(rename = "type")]
        pub event_type: String,
        /// Custom attributes.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub attributes: Attributes,
        /// Name the shop gave the event, unique among events.
        pub integration_id: Option<String>,
        /// What the rules ask for, in the form of the first version.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub effects: Vec<EventEffect>,
    }
}
