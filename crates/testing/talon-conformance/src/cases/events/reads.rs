//! Events that are read by their id. BEHAVIOUR-today 4.3.

use http::StatusCode;
use talon_core::model::AdvancedEvent;

use super::{delivered, with_deliveries};
use crate::prelude::*;

cases! {
    "getEventV3" {
        success an_event_can_be_read,
        surprise members_that_were_not_sent_are_absent,
        surprise events_of_the_second_version_cannot_be_read,
        detail the_attributes_of_an_event_are_erased_with_the_customers_data,
        refused(404) an_unknown_event_is_not_found,
        detail a_dry_event_is_not_found,
    }
}

async fn get(world: &World) -> AdvancedEvent {
    world.api.get_event_v3(GetEventV3::new("pe_12345")).await.expect("it is known")
}

async fn an_event_can_be_read(worlds: Worlds) {
    let world = worlds.with(with_deliveries()).await;
    world.put("cart-1", cart(100).profile("anna").state(SessionState::Closed)).await;
    let event = delivered()
        .connected_session("cart-1")
        .referral_code("FRIEND-1")
        .attributes(Attributes::new().with("Parcels", 2))
        .response_content([ResponseContent::AdvancedEvent]);
    let tracked = world.track_v3(TrackEventV3::new(event)).await;

    let read = get(&world).await;

    assert_eq!(read.connected_session_id, Some("cart-1".into()));
    assert_eq!(read.referral_code, Some("FRIEND-1".into()));
    assert_eq!(Some(read), tracked.advanced_event);
}

async fn members_that_were_not_sent_are_absent(worlds: Worlds) {
    let world = worlds.with(with_deliveries()).await;
    world.track_v3(TrackEventV3::new(delivered())).await;

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
    let world = worlds.with(with_deliveries()).await;
    let event = NewEventV2::new("delivered", "anna").response_content([ResponseContent::Event]);
    let event = world.track_v2(TrackEventV2::new(event)).await.event.expect("asked for");

    let read = world.api.get_event_v3(GetEventV3::new(event.id.to_string())).await;

    assert_eq!(refusal(read).status(), 404);
    assert_eq!(event.integration_id, None);
}

async fn the_attributes_of_an_event_are_erased_with_the_customers_data(worlds: Worlds) {
    let world = worlds.with(with_deliveries()).await;
    let event = delivered().attributes(Attributes::new().with("Parcels", 2));
    world.track_v3(TrackEventV3::new(event)).await;

    world.api.delete_customer_data(DeleteCustomerData::new("anna")).await.expect("a profile");

    assert_eq!(get(&world).await.attributes, Attributes::new());
}

async fn an_unknown_event_is_not_found(worlds: Worlds) {
    let world = worlds.empty().await;

    let refusal = refusal(world.api.get_event_v3(GetEventV3::new("pe_12345")).await);

    assert_eq!(refusal, ApiError::new(StatusCode::NOT_FOUND, "Not found: no such event"));
}

async fn a_dry_event_is_not_found(worlds: Worlds) {
    let world = worlds.with(with_deliveries()).await;

    world.track_v3(TrackEventV3::new(delivered()).dry(true)).await;

    let read = world.api.get_event_v3(GetEventV3::new("pe_12345")).await;
    assert_eq!(refusal(read).status(), 404);
}
