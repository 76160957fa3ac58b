//! Reads change nothing: no counter and no date of a last activity.

use std::time::Duration;

use talon_samples::Sample;

use crate::prelude::*;

cases! {
    "getCustomerSession" {
        surprise a_read_does_not_change_a_session,
        detail a_read_of_a_session_changes_nothing,
    }
    "getCustomerInventory" { detail a_read_of_an_inventory_changes_nothing, }
    "getReservedCustomers" { detail a_read_of_reserved_customers_changes_nothing, }
    "getEventV3" { detail a_read_of_an_event_changes_nothing, }
    "integrationGetAllCampaigns" { detail a_read_of_campaigns_changes_nothing, }
}

const ID: &str = "SUMMER10";

/// A world with the object that the sample of this read needs.
async fn with_something(worlds: Worlds) -> World {
    let world = worlds.with(Seed::demo().profile(ID, Attributes::new())).await;
    world.put(ID, cart(100).profile(ID).coupon_codes([ID]).state(SessionState::Closed)).await;
    let event = NewEventV3::new(ID, "shared_link", ID);
    world.api.track_event_v3(TrackEventV3::new(event)).await.expect("the event is accepted");
    world.clock().advance(Duration::from_secs(3600));
    world
}

async fn changes_nothing<O: Sample>(worlds: Worlds)
where
    O::Reply: PartialEq,
{
    let world = with_something(worlds).await;
    let (before, now) = (world.probe().snapshot(), world.clock().now());

    let first = O::sample(ID).call(&*world.api).await.expect("there is something to read");
    let second = O::sample(ID).call(&*world.api).await.expect("there is something to read");

    assert_eq!(first, second);
    assert_eq!(before.diff(&world.probe().snapshot()), [""; 0]);
    assert_eq!(world.clock().now(), now);
}

/// BEHAVIOUR-today 2.1: there is no evaluation, and the update count stays.
async fn a_read_does_not_change_a_session(worlds: Worlds) {
    let world = with_something(worlds).await;
    let read = async || {
        let read = world.api.get_customer_session(GetCustomerSession::new(ID)).await;
        read.expect("it is stored").customer_session.expect("always returned")
    };

    let (first, second) = (read().await, read().await);

    assert_eq!((first.update_count, first.updated), (second.update_count, second.updated));
    assert_ne!(first.updated, Some(world.clock().now()));
    let profile = world.probe().profile(ID).expect("stored");
    assert_ne!(profile.last_activity, world.clock().now());
}

async fn a_read_of_a_session_changes_nothing(worlds: Worlds) {
    changes_nothing::<GetCustomerSession>(worlds).await;
}

async fn a_read_of_an_inventory_changes_nothing(worlds: Worlds) {
    changes_nothing::<GetCustomerInventory>(worlds).await;
}

async fn a_read_of_reserved_customers_changes_nothing(worlds: Worlds) {
    changes_nothing::<GetReservedCustomers>(worlds).await;
}

async fn a_read_of_an_event_changes_nothing(worlds: Worlds) {
    changes_nothing::<GetEventV3>(worlds).await;
}

async fn a_read_of_campaigns_changes_nothing(worlds: Worlds) {
    changes_nothing::<IntegrationGetAllCampaigns>(worlds).await;
}
