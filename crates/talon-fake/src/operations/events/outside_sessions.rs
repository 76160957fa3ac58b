//! Events outside of sessions: `trackEventV2`, `trackEventV3` and `getEventV3`.

use http::StatusCode;
use talon_core::model::{
    AdvancedEvent, Event, IntegrationStateV2, NewEventV2, NewEventV3, ResponseContent, SessionState,
};
use talon_core::operation::YesNo;
use talon_core::operations::{GetEventV3, TrackEventV2, TrackEventV3};
use talon_core::{ApiError, Attributes, Problem, ProfileId};

use super::check_type;
use crate::engine::lifecycle;
use crate::engine::outcome::{EvaluationOptions, Outcome};
use crate::operations::validate::{MAX_ID, Problems};
use crate::operations::{Execute, evaluation_options, reply};
use crate::state::{StoredEvent, Transaction};

/// Members that a reply to an event of V2 may have on request.
const CONTENT_V2: &[ResponseContent] = &[
    ResponseContent::CustomerProfile,
    ResponseContent::TriggeredCampaigns,
    ResponseContent::Loyalty,
    ResponseContent::Event,
    ResponseContent::AwardedGiveaways,
    ResponseContent::RuleFailureReasons,
    ResponseContent::CampaignEligibility,
    ResponseContent::Achievements,
];

/// Members that a reply to an event of V3 may have on request.
const CONTENT_V3: &[ResponseContent] = &[
    ResponseContent::CustomerProfile,
    ResponseContent::TriggeredCampaigns,
    ResponseContent::Loyalty,
    ResponseContent::AdvancedEvent,
    ResponseContent::AwardedGiveaways,
    ResponseContent::RuleFailureReasons,
];

impl Execute for TrackEventV2 {
    fn is_dry(&self) -> bool {
        self.dry == Some(true)
    }

    fn execute(&self, tx: &mut Transaction<'_>) -> Result<Option<IntegrationStateV2>, ApiError> {
        let is_dry = self.is_dry();
        check_complete_evaluation(self.force_complete_evaluation, is_dry)?;
        Sent::from(&self.event).check(tx, CONTENT_V2, is_dry)?;
        let sent = &self.event;
        let profile = sent.profile_id.clone().unwrap_or_default();
        let event = Event {
            id: tx.ids().number(),
            created: tx.now,
            application_id: tx.state.application,
            profile_id: Some(profile.clone()),
            store_integration_id: sent.store_integration_id.clone(),
            event_type: sent.event_type.clone(),
            attributes: sent.attributes.clone().unwrap_or_default(),
            ..Event::default()
        };
        let content = sent.response_content.as_deref().unwrap_or_default();
        let options = evaluation_options(is_dry, sent.evaluable_campaign_ids.as_deref(), content);
        let outcome = lifecycle::track_outside_sessions(tx, &profile, &event, None, options);
        tx.put_event(event.clone());
        if is_silent(self.silent) {
            return Ok(None);
        }
        let event = content.contains(&ResponseContent::Event).then_some(event);
        Ok(Some(IntegrationStateV2 { event, ..reply::v2::state(tx, outcome, content) }))
    }
}

impl Execute for TrackEventV3 {
    fn is_dry(&self) -> bool {
        self.dry == Some(true)
    }

    fn execute(&self, tx: &mut Transaction<'_>) -> Result<Option<IntegrationStateV2>, ApiError> {
        let is_dry = self.is_dry();
        let sent = &self.event;
        check_complete_evaluation(self.force_complete_evaluation, is_dry)?;
        Sent::from(sent).check(tx, CONTENT_V3, is_dry)?;
        check_connected_session(tx, sent)?;
        if tx.event_named(&sent.integration_id).is_some() {
            return Err(exists(sent.integration_id.as_str()));
        }
        let stored = advanced_event(tx, sent);
        let content = sent.response_content.as_deref().unwrap_or_default();
        let options = EvaluationOptions {
            advanced_events: true,
            ..evaluation_options(is_dry, sent.evaluable_campaign_ids.as_deref(), content)
        };
        let connected = stored.connected_session.as_ref();
        let profile = &sent.profile_id;
        let outcome =
            lifecycle::track_outside_sessions(tx, profile, &stored.event, connected, options);
        tx.put_named_event(sent.integration_id.clone(), stored.clone());
        let reply = || advanced_state(tx, outcome, sent, &stored);
        Ok((!is_silent(self.silent)).then(reply))
    }
}

