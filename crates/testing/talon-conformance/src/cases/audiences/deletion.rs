//! Deletion of audiences and of their memberships. BEHAVIOUR-today 5.4.

use std::time::Duration;

use talon_core::AudienceId;

use super::{VIP, audiences_of, change, clear, club, create, members, place, rules, stored, vip};
use crate::prelude::*;

cases! {
    "deleteAudienceV2" {
        success an_audience_is_deleted_with_its_memberships,
        refused(400) an_audience_that_a_rule_asks_for_is_kept,
        refused(400) an_audience_that_a_rule_changes_is_kept,
        refused(400) an_audience_that_a_campaign_is_limited_to_is_kept,
        refused(404) an_unknown_audience_is_not_found,
        surprise a_second_deletion_finds_nothing,
        detail its_id_in_the_integration_is_free_again,
        detail a_later_audience_has_other_members,
    }
    "deleteAudienceMembershipsV2" {
        success all_memberships_end_and_the_audience_stays,
        surprise profiles_have_not_left_an_audience_that_is_cleared,
        detail a_profile_can_join_again,
        detail memberships_in_other_audiences_stay,
        detail an_audience_without_members_can_be_cleared,
        refused(404) an_unknown_audience_cannot_be_cleared,
    }
}

async fn delete(world: &World, id: impl Into<AudienceId>) {
    let reply = world.api.delete_audience_v2(DeleteAudienceV2::new(id)).await;
    reply.expect("the audience is deleted");
}

async fn refused(world: &World, id: i64) -> ApiError {
    refusal(world.api.delete_audience_v2(DeleteAudienceV2::new(id)).await)
}

async fn an_audience_is_deleted_with_its_memberships(worlds: Worlds) {
    let world = worlds.with(vip().audience(6, "Early birds")).await;
    change(&world, [AudienceChange::add(VIP, "anna"), AudienceChange::add(6, "anna")]).await;

    delete(&world, VIP).await;

    assert_eq!(world.probe().audience(VIP), None);
    assert_eq!(members(&world), [""; 0]);
    assert_eq!(audiences_of(&world, "anna"), ["Early birds"]);
}

async fn an_audience_that_a_rule_asks_for_is_kept(worlds: Worlds) {
    let nested = Condition::All(vec![
        Condition::cart_total(Range::at_least(1)),
        !Condition::InAudience(VIP.into()),
    ]);
    for condition in [
        nested,
        Condition::JoinedAudience(VIP.into()),
        Condition::Any(vec![Condition::LeftAudience(VIP.into())]),
    ] {
        let world = worlds.with(seed::when(condition).audience(VIP, "VIP")).await;

        assert_eq!(place(&refused(&world, VIP).await), "audienceId");
        assert_eq!(stored(&world).name, "VIP");
    }
}

async fn an_audience_that_a_rule_changes_is_kept(worlds: Worlds) {
    for reward in [Reward::AddToAudience(VIP.into()), Reward::RemoveFromAudience(VIP.into())] {
        let world =
            worlds.with(seed::always(reward).audience(VIP, "VIP").audience(6, "Other")).await;

        assert_eq!(place(&refused(&world, VIP).await), "audienceId");
        delete(&world, 6).await;
    }
}

async fn an_audience_that_a_campaign_is_limited_to_is_kept(worlds: Worlds) {
    let campaign = seed::summer_campaign().audiences([VIP]);
    let world = worlds.with(seed::of(campaign).audience(VIP, "VIP")).await;

    assert_eq!(place(&refused(&world, VIP).await), "audienceId");
}

async fn an_unknown_audience_is_not_found(worlds: Worlds) {
    let world = worlds.with(vip()).await;

    assert_eq!(refused(&world, 404).await.status(), 404);
}

async fn a_second_deletion_finds_nothing(worlds: Worlds) {
    let world = worlds.with(vip()).await;
    delete(&world, VIP).await;

    assert_eq!(refused(&world, VIP).await.status(), 404);
}

async fn its_id_in_the_integration_is_free_again(worlds: Worlds) {
    let world = worlds.empty().await;
    let sent = || NewAudience::new("VIP").integration("segment").integration_id("s-1");
    let first = create(&world, sent()).await;

    delete(&world, first.id).await;
    let second = create(&world, sent()).await;

    assert_ne!(first.id, second.id);
}

/// The ids of new audiences count up, past those of the world.
async fn a_later_audience_has_other_members(worlds: Worlds) {
    let first = talon_fake::world::Audience::new(2, "First").members(["anna"]);
    let world = worlds.with(Seed::new().add_audience(first)).await;
    delete(&world, 2).await;

    for _ in 0..3 {
        let later = create(&world, NewAudience::new("Later")).await;
        assert_eq!(world.probe().member_count(later.id), 0);
        assert_eq!(audiences_of(&world, "anna"), [""; 0]);
    }
}

async fn all_memberships_end_and_the_audience_stays(worlds: Worlds) {
    let world = worlds.with(vip()).await;
    change(&world, ["anna", "ben", "carl"].map(|id| AudienceChange::add(VIP, id))).await;
    let before = stored(&world);
    world.clock().advance(Duration::from_secs(60));

    clear(&world).await;

    assert_eq!(members(&world), [""; 0]);
    assert_eq!(audiences_of(&world, "anna"), [""; 0]);
    let last_update = Some(world.clock().now());
    assert_eq!(stored(&world), Audience { last_update, ..before });
}

async fn profiles_have_not_left_an_audience_that_is_cleared(worlds: Worlds) {
    let world = worlds.with(club()).await;
    change(&world, [AudienceChange::add(VIP, "anna")]).await;
    assert_eq!(rules(&world, NewCustomerProfile::default()).await, ["member"]);

    clear(&world).await;

    assert_eq!(rules(&world, NewCustomerProfile::default()).await, [""; 0]);
}

async fn a_profile_can_join_again(worlds: Worlds) {
    let world = worlds.with(club()).await;
    change(&world, [AudienceChange::add(VIP, "anna")]).await;
    clear(&world).await;

    let joins = ProfileAudiencesChanges { adds: vec![VIP.into()], deletes: Vec::new() };
    let joined = rules(&world, NewCustomerProfile::default().audiences_changes(joins)).await;

    assert_eq!(joined, ["member", "joined"]);
    assert_eq!(members(&world), ["anna"]);
}

async fn memberships_in_other_audiences_stay(worlds: Worlds) {
    let world = worlds.with(vip().audience(6, "Early birds")).await;
    change(&world, [AudienceChange::add(VIP, "anna"), AudienceChange::add(6, "anna")]).await;

    clear(&world).await;

    assert_eq!(audiences_of(&world, "anna"), ["Early birds"]);
    assert_eq!(world.probe().member_count(6), 1);
}

async fn an_audience_without_members_can_be_cleared(worlds: Worlds) {
    let world = worlds.with(vip()).await;

    clear(&world).await;

    assert_eq!(members(&world), [""; 0]);
}

async fn an_unknown_audience_cannot_be_cleared(worlds: Worlds) {
    let world = worlds.with(vip()).await;

    let request = DeleteAudienceMembershipsV2::new(404);
    let refusal = refusal(world.api.delete_audience_memberships_v2(request).await);

    assert_eq!(refusal.status(), 404);
}
