//! `trackEventV2`.

use talon_core::ApiError;
use talon_core::model::{Event, IntegrationStateV2, NewEventV2, ResponseContent};
use talon_core::operations::TrackEventV2;

use super::new_event::{NewEventFields, check_complete_evaluation, is_silent};
use crate::engine::lifecycle;
use crate::engine::outcome::EvaluationOptions;
use crate::operations::validate::Problems;
use crate::operations::{CONTENT_OUTSIDE_SESSIONS, Execute, evaluation_options, reply};
use crate::state::{StoredEvent, Transaction};

impl Execute for TrackEventV2 {
    fn is_dry(&self) -> bool {
        self.dry == Some(true)
    }

    fn execute(&self, tx: &mut Transaction<'_>) -> Result<Option<IntegrationStateV2>, ApiError> {
        let (sent, is_dry) = (&self.event, tx.is_dry);
        check_complete_evaluation(self.force_complete_evaluation, is_dry)?;
        let mut problems = Problems::new();
        NewEventFields::from(sent).check(&mut problems, tx, CONTENT_OUTSIDE_SESSIONS, is_dry);
        problems.finish()?;
        let stored = stored_event(tx, sent);
        let content = sent.response_content.as_deref().unwrap_or_default();
        let options = EvaluationOptions {
            ignores_mode: self.force_complete_evaluation == Some(true),
            ..evaluation_options(is_dry, sent.evaluable_campaign_ids.as_deref(), content)
        };
        let outcome = lifecycle::track_outside_sessions(tx, &stored, options);
        tx.put_event(stored.clone());
        if is_silent(self.silent) {
            return Ok(None);
        }
        let event = content.contains(&ResponseContent::Event).then_some(stored.event);
        Ok(Some(IntegrationStateV2 { event, ..reply::v2::state(tx, outcome, content) }))
    }
}

fn stored_event(tx: &mut Transaction<'_>, sent: &NewEventV2) -> StoredEvent {
    let event = Event {
        id: tx.ids().number(),
        created: tx.now,
        application_id: tx.state.application,
        profile_id: sent.profile_id.clone(),
        store_integration_id: sent.store_integration_id.clone(),
        event_type: sent.event_type.clone(),
        attributes: sent.attributes.clone().unwrap_or_default(),
        ..Event::default()
    };
    let loyalty_cards = sent.loyalty_cards.clone().unwrap_or_default();
    StoredEvent { loyalty_cards, ..event.into() }
}
