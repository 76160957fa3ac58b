//! `trackEvent`.

use talon_core::ApiError;
use talon_core::model::{IntegrationState, NewEvent};
use talon_core::operations::TrackEvent;

use super::Execute;
use super::reply::event;
use super::sessions::reply_v1;
use super::validate::{MAX_ID, Problems};
use crate::engine::lifecycle;
use crate::state::Transaction;

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
        let mut event = event::new_event(tx, &sent.event_type, None, sent.attributes.clone());
        event.profile_id.clone_from(&sent.profile_id);
        event.session_id = Some(sent.session_id.clone());
        let profile = sent.profile_id.as_ref();
        let outcome = lifecycle::event(tx, &sent.session_id, profile, &event)?;
        event.profile_id = Some(outcome.session.profile_id.clone());
        let event = event::with_outcome(tx, event, &outcome);
        tx.put_event(event.clone());
        Ok(reply_v1(tx, outcome, event))
    }
}

fn check(event: &NewEvent, tx: &Transaction<'_>) -> Result<(), ApiError> {
    let mut problems = Problems::new();
    problems.id("/sessionId", event.session_id.as_str());
    let profile = event.profile_id.as_ref().map_or("", |id| id.as_str());
    problems.length(|| "/profileId".to_owned(), profile, MAX_ID);
    let name = &event.event_type;
    let types = tx.state.event_types.as_ref();
    let declared = types.and_then(|types| types.get(name));
    if name.is_empty() {
        problems.add("/type", "minLength", "type must not be empty");
    } else if RESERVED.contains(&name.as_str()) {
        problems.add("/type", "Reserved", format!("\"{name}\" is an event of the service"));
    } else if types.is_some() && declared.is_none() {
        let details = format!("The event type \"{name}\" is not defined.");
        problems.add("/type", "Unknown", details);
    }
    let attributes = Some(&event.attributes);
    problems.attributes(|| "/attributes".to_owned(), "Event", declared, attributes);
    problems.finish()
}
