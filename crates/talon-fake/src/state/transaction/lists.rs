//! Rows that are listed: each names the one before it. Sessions and events of a profile, and returns
//! of a session.

use talon_core::{EventId, EventIntegrationId, ProfileId, SessionId};

use super::Transaction;
use crate::state::{EventName, StoredEvent, StoredReturn, StoredSession};

impl Transaction<'_> {
    /// Sessions of a profile, the latest first.
    pub(crate) fn sessions_of(&self, id: &ProfileId) -> Vec<SessionId> {
        let latest =
            self.tables.profiles.get(id).and_then(|profile| profile.latest_session.clone());
        let before = |id: &SessionId| {
            let before = self.session(id)?.before.clone();
            before.filter(|before| before != id)
        };
        std::iter::successors(latest, before).collect()
    }

    /// Stores a return of items of a session, as its latest.
    pub(crate) fn put_return(&mut self, session: &mut StoredSession, mut row: StoredReturn) {
        row.before = session.latest_return.replace(row.id);
        self.tables.returns.put(row);
    }

    /// Returns of items of a session, the latest first.
    pub(crate) fn returns_of(&self, session: &StoredSession) -> Vec<StoredReturn> {
        let row = |id: i64| self.tables.returns.get(&id).cloned();
        let latest = session.latest_return.and_then(row);
        std::iter::successors(latest, |row_| row_.before.and_then(row)).collect()
    }

    /// Stores an event, as the latest of its profile.
    pub(crate) fn put_event(&mut self, event: impl Into<StoredEvent>) {
        let mut stored = event.into();
        let profile = stored.event.profile_id.as_ref();
        let profile = profile.and_then(|id| self.tables.profiles.get_mut(id));
        stored.before = profile.and_then(|profile| profile.latest_event.replace(stored.event.id));
        self.tables.events.put(stored);
    }

    /// The event of V3 with this integration id.
    pub(crate) fn event_named(&self, id: &EventIntegrationId) -> Option<&StoredEvent> {
        self.tables.events.get(&self.tables.event_names.get(id)?.event)
    }

    /// Stores an event of V3 under its integration id.
    pub(crate) fn put_named_event(
        &mut self,
        integration_id: EventIntegrationId,
        event: StoredEvent,
    ) {
        self.tables.event_names.put(EventName { integration_id, event: event.event.id });
        self.put_event(event);
    }

    /// Events of a profile, the latest first.
    pub(crate) fn events_of(&self, id: &ProfileId) -> Vec<EventId> {
        let latest = self.profile(id).and_then(|profile| profile.latest_event);
        let before = |id: &EventId| self.tables.events.get(id)?.before;
        std::iter::successors(latest, before).collect()
    }
}
