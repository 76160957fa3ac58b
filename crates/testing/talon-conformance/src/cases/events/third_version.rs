//! Events with an id of the shop: the third version. BEHAVIOUR-today 4.2, 4.3.

use http::StatusCode;
use talon_core::model::AdvancedEvent;
use tokio::task::JoinSet;

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
        refused(400) an_id_is_required,
        refused(400) a_profile_is_required,
        refused(400) a_reserved_type_is_refused,
        refused(400) an_undeclared_type_is_refused,
        refused(400) an_undeclared_attribute_is_refused,
        refused(400) two_loyalty_cards_are_refused,
        refused(400) a_complete_evaluation_requires_a_dry_event,
        refused(400) parts_of_the_second_version_are_refused,
    }
    "getEventV3" {
        success an_event_can_be_read,
        surprise members_that_were_not_sent_are_absent,
        surprise events_of_the_second_version_cannot_be_read,
        detail the_attributes_of_an_event_are_erased_with_the_customers_data,
        refused(404) an_unknown_event_is_not_found,
        detail a_dry_event_is_not_found,
    }
}

fn delivered() -> NewEventV3 {
    NewEventV3::new("pe_12345", "delivered", "anna")
}

fn declared() -> Seed {
    Seed::new().event_type("delivered", &[("Parcels", AttributeType::Number)])
}

async fn track(world: &World, request: TrackEventV3) -> IntegrationStateV2 {
    let reply = world.api.track_event_v3(request.silent(false)).await;
    reply.expect("the event is accepted").expect("it is not silent")
}

async fn refused(world: &World, event: NewEventV3) -> ApiError {
    refusal(world.api.track_event_v3(TrackEventV3::new(event)).await)
}

/// Where the fault of a refused event is.
async fn refused_at(worlds: Worlds, event: NewEventV3) -> String {
    let world = worlds.with(declared()).await;
    let refusal = refused(&world, event).await;
    assert_eq!(refusal.status(), 400);
    refusal.problems()[0].source.pointer.clone().expect("a place in the body")
}

async fn get(world: &World) -> AdvancedEvent {
    world.api.get_event_v3(GetEventV3::new("pe_12345")).await.expect("it is known")
}

