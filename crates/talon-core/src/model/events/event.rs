//! Events of customers.

use crate::effect::EventEffect;
use crate::model::{LedgerEntry, Meta, model};
use crate::{ApplicationId, Attributes, EventId, ProfileId, ReferralCode, SessionId, Timestamp};

model! {
    /// An event to record in a session.
    ///
    /// Schema `NewEvent`.
    pub struct NewEvent {
        /// Integration id of the customer; absent or empty for an anonymous one.
        pub profile_id as profile: Option<ProfileId>,
        /// Name of the event type. It must be declared in the account; names of built-in events are
        /// reserved.
        #[serde(rename = "type")]
        pub event_type: String,
        /// Custom attributes declared for this event type; required, may be empty.
        #[serde(deserialize_with = "crate::wire::lenient::null_as_default")]
        pub attributes: Attributes,
        /// Session of the event; created if it does not exist.
        pub session_id as session: SessionId,
    }
    setters
}

impl NewEvent {
    /// An event named `event_type` in `session`, without attributes.
    pub fn new(event_type: impl Into<String>, session: impl Into<SessionId>) -> Self {
        Self { event_type: event_type.into(), session_id: session.into(), ..Self::default() }
    }
}

model! {
    /// An event, as recorded by the service.
    ///
    /// Updates of sessions and profiles are events too, of built-in types such as
    /// `talon_session_updated`. Schema `Event`.
    pub struct Event {
        /// Id that the service assigned to the event.
        pub id: EventId,
        /// Time when it was recorded.
        pub created: Timestamp,
        /// Application it belongs to.
        pub application_id: ApplicationId,
        /// Integration id of the customer; absent or empty for an anonymous one.
        pub profile_id: Option<ProfileId>,
        /// Integration id of the store. Not in the API of June 2020.
        pub store_integration_id: Option<String>,
        /// Name of the event.
        #[serde(rename = "type")]
        pub event_type: String,
        /// Custom attributes.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub attributes: Attributes,
        /// Integration id, assigned by the shop and unique among events. Not in the API of June
        /// 2020.
        pub integration_id: Option<String>,
        /// Session of the event.
        pub session_id: Option<SessionId>,
        /// Effects of the rules, in the form of V1.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub effects: Vec<EventEffect>,
        /// Changes of loyalty points.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub ledger_entries: Vec<LedgerEntry>,
        /// Metadata of the evaluation.
        pub meta: Option<Meta>,
    }
}

model! {
    /// An event of V3: outside of sessions, or after a closed one.
    ///
    /// Not in the API of June 2020. Schema `EventV3`.
    pub struct AdvancedEvent {
        /// Closed session the event refers to.
        pub connected_session_id: Option<SessionId>,
        /// Id that the service assigned to the event.
        pub id: EventId,
        /// Time when it was recorded.
        pub created: Timestamp,
        /// Application it belongs to.
        pub application_id: ApplicationId,
        /// Integration id of the customer.
        pub profile_id: Option<ProfileId>,
        /// Integration id of the store.
        pub store_integration_id: Option<String>,
        /// Name of the event.
        #[serde(rename = "type")]
        pub event_type: String,
        /// Custom attributes.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub attributes: Attributes,
        /// Integration id, assigned by the shop and unique among events.
        pub integration_id: Option<String>,
        /// Referral code that was sent with it. Newer than the published specification.
        pub referral_code: Option<ReferralCode>,
        /// Effects of the rules, in the form of V1.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub effects: Vec<EventEffect>,
    }
}
