//! Events.

use talon_core::prelude::*;

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
