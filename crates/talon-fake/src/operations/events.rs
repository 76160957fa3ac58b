//! `trackEvent`, and the checks that events of all versions share.

use talon_core::model::{Event, IntegrationState, NewEvent};
use talon_core::operations::TrackEvent;
use talon_core::{ApiError, Attributes};

use super::validate::{MAX_ID, Problems};
use super::{Execute, reply};
use crate::engine::lifecycle;
use crate::state::Transaction;

mod new_event;
mod v2;
mod v3;

/// Names of the events that the service raises itself.
const RESERVED: &[&str] = &[
    "talon_profile_created",
    "talon_profile_updated",
    "talon_session_cancelled",
    "talon_session_closed",
    "talon_session_created",
    "talon_session_partially_returned",
    "talon_session_reopened",
    "talon_session_revoked",
    "talon_session_updated",
];

impl Execute for TrackEvent {
    fn is_dry(&self) -> bool {
        self.dry == Some(true)
    }

    fn execute(&self, tx: &mut Transaction<'_>) -> Result<IntegrationState, ApiError> {
        check(&self.event, tx)?;
        let sent = &self.event;
        let event = Event {
            id: tx.ids().number(),
            created: tx.now,
            application_id: tx.state.application,
            profile_id: sent.profile_id.clone(),
            session_id: Some(sent.session_id.clone()),
            event_type: sent.event_type.clone(),
            attributes: sent.attributes.clone(),
            ..Event::default()
        };
        let outcome = lifecycle::track(tx, &sent.session_id, &event)?;
        let event = Event { profile_id: Some(outcome.session.profile_id.clone()), ..event };
        let event = reply::event::with_outcome(tx, event, &outcome);
        tx.put_event(event.clone());
        Ok(reply::v1::state(tx, &outcome, event))
    }
}

fn check(event: &NewEvent, tx: &Transaction<'_>) -> Result<(), ApiError> {
    let mut problems = Problems::new();
    problems.id("/sessionId", event.session_id.as_str());
    let profile = event.profile_id.as_ref().map_or("", |id| id.as_str());
    problems.length(|| "/profileId".to_owned(), profile, MAX_ID);
    check_type(&mut problems, tx, &event.event_type, Some(&event.attributes));
    problems.finish()
}

/// Checks that the type of an event is declared, and its attributes with it.
fn check_type(
    problems: &mut Problems,
    tx: &Transaction<'_>,
    name: &str,
    attributes: Option<&Attributes>,
) {
    let types = tx.state.event_types.as_ref();
    let declared = types.and_then(|types| types.get(name));
    if name.is_empty() {
        problems.add("/type", "minLength", "type must not be empty");
    } else if RESERVED.contains(&name) {
        problems.add("/type", "Reserved", format!("\"{name}\" is an event of the service"));
    } else if types.is_some() && declared.is_none() {
        let details = format!("The event type \"{name}\" is not defined.");
        problems.add("/type", "Unknown", details);
    }
    problems.attributes(|| "/attributes".to_owned(), "Event", declared, attributes);
}
