//! Refused events of the third version. BEHAVIOUR-today 4.2.

use super::{delivered, is_known, with_deliveries};
use crate::prelude::*;

cases! {
    "trackEventV3" {
        refused(400) an_id_is_required,
        refused(400) a_profile_is_required,
        refused(400) a_reserved_type_is_refused,
        refused(400) an_undeclared_type_is_refused,
        refused(400) an_undeclared_attribute_is_refused,
        refused(400) two_loyalty_cards_are_refused,
        refused(400) a_complete_evaluation_requires_a_dry_event,
        refused(400) parts_of_the_second_version_are_refused,
    }
}

/// The pointer of the problem of a refused event.
async fn refused_at(worlds: Worlds, event: NewEventV3) -> String {
    let world = worlds.with(with_deliveries()).await;
    let refusal = world.track_v3_refused(event).await;
    assert_eq!(refusal.status(), 400);
    refusal.problems()[0].source.pointer.clone().expect("a place in the body")
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
    let world = worlds.with(with_deliveries()).await;

    let request = TrackEventV3::new(delivered()).force_complete_evaluation(true);
    let refusal = refusal(world.api.track_event_v3(request).await);

    let parameter = refusal.problems()[0].source.parameter.as_deref();
    assert_eq!((refusal.status().as_u16(), parameter), (400, Some("forceCompleteEvaluation")));
    assert!(!is_known(&world).await);
}

async fn parts_of_the_second_version_are_refused(worlds: Worlds) {
    let world = worlds.with(with_deliveries()).await;
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
