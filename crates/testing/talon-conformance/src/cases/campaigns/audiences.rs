//! Audiences: members that rules and requests add or remove.

use talon_core::effect::{AddToAudience, RemoveFromAudience};

use crate::prelude::*;
use crate::suite::world::audience_changes;

cases! {
    "updateCustomerSessionV2" {
        success a_rule_adds_to_an_audience,
        success a_rule_removes_from_an_audience,
        surprise an_open_session_adds_to_an_audience,
        surprise a_cancellation_keeps_the_membership,
        detail a_member_is_not_added_twice,
        detail an_anonymous_customer_is_not_added_to_an_audience,
    }
    "updateCustomerProfileV2" {
        success a_request_adds_and_removes,
        surprise removing_a_profile_that_is_not_a_member_succeeds,
        refused(400) an_unknown_audience_is_refused,
        refused(400) removing_from_an_unknown_audience_is_refused,
    }
    "updateCustomerProfile" {
        detail the_first_version_changes_audiences_too,
    }
}

const VIP: i64 = 5;

/// The item `JOIN` adds the customer to an audience, and `LEAVE` removes them.
fn club() -> Seed {
    let campaign = Campaign::new("Club")
        .rule(seed::rule_for_item("JOIN", Reward::AddToAudience(VIP.into())))
        .rule(seed::rule_for_item("LEAVE", Reward::RemoveFromAudience(VIP.into())));
    seed::of(campaign).audience(VIP, "VIP").audience(6, "Early birds")
}

fn item(sku: &str) -> NewCustomerSessionV2 {
    NewCustomerSessionV2::default().profile("anna").cart_items([CartItem::new(sku, 1)])
}

/// Names of the audiences of `anna`.
fn memberships(world: &World) -> Vec<String> {
    let profile = world.probe().profile("anna").expect("created");
    let memberships = profile.audience_memberships.unwrap_or_default();
    memberships.into_iter().map(|membership| membership.name).collect()
}

async fn a_rule_adds_to_an_audience(worlds: Worlds) {
    let world = worlds.with(club()).await;

    let reply = world.put("cart-1", item("JOIN")).await;

    let added = AddToAudience {
        audience_id: Some(VIP.into()),
        audience_name: Some("VIP".into()),
        profile_integration_id: Some("anna".into()),
        profile_id: reply.profile().id,
    };
    assert_eq!(reply.kinds(), [&EffectKind::from(added)]);
    assert_eq!(memberships(&world), ["VIP"]);
    let membership = &reply.profile().audience_memberships.as_ref().expect("one")[0];
    assert_eq!(membership.id, VIP.into());
}

async fn a_rule_removes_from_an_audience(worlds: Worlds) {
    let world = worlds.with(club()).await;
    world.put("cart-1", item("JOIN")).await;

    let reply = world.put("cart-2", item("LEAVE")).await;

    let removed = RemoveFromAudience {
        audience_id: Some(VIP.into()),
        audience_name: Some("VIP".into()),
        profile_integration_id: Some("anna".into()),
        profile_id: reply.profile().id,
    };
    assert_eq!(reply.kinds(), [&EffectKind::from(removed)]);
    assert_eq!(memberships(&world), [""; 0]);
}

async fn an_open_session_adds_to_an_audience(worlds: Worlds) {
    let world = worlds.with(club()).await;

    world.try_out("cart-1", item("JOIN")).await;
    let after_dry_run = world.probe().profile("anna");
    world.put("cart-1", item("JOIN")).await;

    assert_eq!(after_dry_run, None);
    assert_eq!(memberships(&world), ["VIP"]);
}

async fn a_cancellation_keeps_the_membership(worlds: Worlds) {
    let world = worlds.with(club()).await;
    world.put("cart-1", item("JOIN").state(SessionState::Closed)).await;

    let reply = world.put("cart-1", cancelled()).await;

    assert!(reply.effects.is_empty());
    assert_eq!(memberships(&world), ["VIP"]);
}

async fn a_member_is_not_added_twice(worlds: Worlds) {
    let world = worlds.with(club()).await;
    world.put("cart-1", item("JOIN")).await;

    world.put("cart-2", item("JOIN")).await;

    assert_eq!(memberships(&world), ["VIP"]);
}

async fn an_anonymous_customer_is_not_added_to_an_audience(worlds: Worlds) {
    let world = worlds.with(club()).await;

    assert!(!world.fires("cart-1", item("JOIN").profile("")).await);
}

async fn a_request_adds_and_removes(worlds: Worlds) {
    let world = worlds.with(club()).await;
    world.put("cart-1", item("JOIN")).await;

    let request = UpdateCustomerProfileV2::new("anna", audience_changes(&[6], &[VIP]));
    let reply = world.api.update_customer_profile_v2(request).await.expect("accepted");

    assert_eq!(reply.customer_profile, world.probe().profile("anna"));
    assert_eq!(memberships(&world), ["Early birds"]);
}

async fn removing_a_profile_that_is_not_a_member_succeeds(worlds: Worlds) {
    let world = worlds.with(club()).await;

    let request = UpdateCustomerProfileV2::new("anna", audience_changes(&[], &[VIP]));
    world.api.update_customer_profile_v2(request).await.expect("accepted");

    assert_eq!(memberships(&world), [""; 0]);
}

async fn an_unknown_audience_is_refused(worlds: Worlds) {
    let world = worlds.with(club()).await;

    let request = UpdateCustomerProfileV2::new("anna", audience_changes(&[VIP, 404], &[]));
    let refusal = refusal(world.api.update_customer_profile_v2(request).await);

    let details = "there is no such audience";
    let problem = Problem::at("/audiencesChanges/adds/1", "Not found", details);
    assert_eq!(refusal, ApiError::invalid(problem).with_status_code());
    assert_eq!(world.probe().profile("anna"), None);
}

async fn removing_from_an_unknown_audience_is_refused(worlds: Worlds) {
    let world = worlds.with(club()).await;

    let request = UpdateCustomerProfileV2::new("anna", audience_changes(&[6], &[404]));
    let refusal = refusal(world.api.update_customer_profile_v2(request).await);

    let details = "there is no such audience";
    let problem = Problem::at("/audiencesChanges/deletes/0", "Not found", details);
    assert_eq!(refusal, ApiError::invalid(problem).with_status_code());
    assert_eq!(world.probe().profile("anna"), None);
}

async fn the_first_version_changes_audiences_too(worlds: Worlds) {
    let world = worlds.with(club()).await;

    let request = UpdateCustomerProfile::new("anna", audience_changes(&[VIP], &[]));
    let reply = world.api.update_customer_profile(request).await.expect("accepted");

    assert_eq!(Some(reply.profile), world.probe().profile("anna"));
    assert_eq!(memberships(&world), ["VIP"]);
}
