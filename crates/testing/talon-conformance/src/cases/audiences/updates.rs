//! Changes of audiences. BEHAVIOUR-today 5.3.

use std::time::Duration;

use super::{VIP, audiences_of, change, create, members, place, stored, vip};
use crate::prelude::*;

cases! {
    "updateAudienceV2" {
        success an_audience_is_renamed,
        detail the_members_stay,
        detail the_applications_are_replaced,
        surprise applications_that_are_left_out_stay,
        surprise a_name_is_no_change_of_memberships,
        detail an_audience_of_a_partner_keeps_its_id_there,
        refused(400) a_name_is_needed,
        refused(400) an_application_is_listed_once,
        refused(404) an_unknown_audience_is_not_found,
    }
}

async fn rename(world: &World, id: impl Into<talon_core::AudienceId>, name: &str) -> Audience {
    let request = UpdateAudienceV2::new(id, AudienceUpdate::new(name));
    world.api.update_audience_v2(request).await.expect("the update is accepted")
}

async fn refused(world: &World, id: i64, update: AudienceUpdate) -> ApiError {
    refusal(world.api.update_audience_v2(UpdateAudienceV2::new(id, update)).await)
}

async fn an_audience_is_renamed(worlds: Worlds) {
    let world = worlds.with(vip()).await;
    let before = stored(&world);

    let reply = rename(&world, VIP, "Regulars").await;

    assert_eq!(reply, Audience { name: "Regulars".to_owned(), ..before });
    assert_eq!(stored(&world), reply);
}

async fn the_members_stay(worlds: Worlds) {
    let world = worlds.with(vip()).await;
    change(&world, [AudienceChange::add(VIP, "anna")]).await;

    rename(&world, VIP, "Regulars").await;

    assert_eq!(members(&world), ["anna"]);
    assert_eq!(audiences_of(&world, "anna"), ["Regulars"], "profiles have the name of today");
}

async fn the_applications_are_replaced(worlds: Worlds) {
    let seeded = talon_fake::world::Audience::new(VIP, "VIP").applications([3, 8]);
    let world = worlds.with(Seed::new().add_audience(seeded)).await;

    let applications = Some(vec![9.into()]);
    let update =
        AudienceUpdate { subscribed_applications_ids: applications, ..AudienceUpdate::new("VIP") };
    let reply = world.api.update_audience_v2(UpdateAudienceV2::new(VIP, update)).await;

    let reply = reply.expect("the update is accepted");
    assert_eq!(reply.subscribed_applications_ids, Some(vec![9.into()]));
}

async fn applications_that_are_left_out_stay(worlds: Worlds) {
    let seeded = talon_fake::world::Audience::new(VIP, "VIP").applications([3, 8]);
    let world = worlds.with(Seed::new().add_audience(seeded)).await;

    let reply = rename(&world, VIP, "Regulars").await;

    assert_eq!(reply.subscribed_applications_ids, Some(vec![3.into(), 8.into()]));
}

async fn a_name_is_no_change_of_memberships(worlds: Worlds) {
    let world = worlds.with(vip()).await;
    let before = stored(&world).last_update;
    world.clock().advance(Duration::from_secs(60));

    assert_eq!(rename(&world, VIP, "Regulars").await.last_update, before);
}

async fn an_audience_of_a_partner_keeps_its_id_there(worlds: Worlds) {
    let world = worlds.empty().await;
    let created =
        create(&world, NewAudience::new("VIP").integration("segment").integration_id("s-1")).await;

    let reply = rename(&world, created.id, "Regulars").await;

    assert_eq!(reply, Audience { name: "Regulars".to_owned(), ..created });
}

async fn a_name_is_needed(worlds: Worlds) {
    let world = worlds.with(vip()).await;

    assert_eq!(place(&refused(&world, VIP, AudienceUpdate::new("")).await), "/name");
    assert_eq!(stored(&world).name, "VIP");
}

async fn an_application_is_listed_once(worlds: Worlds) {
    let world = worlds.with(vip()).await;

    let applications = Some(vec![3.into(), 3.into()]);
    let update =
        AudienceUpdate { subscribed_applications_ids: applications, ..AudienceUpdate::new("VIP") };

    assert_eq!(place(&refused(&world, VIP, update).await), "/subscribedApplicationsIds/1");
}

async fn an_unknown_audience_is_not_found(worlds: Worlds) {
    let world = worlds.with(vip()).await;

    assert_eq!(refused(&world, 404, AudienceUpdate::new("Regulars")).await.status(), 404);
}
