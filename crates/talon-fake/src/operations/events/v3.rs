//! `trackEventV3` and `getEventV3`.

use http::StatusCode;
use talon_core::model::{
    AdvancedEvent, Event, IntegrationStateV2, NewEventV3, ResponseContent, SessionState,
};
use talon_core::operations::{GetEventV3, TrackEventV3};
use talon_core::{ApiError, EventIntegrationId};

use super::new_event::{NewEventFields, check_complete_evaluation, is_silent};
use crate::engine::lifecycle;
use crate::engine::outcome::{EvaluationOptions, Outcome};
use crate::operations::validate::Problems;
use crate::operations::{Execute, evaluation_options, reply};
use crate::state::{StoredEvent, Transaction};

/// Members that the reply may have on request.
const CONTENT: &[ResponseContent] = &[
    ResponseContent::CustomerProfile,
    ResponseContent::TriggeredCampaigns,
    ResponseContent::Loyalty,
    ResponseContent::AdvancedEvent,
    ResponseContent::AwardedGiveaways,
    ResponseContent::RuleFailureReasons,
];

impl Execute for TrackEventV3 {
    fn is_dry(&self) -> bool {
        self.dry == Some(true)
    }

    fn execute(&self, tx: &mut Transaction<'_>) -> Result<Option<IntegrationStateV2>, ApiError> {
        let (sent, is_dry) = (&self.event, tx.is_dry);
        check_complete_evaluation(self.force_complete_evaluation, is_dry)?;
        check(tx, sent, is_dry)?;
        if tx.event_named(&sent.integration_id).is_some() {
            return Err(exists(&sent.integration_id));
        }
        let stored = stored_event(tx, sent);
        let content = sent.response_content.as_deref().unwrap_or_default();
        let options = EvaluationOptions {
            advanced_events: true,
            ignores_mode: self.force_complete_evaluation == Some(true),
            ..evaluation_options(is_dry, sent.evaluable_campaign_ids.as_deref(), content)
        };
        let outcome = lifecycle::track_outside_sessions(tx, &stored, options);
        tx.put_named_event(sent.integration_id.clone(), stored.clone());
        let reply = || state(tx, outcome, &stored, content);
        Ok((!is_silent(self.silent)).then(reply))
    }
}

impl Execute for GetEventV3 {
    fn execute(&self, tx: &mut Transaction<'_>) -> Result<AdvancedEvent, ApiError> {
        let stored = tx.event_named(&self.event_id);
        let missing = || ApiError::new(StatusCode::NOT_FOUND, "Not found: no such event");
        stored.map(advanced_event).ok_or_else(missing)
    }
}

fn check(tx: &Transaction<'_>, sent: &NewEventV3, is_dry: bool) -> Result<(), ApiError> {
    let mut problems = Problems::new();
    problems.id("/integrationId", sent.integration_id.as_str());
    NewEventFields::from(sent).check(&mut problems, tx, CONTENT, is_dry);
    if let Some(details) = objection_to_session(tx, sent) {
        problems.add("/connectedSessionId", "Invalid", details);
    }
    problems.finish()
}

/// Why an event cannot be connected with its session, which must be closed.
fn objection_to_session(tx: &Transaction<'_>, sent: &NewEventV3) -> Option<&'static str> {
    let Some(stored) = tx.session(sent.connected_session_id.as_ref()?) else {
        return Some("there is no such session");
    };
    (stored.session.state != SessionState::Closed).then_some("the session is not closed")
}

fn stored_event(tx: &mut Transaction<'_>, sent: &NewEventV3) -> StoredEvent {
    let event = Event {
        id: tx.ids().number(),
        created: tx.now,
        application_id: tx.state.application,
        profile_id: Some(sent.profile_id.clone()),
        store_integration_id: sent.store_integration_id.clone(),
        event_type: sent.event_type.clone(),
        attributes: sent.attributes.clone().unwrap_or_default(),
        integration_id: Some(sent.integration_id.to_string()),
        ..Event::default()
    };
    StoredEvent {
        connected_session: sent.connected_session_id.clone(),
        referral_code: sent.referral_code.clone(),
        loyalty_cards: sent.loyalty_cards.clone().unwrap_or_default(),
        ..event.into()
    }
}

fn state(
    tx: &Transaction<'_>,
    outcome: Outcome,
    stored: &StoredEvent,
    content: &[ResponseContent],
) -> IntegrationStateV2 {
    let wants_event = content.contains(&ResponseContent::AdvancedEvent);
    IntegrationStateV2 {
        advanced_event: wants_event.then(|| advanced_event(stored)),
        referral: stored.referral_code.as_ref().and_then(|code| tx.referral_reply(code)),
        ..reply::v2::state(tx, outcome, content)
    }
}

/// The event as replies contain it; its effects are those of the reply.
fn advanced_event(stored: &StoredEvent) -> AdvancedEvent {
    let event = stored.event.clone();
    AdvancedEvent {
        connected_session_id: stored.connected_session.clone(),
        id: event.id,
        created: event.created,
        application_id: event.application_id,
        profile_id: event.profile_id,
        store_integration_id: event.store_integration_id,
        event_type: event.event_type,
        attributes: event.attributes,
        integration_id: event.integration_id,
        referral_code: stored.referral_code.clone(),
        effects: Vec::new(),
    }
}

/// The refusal of an id that another event has.
fn exists(id: &EventIntegrationId) -> ApiError {
    let message = format!("An advanced event with the integration ID \"{id}\" already exists");
    ApiError::new(StatusCode::CONFLICT, message)
}
