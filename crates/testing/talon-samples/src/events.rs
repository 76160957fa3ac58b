//! Events.

use talon_core::api::Call;
use talon_core::prelude::*;
use talon_core::{IntegrationApi, Result};

use crate::Sample;

impl Sample for TrackEvent {
    fn sample(id: &str) -> Self {
        let attributes = Attributes::new().with("channel", "mail");
        Self::new(NewEvent::new("shared_link", id).profile("anna").attributes(attributes))
    }

    fn refused() -> Vec<Self> {
        let events = [
            NewEvent::new("talon_session_closed", "cart-1"),
            NewEvent::new("undeclared", "cart-1"),
            NewEvent::new("", "cart-1"),
            NewEvent::new("danced", ""),
        ];
        events.map(Self::new).into()
    }
}

impl Sample for TrackEventV2 {
    fn sample(id: &str) -> Self {
        let attributes = Attributes::new().with("channel", "mail");
        let event = NewEventV2::new("shared_link", id).attributes(attributes);
        Self::new(event.response_content([ResponseContent::Event])).silent(false)
    }

    fn refused() -> Vec<Self> {
        let events = [
            NewEventV2::new("talon_session_closed", "anna"),
            NewEventV2::new("undeclared", "anna"),
            NewEventV2::new("danced", ""),
        ];
        let mut refused: Vec<_> = events.map(Self::new).into();
        refused.push(Self::new(NewEventV2::new("danced", "anna")).force_complete_evaluation(true));
        refused
    }
}

impl Sample for TrackEventV3 {
    fn sample(id: &str) -> Self {
        let attributes = Attributes::new().with("channel", "mail");
        let event = NewEventV3::new(format!("{id}-again"), "shared_link", "anna");
        let event = event.attributes(attributes).response_content([ResponseContent::AdvancedEvent]);
        Self::new(event).silent(false)
    }

    fn refused() -> Vec<Self> {
        let events = [
            NewEventV3::new("event-1", "talon_session_closed", "anna"),
            NewEventV3::new("event-1", "undeclared", "anna"),
            NewEventV3::new("event-1", "danced", ""),
            NewEventV3::new("", "danced", "anna"),
            NewEventV3::new("event-1", "danced", "anna").connected_session("unknown"),
        ];
        events.map(Self::new).into()
    }
}

impl Sample for GetEventV3 {
    fn sample(id: &str) -> Self {
        Self::new(id)
    }

    async fn prepare(api: &dyn IntegrationApi, id: &str) -> Result<()> {
        TrackEventV3::new(NewEventV3::new(id, "shared_link", "anna")).call(api).await.map(drop)
    }

    fn refused() -> Vec<Self> {
        vec![Self::new("unknown"), Self::new(".")]
    }
}
