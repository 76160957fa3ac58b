//! Attributes of the members of an audience. BEHAVIOUR-today 5.6.

use std::time::Duration;

use super::{VIP, change, place, vip};
use crate::prelude::*;

cases! {
    "updateAudienceCustomersAttributes" {
        success members_get_the_attributes,
        detail other_attributes_stay,
        surprise later_members_do_not_get_them,
        surprise null_removes_an_attribute,
        surprise no_rules_run_and_it_is_no_activity,
        detail an_audience_without_members_is_no_fault,
        detail members_that_no_application_finds_get_them_too,
        refused(400) an_undeclared_attribute_is_refused,
        refused(400) an_attribute_of_another_type_is_refused,
        refused(404) an_unknown_audience_is_not_found,
    }
}

/// Anna and Ben are members, Carl is none.
fn people() -> Seed {
    let audience = talon_fake::world::Audience::new(VIP, "VIP").members(["anna", "ben"]);
    let city = Attributes::new().with("City", "Oslo");
    Seed::new().profile("anna", city.clone()).profile("carl", city).add_audience(audience)
}

async fn set(world: &World, attributes: Attributes) {
    let request = UpdateAudienceCustomersAttributes::new(VIP, attributes);
    let reply = world.api.update_audience_customers_attributes(request).await;
    reply.expect("the attributes are accepted");
}

async fn refused(world: &World, id: i64, attributes: Attributes) -> ApiError {
    let request = UpdateAudienceCustomersAttributes::new(id, attributes);
    refusal(world.api.update_audience_customers_attributes(request).await)
}

fn attributes(world: &World, profile: &str) -> Attributes {
    world.probe().profile(profile).expect("stored").attributes
}

fn size() -> Attributes {
    Attributes::new().with("Size", 39)
}

async fn members_get_the_attributes(worlds: Worlds) {
    let world = worlds.with(people()).await;

    set(&world, Attributes::new().with("City", "Rome")).await;

    assert_eq!(attributes(&world, "anna"), Attributes::new().with("City", "Rome"));
    assert_eq!(attributes(&world, "ben"), Attributes::new().with("City", "Rome"));
    assert_eq!(attributes(&world, "carl"), Attributes::new().with("City", "Oslo"));
}

async fn other_attributes_stay(worlds: Worlds) {
    let world = worlds.with(people()).await;

    set(&world, size()).await;

    assert_eq!(attributes(&world, "anna"), size().with("City", "Oslo"));
}

async fn later_members_do_not_get_them(worlds: Worlds) {
    let world = worlds.with(people()).await;
    set(&world, size()).await;

    change(&world, [AudienceChange::add(VIP, "carl")]).await;

    assert_eq!(attributes(&world, "carl"), Attributes::new().with("City", "Oslo"));
}

async fn null_removes_an_attribute(worlds: Worlds) {
    let world = worlds.with(people()).await;

    set(&world, Attributes::new().with("City", ())).await;

    assert_eq!(attributes(&world, "anna"), Attributes::new());
}

async fn no_rules_run_and_it_is_no_activity(worlds: Worlds) {
    let world =
        worlds.with(people().campaign(Campaign::new("Always").rule(seed::ten_percent()))).await;
    let before = world.probe().profile("anna").expect("seeded").last_activity;
    world.clock().advance(Duration::from_secs(60));

    set(&world, size()).await;

    assert_eq!(world.probe().profile("anna").expect("stored").last_activity, before);
}

async fn an_audience_without_members_is_no_fault(worlds: Worlds) {
    let world = worlds.with(vip()).await;
    let before = world.probe().snapshot();

    set(&world, size()).await;

    assert_eq!(world.changes_since(&before), [""; 0]);
}

async fn members_that_no_application_finds_get_them_too(worlds: Worlds) {
    let world = worlds.with(vip()).await;
    change(&world, [AudienceChange::add(VIP, "dora")]).await;

    set(&world, size()).await;

    assert_eq!(attributes(&world, "dora"), size());
}

fn declared() -> Seed {
    people().profile_attributes(&[("City", AttributeType::String)])
}

async fn an_undeclared_attribute_is_refused(worlds: Worlds) {
    let world = worlds.with(declared()).await;
    let before = world.probe().snapshot();

    assert_eq!(place(&refused(&world, VIP, size()).await), "/Size");

    assert_eq!(world.changes_since(&before), [""; 0]);
}

async fn an_attribute_of_another_type_is_refused(worlds: Worlds) {
    let world = worlds.with(declared()).await;

    let city = Attributes::new().with("City", false);

    assert_eq!(place(&refused(&world, VIP, city).await), "/City");
}

async fn an_unknown_audience_is_not_found(worlds: Worlds) {
    let world = worlds.with(people()).await;

    assert_eq!(refused(&world, 404, size()).await.status(), 404);
}
