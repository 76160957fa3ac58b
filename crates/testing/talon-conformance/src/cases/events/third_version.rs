//! Events with an id of the shop: the third version. BEHAVIOUR-today 4.2.

use http::StatusCode;
use talon_core::model::AdvancedEvent;
use tokio::task::JoinSet;

use super::{delivered, is_known, with_deliveries};
use crate::prelude::*;

cases! {
    "trackEventV3" {
        success an_event_is_returned_on_request,
        surprise a_reply_has_no_body_by_default,
        detail parts_that_were_not_requested_are_absent,
        detail an_unknown_profile_is_created,
        detail other_ids_are_free,
        refused(409) an_id_is_used_once,
        detail an_event_that_is_refused_for_its_id_changes_nothing,
        detail one_of_many_parallel_events_uses_the_id,
        surprise a_refused_event_does_not_use_the_id,
        surprise a_dry_event_does_not_use_the_id,
        surprise a_dry_event_with_a_used_id_is_refused,
        detail a_complete_evaluation_may_be_dry,
    }
}

/// BEHAVIOUR-today 4.2: the message of the published sample, and a list of errors.
fn assert_taken(refusal: &ApiError) {
    let message = r#"An advanced event with the integration ID "pe_12345" already exists"#;
    assert_eq!(refusal, &ApiError::new(StatusCode::CONFLICT, message));
    let message = message.replace('"', r#"\""#);
    let body = format!(r#"{{"message":"{message}","errors":[],"StatusCode":409}}"#);
    assert_eq!(refusal.body(), &body);
}

async fn an_event_is_returned_on_request(worlds: Worlds) {
    let world = worlds.with(with_deliveries()).await;
    let attributes = Attributes::new().with("Parcels", 2);

    let event = delivered().attributes(attributes.clone());
    let event = event.response_content([ResponseContent::AdvancedEvent]);
    let event = NewEventV3 { store_integration_id: Some("berlin".into()), ..event };
    let reply = world.track_v3(TrackEventV3::new(event)).await;

    let event = reply.advanced_event.expect("asked for");
    let expected = AdvancedEvent {
        id: event.id,
        created: world.clock().now(),
        application_id: world.probe().application().id,
        profile_id: Some("anna".into()),
        store_integration_id: Some("berlin".into()),
        event_type: "delivered".into(),
        attributes,
        integration_id: Some("pe_12345".into()),
        ..AdvancedEvent::default()
    };
    assert_eq!(event, expected);
}

async fn a_reply_has_no_body_by_default(worlds: Worlds) {
    let world = worlds.with(with_deliveries()).await;

    let reply = world.api.track_event_v3(TrackEventV3::new(delivered())).await;

    assert_eq!(reply.expect("accepted"), None);
    assert!(is_known(&world).await);
}

async fn parts_that_were_not_requested_are_absent(worlds: Worlds) {
    let world = worlds.with(with_deliveries()).await;

    let reply = world.track_v3(TrackEventV3::new(delivered())).await;

    assert_eq!(reply, IntegrationStateV2::default());
}

async fn an_unknown_profile_is_created(worlds: Worlds) {
    let world = worlds.with(with_deliveries()).await;

    world.track_v3(TrackEventV3::new(delivered())).await;

    assert!(world.probe().profile("anna").is_some());
}

async fn other_ids_are_free(worlds: Worlds) {
    let world = worlds.with(with_deliveries()).await;
    world.track_v3(TrackEventV3::new(delivered())).await;

    let other = NewEventV3::new("PE_12345", "delivered", "anna");
    let reply = world.track_v3(TrackEventV3::new(other)).await;

    assert_eq!(reply.types(), [""; 0]);
}

async fn an_id_is_used_once(worlds: Worlds) {
    let world = worlds.with(with_deliveries().event_type("returned", &[])).await;
    world.track_v3(TrackEventV3::new(delivered())).await;

    let same = world.track_v3_refused(delivered()).await;
    let of_another = world.track_v3_refused(NewEventV3::new("pe_12345", "returned", "bert")).await;

    assert_taken(&same);
    assert_taken(&of_another);
}

async fn an_event_that_is_refused_for_its_id_changes_nothing(worlds: Worlds) {
    let world = worlds.with(with_deliveries()).await;
    world.track_v3(TrackEventV3::new(delivered())).await;
    let before = world.probe().snapshot();

    let refusal = world.track_v3_refused(NewEventV3::new("pe_12345", "delivered", "bert")).await;

    assert_taken(&refusal);
    assert_eq!(before.diff(&world.probe().snapshot()), [""; 0]);
}

async fn one_of_many_parallel_events_uses_the_id(worlds: Worlds) {
    let world = worlds.with(with_deliveries()).await;
    let calls = (0..16).map(|caller| {
        let api = world.api.clone();
        let event = NewEventV3::new("pe_12345", "delivered", format!("profile-{caller}"));
        async move { api.track_event_v3(TrackEventV3::new(event)).await }
    });

    let results = calls.collect::<JoinSet<_>>().join_all().await;

    let (accepted, refused): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
    assert_eq!(accepted.len(), 1);
    for result in refused {
        assert_taken(&refusal(result));
    }
}

async fn a_refused_event_does_not_use_the_id(worlds: Worlds) {
    let world = worlds.with(with_deliveries()).await;
    let event = delivered().attributes(Attributes::new().with("Colour", "red"));

    let refusal = world.track_v3_refused(event).await;

    assert_eq!(refusal.status(), 400);
    assert!(!is_known(&world).await);
    world.track_v3(TrackEventV3::new(delivered())).await;
}

async fn a_dry_event_does_not_use_the_id(worlds: Worlds) {
    let world = worlds.with(with_deliveries()).await;

    let request = TrackEventV3::new(delivered()).dry(true);
    world.track_v3(request.clone()).await;
    world.track_v3(request).await;

    assert!(!is_known(&world).await);
    world.track_v3(TrackEventV3::new(delivered())).await;
}

async fn a_dry_event_with_a_used_id_is_refused(worlds: Worlds) {
    let world = worlds.with(with_deliveries()).await;
    world.track_v3(TrackEventV3::new(delivered())).await;

    let dry = world.api.track_event_v3(TrackEventV3::new(delivered()).dry(true)).await;

    assert_taken(&refusal(dry));
}

async fn a_complete_evaluation_may_be_dry(worlds: Worlds) {
    let world = worlds.with(with_deliveries()).await;

    let request = TrackEventV3::new(delivered()).dry(true).force_complete_evaluation(true);
    let reply = world.track_v3(request).await;

    assert_eq!(reply, IntegrationStateV2::default());
}