async fn is_known(world: &World) -> bool {
    match world.api.get_event_v3(GetEventV3::new("pe_12345")).await {
        Ok(_) => true,
        Err(error) => {
            assert!(error.is_not_found(), "{error}");
            false
        }
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
    let world = worlds.with(declared()).await;
    let attributes = Attributes::new().with("Parcels", 2);

    let event = delivered().attributes(attributes.clone());
    let event = event.response_content([ResponseContent::AdvancedEvent]);
    let event = NewEventV3 { store_integration_id: Some("berlin".into()), ..event };
    let reply = track(&world, TrackEventV3::new(event)).await;

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
    let world = worlds.with(declared()).await;

    let reply = world.api.track_event_v3(TrackEventV3::new(delivered())).await;

    assert_eq!(reply.expect("accepted"), None);
    assert!(is_known(&world).await);
}

async fn parts_that_were_not_requested_are_absent(worlds: Worlds) {
    let world = worlds.with(declared()).await;

    let reply = track(&world, TrackEventV3::new(delivered())).await;

    assert_eq!(reply, IntegrationStateV2::default());
}

async fn an_unknown_profile_is_created(worlds: Worlds) {
    let world = worlds.with(declared()).await;

    track(&world, TrackEventV3::new(delivered())).await;

    assert!(world.probe().profile("anna").is_some());
}

async fn other_ids_are_free(worlds: Worlds) {
    let world = worlds.with(declared()).await;
    track(&world, TrackEventV3::new(delivered())).await;

    let other = NewEventV3::new("PE_12345", "delivered", "anna");
    let reply = track(&world, TrackEventV3::new(other)).await;

    assert_eq!(reply.types(), [""; 0]);
}

async fn an_id_is_used_once(worlds: Worlds) {
    let world = worlds.with(declared().event_type("returned", &[])).await;
    track(&world, TrackEventV3::new(delivered())).await;

    let same = refused(&world, delivered()).await;
    let of_another = refused(&world, NewEventV3::new("pe_12345", "returned", "bert")).await;

    assert_taken(&same);
    assert_taken(&of_another);
}

async fn an_event_that_is_refused_for_its_id_changes_nothing(worlds: Worlds) {
    let world = worlds.with(declared()).await;
    track(&world, TrackEventV3::new(delivered())).await;
    let before = world.probe().snapshot();

    let refusal = refused(&world, NewEventV3::new("pe_12345", "delivered", "bert")).await;

    assert_taken(&refusal);
    assert_eq!(before.diff(&world.probe().snapshot()), [""; 0]);
}

async fn one_of_many_parallel_events_uses_the_id(worlds: Worlds) {
    let world = worlds.with(declared()).await;
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
    let world = worlds.with(declared()).await;
    let event = delivered().attributes(Attributes::new().with("Colour", "red"));

    let refusal = refused(&world, event).await;

    assert_eq!(refusal.status(), 400);
    assert!(!is_known(&world).await);
    track(&world, TrackEventV3::new(delivered())).await;
}

async fn a_dry_event_does_not_use_the_id(worlds: Worlds) {
    let world = worlds.with(declared()).await;

    let request = TrackEventV3::new(delivered()).dry(true);
    track(&world, request.clone()).await;
    track(&world, request).await;

    assert!(!is_known(&world).await);
    track(&world, TrackEventV3::new(delivered())).await;
}

async fn a_dry_event_with_a_used_id_is_refused(worlds: Worlds) {
    let world = worlds.with(declared()).await;
    track(&world, TrackEventV3::new(delivered())).await;

    let dry = world.api.track_event_v3(TrackEventV3::new(delivered()).dry(true)).await;

    assert_taken(&refusal(dry));
}

async fn a_complete_evaluation_may_be_dry(worlds: Worlds) {
    let world = worlds.with(declared()).await;

    let request = TrackEventV3::new(delivered()).dry(true).force_complete_evaluation(true);
    let reply = track(&world, request).await;

    assert_eq!(reply, IntegrationStateV2::default());
}

async fn an_id_is_required(worlds: Worlds) {
    let event = NewEventV3::new("", "delivered", "anna");

    assert_eq!(refused_at(worlds, event).await, "/integrationId");
}

async fn a_profile_is_required(worlds: Worlds) {
    let event = NewEventV3::new("pe_12345", "delivered", "");

    assert_eq!(refused_at(worlds, event).await, "/profileId");
}

async fn a_reserved_type_is_refused(worlds: Worlds) {
    let event = NewEventV3::new("pe_12345", "talon_session_reopened", "anna");

    assert_eq!(refused_at(worlds, event).await, "/type");
}

async fn an_undeclared_type_is_refused(worlds: Worlds) {
    let event = NewEventV3::new("pe_12345", "sold", "anna");

    assert_eq!(refused_at(worlds, event).await, "/type");
}

async fn an_undeclared_attribute_is_refused(worlds: Worlds) {
    let event = delivered().attributes(Attributes::new().with("Colour", "red"));

    assert_eq!(refused_at(worlds, event).await, "/attributes/Colour");
}

async fn two_loyalty_cards_are_refused(worlds: Worlds) {
    let cards = Some(vec!["card-1".into(), "card-2".into()]);

    let place = refused_at(worlds, NewEventV3 { loyalty_cards: cards, ..delivered() }).await;

    assert_eq!(place, "/loyaltyCards");
}

async fn a_complete_evaluation_requires_a_dry_event(worlds: Worlds) {
    let world = worlds.with(declared()).await;

    let request = TrackEventV3::new(delivered()).force_complete_evaluation(true);
    let refusal = refusal(world.api.track_event_v3(request).await);

    let parameter = refusal.problems()[0].source.parameter.as_deref();
    assert_eq!((refusal.status().as_u16(), parameter), (400, Some("forceCompleteEvaluation")));
    assert!(!is_known(&world).await);
}

async fn parts_of_the_second_version_are_refused(worlds: Worlds) {
    let world = worlds.with(declared()).await;
    let parts = [
        ResponseContent::AdvancedEvent,
        ResponseContent::Event,
        ResponseContent::Achievements,
        ResponseContent::CampaignEligibility,
    ];

    let event = delivered().response_content(parts);
    let refusal = refusal(world.api.track_event_v3(TrackEventV3::new(event).dry(true)).await);

    let places = refusal.problems().iter().map(|problem| problem.source.pointer.as_deref());
    let expected = ["/responseContent/1", "/responseContent/2", "/responseContent/3"];
    assert!(places.eq(expected.map(Some)), "{refusal}");
}

async fn an_event_can_be_read(worlds: Worlds) {
    let world = worlds.with(declared()).await;
    world.put("cart-1", cart(100).profile("anna").state(SessionState::Closed)).await;
    let event = delivered()
        .connected_session("cart-1")
        .referral_code("FRIEND-1")
        .attributes(Attributes::new().with("Parcels", 2))
        .response_content([ResponseContent::AdvancedEvent]);
    let tracked = track(&world, TrackEventV3::new(event)).await;

    let read = get(&world).await;

    assert_eq!(read.connected_session_id, Some("cart-1".into()));
    assert_eq!(read.referral_code, Some("FRIEND-1".into()));
    assert_eq!(Some(read), tracked.advanced_event);
}

async fn members_that_were_not_sent_are_absent(worlds: Worlds) {
    let world = worlds.with(declared()).await;
    track(&world, TrackEventV3::new(delivered())).await;

    let read = get(&world).await;

    let expected = AdvancedEvent {
        id: read.id,
        created: world.clock().now(),
        application_id: world.probe().application().id,
        profile_id: Some("anna".into()),
        event_type: "delivered".into(),
        integration_id: Some("pe_12345".into()),
        ..AdvancedEvent::default()
    };
    assert_eq!(read, expected);
}

async fn events_of_the_second_version_cannot_be_read(worlds: Worlds) {
    let world = worlds.with(declared()).await;
    let event = NewEventV2::new("delivered", "anna").response_content([ResponseContent::Event]);
    let reply = world.api.track_event_v2(TrackEventV2::new(event).silent(false)).await;
    let event = reply.expect("accepted").expect("not silent").event.expect("asked for");

    let read = world.api.get_event_v3(GetEventV3::new(event.id.to_string())).await;

    assert_eq!(refusal(read).status(), 404);
    assert_eq!(event.integration_id, None);
}

async fn the_attributes_of_an_event_are_erased_with_the_customers_data(worlds: Worlds) {
    let world = worlds.with(declared()).await;
    let event = delivered().attributes(Attributes::new().with("Parcels", 2));
    track(&world, TrackEventV3::new(event)).await;

    world.api.delete_customer_data(DeleteCustomerData::new("anna")).await.expect("a profile");

    assert_eq!(get(&world).await.attributes, Attributes::new());
}

async fn an_unknown_event_is_not_found(worlds: Worlds) {
    let world = worlds.empty().await;

    let refusal = refusal(world.api.get_event_v3(GetEventV3::new("pe_12345")).await);

    assert_eq!(refusal, ApiError::new(StatusCode::NOT_FOUND, "Not found: no such event"));
}

async fn a_dry_event_is_not_found(worlds: Worlds) {
    let world = worlds.with(declared()).await;

    track(&world, TrackEventV3::new(delivered()).dry(true)).await;

    assert!(!is_known(&world).await);
}
