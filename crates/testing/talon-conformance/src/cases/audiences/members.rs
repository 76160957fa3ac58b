//! Customers that are added to audiences and removed. BEHAVIOUR-today 5.5.

use std::time::Duration;

use super::{VIP, audiences_of, change, club, members, place, rules, stored, vip};
use crate::prelude::*;

cases! {
    "updateCustomerProfileAudiences" {
        success profiles_are_added_and_removed,
        surprise an_unknown_profile_is_created_and_no_application_finds_it,
        detail an_update_of_the_profile_makes_it_visible,
        detail a_session_makes_the_profile_visible,
        surprise an_unknown_profile_is_removed_from_nothing,
        detail changes_are_applied_in_their_order,
        detail a_repeated_change_is_none,
        detail a_change_of_members_is_an_update_of_the_audience,
        surprise no_rules_run_and_none_sees_the_change_later,
        surprise a_change_is_no_activity,
        detail one_request_may_change_many_audiences,
        detail a_thousand_changes_are_accepted,
        detail an_empty_list_is_accepted,
        refused(400) a_thousand_and_one_changes_are_refused,
        refused(400) the_list_is_needed,
        surprise remove_is_no_action,
        refused(400) a_profile_is_needed,
        refused(400) an_id_of_1001_characters_is_refused,
        refused(404) one_unknown_audience_refuses_all_changes,
        detail changes_at_once_are_all_kept,
    }
}

fn add(profile: &str) -> AudienceChange {
    AudienceChange::add(VIP, profile)
}

fn delete(profile: &str) -> AudienceChange {
    AudienceChange::delete(VIP, profile)
}

async fn refused(world: &World, changes: impl IntoIterator<Item = AudienceChange>) -> ApiError {
    let changes = CustomerProfileAudienceChanges::new(changes);
    let request = UpdateCustomerProfileAudiences::new(changes);
    refusal(world.api.update_customer_profile_audiences(request).await)
}

async fn is_found(world: &World, profile: &str) -> bool {
    let request = GetCustomerInventory::new(profile).profile(true);
    match world.api.get_customer_inventory(request).await {
        Ok(_) => true,
        Err(error) => {
            assert!(error.is_not_found(), "{error}");
            false
        }
    }
}

async fn profiles_are_added_and_removed(worlds: Worlds) {
    let world = worlds.with(vip().profile("anna", Attributes::new())).await;

    change(&world, [add("anna"), add("ben")]).await;
    assert_eq!(members(&world), ["anna", "ben"]);
    assert_eq!(audiences_of(&world, "anna"), ["VIP"]);

    change(&world, [delete("anna"), add("carl")]).await;
    assert_eq!(members(&world), ["ben", "carl"]);
    assert_eq!(audiences_of(&world, "anna"), [""; 0]);
}

async fn an_unknown_profile_is_created_and_no_application_finds_it(worlds: Worlds) {
    let world = worlds.with(vip()).await;

    change(&world, [add("anna")]).await;

    assert_eq!(members(&world), ["anna"]);
    assert!(!is_found(&world, "anna").await);
    let erasure = world.api.delete_customer_data(DeleteCustomerData::new("anna")).await;
    assert_eq!(refusal(erasure).status(), 404);
}

async fn an_update_of_the_profile_makes_it_visible(worlds: Worlds) {
    let world = worlds.with(vip()).await;
    change(&world, [add("anna")]).await;

    let profile = world.put_profile("anna", Attributes::new()).await;

    assert!(is_found(&world, "anna").await);
    assert_eq!(profile.audience_memberships.expect("always there")[0].id, VIP.into());
}

async fn a_session_makes_the_profile_visible(worlds: Worlds) {
    let world =
        worlds.with(seed::when(Condition::InAudience(VIP.into())).audience(VIP, "VIP")).await;
    change(&world, [add("anna")]).await;

    assert!(world.fires("cart-1", cart(100).profile("anna")).await, "its memberships count");

    assert!(is_found(&world, "anna").await);
}

async fn an_unknown_profile_is_removed_from_nothing(worlds: Worlds) {
    let world = worlds.with(vip()).await;
    let before = world.probe().snapshot();

    change(&world, [delete("anna")]).await;

    assert_eq!(world.changes_since(&before), [""; 0]);
}

async fn changes_are_applied_in_their_order(worlds: Worlds) {
    let world = worlds.with(vip()).await;

    change(&world, [add("anna"), delete("anna"), delete("ben"), add("ben")]).await;

    assert_eq!(members(&world), ["ben"]);
}

async fn a_repeated_change_is_none(worlds: Worlds) {
    let world = worlds.with(vip().profile("ben", Attributes::new())).await;
    change(&world, [add("anna")]).await;
    let before = world.probe().snapshot();
    world.clock().advance(Duration::from_secs(60));

    change(&world, [add("anna"), add("anna"), delete("ben")]).await;

    let changes = world.changes_since(&before);
    assert!(changes.iter().all(|change| change.starts_with("/now")), "{changes:?}");
}

