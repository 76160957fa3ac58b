//! Refused events of the second version. BEHAVIOUR-today 4.1.

use super::{reviewed, with_reviews};
use crate::prelude::*;

cases! {
    "trackEventV2" {
        refused(400) a_profile_is_required,
        refused(400) an_empty_profile_is_refused_as_missing,
        refused(400) a_reserved_type_is_refused,
        refused(400) an_undeclared_type_is_refused,
        refused(400) an_undeclared_attribute_is_refused,
        refused(400) a_type_is_required,
        refused(400) two_loyalty_cards_are_refused,
        refused(400) a_store_of_1001_characters_is_refused,
        refused(400) a_complete_evaluation_requires_a_dry_event,
        refused(400) eligibility_requires_a_dry_event,
        refused(400) a_part_of_another_reply_is_refused,
        detail a_refused_event_creates_no_profile,
    }
}

async fn refused(worlds: Worlds, event: NewEventV2) -> Problem {
    let world = worlds.with(with_reviews()).await;
    let refusal = world.track_v2_refused(event).await;
    assert_eq!(refusal.status(), 400);
    refusal.problems()[0].clone()
}

/// The pointer of the problem of a refused event.
async fn refused_at(worlds: Worlds, event: NewEventV2) -> String {
    refused(worlds, event).await.source.pointer.expect("a place in the body")
}

async fn a_profile_is_required(worlds: Worlds) {
    let event = NewEventV2 { profile_id: None, ..reviewed() };

    assert_eq!(refused_at(worlds, event).await, "/profileId");
}

async fn an_empty_profile_is_refused_as_missing(worlds: Worlds) {
    assert_eq!(refused_at(worlds, NewEventV2::new("reviewed", "")).await, "/profileId");
}

async fn a_reserved_type_is_refused(worlds: Worlds) {
    let problem = refused(worlds, NewEventV2::new("talon_session_closed", "anna")).await;

    let details = r#""talon_session_closed" is an event of the service"#;
    assert_eq!(problem, Problem::at("/type", "Reserved", details));
}

async fn an_undeclared_type_is_refused(worlds: Worlds) {
    let problem = refused(worlds, NewEventV2::new("sold", "anna")).await;

    let details = r#"The event type "sold" is not defined."#;
    assert_eq!(problem, Problem::at("/type", "Unknown", details));
}

async fn an_undeclared_attribute_is_refused(worlds: Worlds) {
    let event = reviewed().attributes(Attributes::new().with("Colour", "red"));

    assert_eq!(refused_at(worlds, event).await, "/attributes/Colour");
}

async fn a_type_is_required(worlds: Worlds) {
    assert_eq!(refused_at(worlds, NewEventV2::new("", "anna")).await, "/type");
}

async fn two_loyalty_cards_are_refused(worlds: Worlds) {
    let cards = Some(vec!["card-1".into(), "card-2".into()]);

    let place = refused_at(worlds, NewEventV2 { loyalty_cards: cards, ..reviewed() }).await;

    assert_eq!(place, "/loyaltyCards");
}

async fn a_store_of_1001_characters_is_refused(worlds: Worlds) {
    let store = Some("a".repeat(1001));

    let place = refused_at(worlds, NewEventV2 { store_integration_id: store, ..reviewed() }).await;

    assert_eq!(place, "/storeIntegrationId");
}

async fn a_complete_evaluation_requires_a_dry_event(worlds: Worlds) {
    let world = worlds.with(with_reviews()).await;

    let request = TrackEventV2::new(reviewed()).force_complete_evaluation(true);
    let refusal = refusal(world.api.track_event_v2(request.dry(false)).await);

    let parameter = refusal.problems()[0].source.parameter.as_deref();
    assert_eq!((refusal.status().as_u16(), parameter), (400, Some("forceCompleteEvaluation")));
    assert_eq!(world.probe().profile("anna"), None);
}

async fn eligibility_requires_a_dry_event(worlds: Worlds) {
    let event = reviewed().response_content([ResponseContent::CampaignEligibility]);

    assert_eq!(refused_at(worlds, event).await, "/responseContent/0");
}

async fn a_part_of_another_reply_is_refused(worlds: Worlds) {
    let parts = [ResponseContent::Event, ResponseContent::CustomerSession];

    let place = refused_at(worlds, reviewed().response_content(parts)).await;

    assert_eq!(place, "/responseContent/1");
}

async fn a_refused_event_creates_no_profile(worlds: Worlds) {
    let world = worlds.with(with_reviews()).await;

    let event = NewEventV2::new("sold", "anna");
    let refusal = world.track_v2_refused(event).await;

    assert_eq!(refusal.status(), 400);
    assert_eq!(world.probe().profile("anna"), None);
}