impl Execute for GetEventV3 {
    fn execute(&self, tx: &mut Transaction<'_>) -> Result<AdvancedEvent, ApiError> {
        let stored = tx.event_named(&self.event_id);
        let stored = stored
            .ok_or_else(|| ApiError::new(StatusCode::NOT_FOUND, "Not found: no such event"))?;
        Ok(advanced_event_reply(stored))
    }
}

/// The reply to an event of V3.
fn advanced_state(
    tx: &Transaction<'_>,
    outcome: Outcome,
    sent: &NewEventV3,
    stored: &StoredEvent,
) -> IntegrationStateV2 {
    let content = sent.response_content.as_deref().unwrap_or_default();
    let wants_event = content.contains(&ResponseContent::AdvancedEvent);
    IntegrationStateV2 {
        advanced_event: wants_event.then(|| advanced_event_reply(stored)),
        referral: sent.referral_code.as_ref().and_then(|code| tx.referral_reply(code)),
        ..reply::v2::state(tx, outcome, content)
    }
}

fn advanced_event(tx: &mut Transaction<'_>, sent: &NewEventV3) -> StoredEvent {
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
    StoredEvent { connected_session: sent.connected_session_id.clone(), ..event.into() }
}

fn advanced_event_reply(stored: &StoredEvent) -> AdvancedEvent {
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
        effects: Vec::new(),
    }
}

/// What events of V2 and V3 have in common.
struct Sent<'a> {
    profile: &'a str,
    store: Option<&'a str>,
    event_type: &'a str,
    attributes: Option<&'a Attributes>,
    cards: &'a [String],
    content: Option<&'a [ResponseContent]>,
    integration_id: Option<&'a str>,
}

impl<'a> From<&'a NewEventV2> for Sent<'a> {
    fn from(event: &'a NewEventV2) -> Self {
        Self {
            profile: event.profile_id.as_ref().map_or("", ProfileId::as_str),
            store: event.store_integration_id.as_deref(),
            event_type: &event.event_type,
            attributes: event.attributes.as_ref(),
            cards: event.loyalty_cards.as_deref().unwrap_or_default(),
            content: event.response_content.as_deref(),
            integration_id: None,
        }
    }
}

impl<'a> From<&'a NewEventV3> for Sent<'a> {
    fn from(event: &'a NewEventV3) -> Self {
        Self {
            profile: event.profile_id.as_str(),
            store: event.store_integration_id.as_deref(),
            event_type: &event.event_type,
            attributes: event.attributes.as_ref(),
            cards: event.loyalty_cards.as_deref().unwrap_or_default(),
            content: event.response_content.as_deref(),
            integration_id: Some(event.integration_id.as_str()),
        }
    }
}

impl Sent<'_> {
    fn check(
        &self,
        tx: &Transaction<'_>,
        members: &[ResponseContent],
        is_dry: bool,
    ) -> Result<(), ApiError> {
        let mut problems = Problems::new();
        problems.id("/profileId", self.profile);
        if let Some(id) = self.integration_id {
            problems.id("/integrationId", id);
        }
        if let Some(store) = self.store {
            problems.length(|| "/storeIntegrationId".to_owned(), store, MAX_ID);
        }
        if self.cards.len() > 1 {
            problems.add("/loyaltyCards", "maxItems", "at most 1 loyalty card");
        }
        check_type(&mut problems, tx, self.event_type, self.attributes);
        problems.response_content(self.content, members);
        if !is_dry {
            problems.no_eligibility(self.content);
        }
        problems.finish()
    }
}

/// An event can be connected only with a session that is closed.
fn check_connected_session(tx: &Transaction<'_>, sent: &NewEventV3) -> Result<(), ApiError> {
    let Some(id) = &sent.connected_session_id else { return Ok(()) };
    let details = match tx.session(id) {
        Some(stored) if stored.session.state == SessionState::Closed => return Ok(()),
        Some(_) => "the session is not closed",
        None => "there is no such session",
    };
    Err(ApiError::invalid(Problem::at("/connectedSessionId", "Invalid", details)))
}

fn check_complete_evaluation(forced: Option<bool>, is_dry: bool) -> Result<(), ApiError> {
    if forced != Some(true) || is_dry {
        return Ok(());
    }
    let name = "forceCompleteEvaluation";
    let details = "can be given with dry=true alone";
    Err(ApiError::invalid(Problem::parameter(name, "Invalid", details)))
}

/// The refusal of an id that another event has.
fn exists(id: &str) -> ApiError {
    let message = format!("An advanced event with the integration ID \"{id}\" already exists");
    ApiError::new(StatusCode::CONFLICT, message)
}

fn is_silent(silent: Option<YesNo>) -> bool {
    silent != Some(YesNo::No)
}
