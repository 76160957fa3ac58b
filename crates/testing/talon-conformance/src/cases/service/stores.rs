//! Stores of sessions and events.

use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        detail a_declared_store_of_a_session_is_accepted,
        refused(400) an_undeclared_store_of_a_session_is_refused,
        surprise any_store_is_accepted_if_none_is_declared,
    }
    "trackEventV2" {
        detail a_declared_store_of_an_event_is_accepted,
        refused(400) an_undeclared_store_of_an_event_is_refused,
    }
    "trackEventV3" {
        detail a_declared_store_of_a_v3_event_is_accepted,
        refused(400) an_undeclared_store_of_a_v3_event_is_refused,
    }
}

const BERLIN: &str = "berlin-1";

fn declared() -> Seed {
    Seed::new().store(11, BERLIN, "Berlin")
}

fn in_store(store: &str) -> NewCustomerSessionV2 {
    NewCustomerSessionV2 { store_integration_id: Some(store.to_owned()), ..cart(100) }
}

fn event(store: &str) -> TrackEventV2 {
    let event = NewEventV2::new("shipped", "anna").response_content([ResponseContent::Event]);
    let event = NewEventV2 { store_integration_id: Some(store.to_owned()), ..event };
    TrackEventV2::new(event).silent(false)
}

fn event_v3(store: &str) -> TrackEventV3 {
    let event = NewEventV3::new("event-1", "shipped", "anna");
    TrackEventV3::new(NewEventV3 { store_integration_id: Some(store.to_owned()), ..event })
}

/// The refusal of an undeclared store of a session.
fn unknown(pointer: &str) -> ApiError {
    let details = "There is no store with the integration ID \"hamburg-1\".";
    ApiError::invalid(Problem::at(pointer, "Unknown", details))
}

/// The refusal of an undeclared store of an event.
fn unknown_of_event() -> ApiError {
    unknown("/storeIntegrationId").with_status_code()
}

async fn a_declared_store_of_a_session_is_accepted(worlds: Worlds) {
    let world = worlds.with(declared()).await;

    let reply = world.put("cart-1", in_store(BERLIN)).await;

    assert_eq!(reply.session().store_integration_id.as_deref(), Some(BERLIN));
}

async fn an_undeclared_store_of_a_session_is_refused(worlds: Worlds) {
    let world = worlds.with(declared()).await;

    let refusal = world.put_refused("cart-1", in_store("hamburg-1")).await;

    assert_eq!(refusal, unknown("/customerSession/storeIntegrationId"));
    assert_eq!(world.probe().session("cart-1"), None);
}

async fn any_store_is_accepted_if_none_is_declared(worlds: Worlds) {
    let world = worlds.empty().await;

    let reply = world.put("cart-1", in_store("hamburg-1")).await;

    assert_eq!(reply.session().store_integration_id.as_deref(), Some("hamburg-1"));
}

async fn a_declared_store_of_an_event_is_accepted(worlds: Worlds) {
    let world = worlds.with(declared()).await;

    let reply = world.api.track_event_v2(event(BERLIN)).await.expect("the store is declared");

    let event = reply.expect("it was not silent").event.expect("asked for");
    assert_eq!(event.store_integration_id.as_deref(), Some(BERLIN));
}

async fn an_undeclared_store_of_an_event_is_refused(worlds: Worlds) {
    let world = worlds.with(declared()).await;

    let refused = refusal(world.api.track_event_v2(event("hamburg-1")).await);

    assert_eq!(refused, unknown_of_event());
    assert_eq!(world.probe().profile("anna"), None);
}

async fn a_declared_store_of_a_v3_event_is_accepted(worlds: Worlds) {
    let world = worlds.with(declared()).await;

    world.api.track_event_v3(event_v3(BERLIN)).await.expect("the store is declared");

    let stored = world.api.get_event_v3(GetEventV3::new("event-1")).await.expect("it is stored");
    assert_eq!(stored.store_integration_id.as_deref(), Some(BERLIN));
}

async fn an_undeclared_store_of_a_v3_event_is_refused(worlds: Worlds) {
    let world = worlds.with(declared()).await;

    let refused = refusal(world.api.track_event_v3(event_v3("hamburg-1")).await);

    assert_eq!(refused, unknown_of_event());
    let missing = world.api.get_event_v3(GetEventV3::new("event-1")).await;
    assert_eq!(refusal(missing).status(), 404);
}