async fn a_change_of_members_is_an_update_of_the_audience(worlds: Worlds) {
    let world = worlds.with(vip()).await;
    let before = stored(&world);
    world.clock().advance(Duration::from_secs(60));

    change(&world, [add("anna")]).await;
    let joined = Some(world.clock().now());
    assert_eq!(stored(&world), Audience { last_update: joined, ..before.clone() });

    world.clock().advance(Duration::from_secs(60));
    change(&world, [delete("anna")]).await;
    assert_eq!(stored(&world).last_update, Some(world.clock().now()));
}

async fn no_rules_run_and_none_sees_the_change_later(worlds: Worlds) {
    let world = worlds.with(club()).await;

    change(&world, [add("anna")]).await;
    assert_eq!(rules(&world, NewCustomerProfile::default()).await, ["member"]);

    change(&world, [delete("anna")]).await;
    assert_eq!(rules(&world, NewCustomerProfile::default()).await, [""; 0]);
}

async fn a_change_is_no_activity(worlds: Worlds) {
    let world = worlds.with(vip().profile("anna", Attributes::new())).await;
    let before = world.probe().profile("anna").expect("seeded").last_activity;
    world.clock().advance(Duration::from_secs(60));

    change(&world, [add("anna")]).await;

    assert_eq!(world.probe().profile("anna").expect("stored").last_activity, before);
}

async fn one_request_may_change_many_audiences(worlds: Worlds) {
    let world = worlds.with(vip().audience(6, "Early birds").audience(4, "Families")).await;

    let ids = [6, VIP, 4];
    change(&world, ids.map(|id| AudienceChange::add(id, "anna"))).await;

    assert_eq!(audiences_of(&world, "anna"), ["Families", "VIP", "Early birds"], "by their ids");
}

async fn a_thousand_changes_are_accepted(worlds: Worlds) {
    let world = worlds.with(vip()).await;

    change(&world, (0..1000).map(|number| add(&format!("profile-{number}")))).await;

    assert_eq!(world.probe().member_count(VIP), 1000);
}

async fn an_empty_list_is_accepted(worlds: Worlds) {
    let world = worlds.with(vip()).await;
    let before = world.probe().snapshot();

    change(&world, []).await;

    assert_eq!(world.changes_since(&before), [""; 0]);
}

async fn a_thousand_and_one_changes_are_refused(worlds: Worlds) {
    let world = worlds.with(vip()).await;

    let changes = (0..1001).map(|number| add(&format!("profile-{number}")));

    assert_eq!(place(&refused(&world, changes).await), "/data");
    assert_eq!(members(&world), [""; 0]);
}

async fn the_list_is_needed(worlds: Worlds) {
    let world = worlds.with(vip()).await;

    let request = UpdateCustomerProfileAudiences::new(CustomerProfileAudienceChanges::default());
    let refusal = refusal(world.api.update_customer_profile_audiences(request).await);

    assert_eq!(place(&refusal), "/data");
}

/// The prose of the document has `remove`, its enumeration `delete`.
async fn remove_is_no_action(worlds: Worlds) {
    let world = worlds.with(vip()).await;

    let strange = AudienceChange { action: "remove".into(), ..add("anna") };

    assert_eq!(place(&refused(&world, [add("ben"), strange]).await), "/data/1/action");
    assert_eq!(members(&world), [""; 0]);
}

async fn a_profile_is_needed(worlds: Worlds) {
    let world = worlds.with(vip()).await;

    let refusal = refused(&world, [add("")]).await;

    assert_eq!(place(&refusal), "/data/0/profileIntegrationId");
}

async fn an_id_of_1001_characters_is_refused(worlds: Worlds) {
    let world = worlds.with(vip()).await;

    let refusal = refused(&world, [add("anna"), add(&"x".repeat(1001))]).await;

    assert_eq!(place(&refusal), "/data/1/profileIntegrationId");
}

async fn one_unknown_audience_refuses_all_changes(worlds: Worlds) {
    let world = worlds.with(vip()).await;
    let before = world.probe().snapshot();

    let refusal = refused(&world, [add("anna"), AudienceChange::add(404, "anna")]).await;

    assert_eq!(refusal.status(), 404);
    assert_eq!(world.changes_since(&before), [""; 0]);
}

async fn changes_at_once_are_all_kept(worlds: Worlds) {
    let world = worlds.with(vip()).await;
    let mut calls = tokio::task::JoinSet::new();
    for caller in 0..16 {
        let api = world.api.clone();
        calls.spawn(async move {
            for number in 0..8 {
                let id = format!("profile-{}", (caller * 4 + number) % 64);
                let changes = CustomerProfileAudienceChanges::new([AudienceChange::add(VIP, id)]);
                let request = UpdateCustomerProfileAudiences::new(changes);
                api.update_customer_profile_audiences(request).await.expect("accepted");
            }
        });
    }

    calls.join_all().await;

    assert_eq!(world.probe().member_count(VIP), 64);
    for number in 0..64 {
        assert_eq!(audiences_of(&world, &format!("profile-{number}")), ["VIP"]);
    }
}
