//! Audiences in rules, in effects and in replies about profiles. BEHAVIOUR-today 5.7, 3.2.

use std::time::Duration;

use super::{VIP, audiences_of, change, create, members, stored};
use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        detail a_rule_sees_the_members_of_the_world,
        detail a_rule_sees_who_is_no_member,
        detail a_rule_changes_the_members_of_the_audience,
        surprise a_membership_outlives_the_session_that_gave_it,
        detail an_effect_in_a_dry_run_changes_no_membership,
    }
    "getCustomerInventory" { detail an_inventory_has_the_audiences_of_its_profile, }
    "getReservedCustomers" { detail customers_come_with_their_audiences, }
    "updateCustomerProfilesV2" { detail profiles_of_a_batch_come_with_their_audiences, }
    "createAudienceV2" { detail profiles_can_join_a_new_audience, }
}

fn seeded() -> talon_fake::world::Audience {
    talon_fake::world::Audience::new(VIP, "VIP").members(["anna"])
}

/// `JOIN` and `LEAVE` do what they are called.
fn doors() -> Seed {
    let campaign = Campaign::new("Doors")
        .rule(seed::rule_for_item("JOIN", Reward::AddToAudience(VIP.into())))
        .rule(seed::rule_for_item("LEAVE", Reward::RemoveFromAudience(VIP.into())));
    seed::of(campaign).audience(VIP, "VIP")
}

fn item(sku: &str) -> NewCustomerSessionV2 {
    NewCustomerSessionV2::default().profile("anna").cart_items([CartItem::new(sku, 1)])
}

async fn a_rule_sees_the_members_of_the_world(worlds: Worlds) {
    let seed = seed::when(Condition::InAudience(VIP.into())).add_audience(seeded());
    let world = worlds.with(seed).await;

    assert!(world.fires("cart-1", cart(100).profile("anna")).await);
    assert!(!world.fires("cart-2", cart(100).profile("ben")).await);
    assert!(!world.fires("cart-3", cart(100)).await, "an anonymous customer is in no audience");
}

async fn a_rule_sees_who_is_no_member(worlds: Worlds) {
    let seed = seed::when(!Condition::InAudience(VIP.into())).add_audience(seeded());
    let world = worlds.with(seed).await;

    assert!(!world.fires("cart-1", cart(100).profile("anna")).await);
    assert!(world.fires("cart-2", cart(100).profile("ben")).await);
}

async fn a_rule_changes_the_members_of_the_audience(worlds: Worlds) {
    let world = worlds.with(doors()).await;
    world.clock().advance(Duration::from_secs(60));

    world.put("cart-1", item("JOIN")).await;
    assert_eq!(members(&world), ["anna"]);
    assert_eq!(stored(&world).last_update, Some(world.clock().now()));

    world.put("cart-2", item("LEAVE")).await;
    assert_eq!(members(&world), [""; 0]);
}

async fn a_membership_outlives_the_session_that_gave_it(worlds: Worlds) {
    let world = worlds.with(doors()).await;
    world.put("cart-1", item("JOIN").state(SessionState::Closed)).await;

    world.reopen("cart-1").await;
    world.put("cart-1", cancelled()).await;

    assert_eq!(members(&world), ["anna"]);
}

async fn an_effect_in_a_dry_run_changes_no_membership(worlds: Worlds) {
    let world = worlds.with(doors()).await;
    let before = world.probe().snapshot();

    let reply = world.try_out("cart-1", item("JOIN")).await;

    assert!(matches!(reply.kinds()[..], [EffectKind::AddToAudience(_)]));
    assert_eq!(reply.profile().audience_memberships.as_ref().map(Vec::len), Some(1));
    assert_eq!(world.changes_since(&before), [""; 0]);
}

async fn an_inventory_has_the_audiences_of_its_profile(worlds: Worlds) {
    let world = worlds.with(Seed::new().add_audience(seeded()).audience(3, "Families")).await;
    change(&world, [AudienceChange::add(3, "anna")]).await;

    let request = GetCustomerInventory::new("anna").profile(true);
    let reply = world.api.get_customer_inventory(request).await.expect("she is known");

    let memberships = reply.profile.expect("asked for").audience_memberships.expect("always there");
    let ids: Vec<_> = memberships.iter().map(|membership| membership.id.get()).collect();
    assert_eq!(ids, [3, VIP], "by their ids");
}

async fn customers_come_with_their_audiences(worlds: Worlds) {
    let world = worlds.with(seed::summer().add_audience(seeded())).await;
    world.reserve("SUMMER10", &["anna", "ben"]).await;

    let request = GetReservedCustomers::new("SUMMER10");
    let reply = world.api.get_reserved_customers(request).await.expect("the coupon is there");

    let audiences = |index: usize| reply.data[index].audience_memberships.as_ref().map(Vec::len);
    assert_eq!((audiences(0), audiences(1)), (Some(1), Some(0)));
}

async fn profiles_of_a_batch_come_with_their_audiences(worlds: Worlds) {
    let world = worlds.with(Seed::new().add_audience(seeded())).await;

    let items = ["anna", "ben"].map(CustomerProfileBatchItem::new);
    let request = UpdateCustomerProfilesV2::new(CustomerProfileBatch::new(items)).silent(false);
    let reply = world.api.update_customer_profiles_v2(request).await.expect("accepted");

    let states = reply.expect("not silent").integration_states.expect("one for each");
    let audiences =
        |index: usize| states[index].customer_profile.audience_memberships.as_ref().map(Vec::len);
    assert_eq!((audiences(0), audiences(1)), (Some(1), Some(0)));
}

async fn profiles_can_join_a_new_audience(worlds: Worlds) {
    let world = worlds.empty().await;
    let audience = create(&world, NewAudience::new("Regulars")).await;

    change(&world, [AudienceChange::add(audience.id, "anna")]).await;

    assert_eq!(audiences_of(&world, "anna"), ["Regulars"]);
    assert_eq!(world.probe().members_of(audience.id), ["anna"]);
}
