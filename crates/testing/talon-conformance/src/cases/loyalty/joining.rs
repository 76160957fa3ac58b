//! Customers who join programs, and programs whose points make them join. BEHAVIOUR-today 7.1, 7.7.

use std::time::Duration;

use talon_core::model::LoyaltyProgramLedgers;
use talon_fake::rules::{Pending, Points};
use talon_fake::world::{JoinPolicy, LoyaltyJoin};

use super::PROGRAM;
use crate::prelude::*;

cases! {
    "joinLoyaltyProgram" {
        success a_customer_joins_with_empty_ledgers,
        surprise an_unknown_customer_is_created,
        refused(400) a_customer_joins_once,
        refused(400) customers_do_not_join_a_program_of_cards,
        refused(404) an_unknown_program_cannot_be_joined,
        detail the_profile_has_the_membership,
    }
    "updateCustomerSessionV2" {
        success the_first_points_make_a_customer_join,
        surprise without_a_join_policy_points_are_kept_without_a_membership,
        surprise a_customer_joins_when_the_first_points_become_active,
        detail a_rollback_of_pending_points_takes_the_membership_back,
    }
    "getCustomerInventory" { detail a_membership_of_the_world_has_its_date, }
}

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// 50 points, pending for two days.
fn pending() -> Reward {
    let pending = Some(Pending::days(2));
    Reward::AddLoyaltyPoints(Points {
        program_id: PROGRAM.into(),
        points: 50.into(),
        pending,
        ..Points::default()
    })
}

fn joining_by(policy: JoinPolicy, reward: Reward) -> Seed {
    let program = LoyaltyProgram::new(PROGRAM).join_policy(policy);
    seed::rewards_by_sku(program, &[("EARN", reward)])
}

async fn inventory(world: &World) -> Option<LoyaltyProgramLedgers> {
    let request = GetCustomerInventory::new("anna").loyalty(true);
    let inventory = world.api.get_customer_inventory(request).await.expect("anna is known");
    inventory.loyalty.expect("asked for").programs.remove("7")
}

async fn join_date(world: &World) -> Option<String> {
    let joined = inventory(world).await?.join_date?;
    joined.known().map(ToString::to_string)
}

async fn a_customer_joins_with_empty_ledgers(worlds: Worlds) {
    let world =
        worlds.with(joining_by(JoinPolicy::NotJoin, Reward::add_loyalty_points(PROGRAM, 50))).await;
    world.put_profile("anna", Attributes::new()).await;

    world.join(PROGRAM, "anna").await;

    let joined = inventory(&world).await.expect("a member");
    assert_eq!(joined.join_date, Some(world.clock().now().into()));
    assert_eq!((joined.name.as_str(), joined.title.as_str()), ("program7", "Program 7"));
    assert_eq!(joined.ledger.current_balance, Amount::ZERO);
    assert_eq!(joined.ledger.tentative_negative_balance, Some(Amount::ZERO));
    assert!(joined.sub_ledgers.expect("always sent").is_empty());
}

async fn an_unknown_customer_is_created(worlds: Worlds) {
    let world = worlds.with(Seed::new().loyalty_program(LoyaltyProgram::new(PROGRAM))).await;

    world.join(PROGRAM, "anna").await;

    assert!(world.probe().profile("anna").is_some());
}

async fn a_customer_joins_once(worlds: Worlds) {
    let world = worlds.with(Seed::new().loyalty_program(LoyaltyProgram::new(PROGRAM))).await;
    world.join(PROGRAM, "anna").await;

    let again = world.api.join_loyalty_program(JoinLoyaltyProgram::new(PROGRAM, "anna")).await;

    assert_eq!(refusal(again).status(), 400);
}

async fn customers_do_not_join_a_program_of_cards(worlds: Worlds) {
    let world = worlds.with(Seed::new().loyalty_program(LoyaltyProgram::of_cards(PROGRAM))).await;

    let joined = world.api.join_loyalty_program(JoinLoyaltyProgram::new(PROGRAM, "anna")).await;

    assert_eq!(refusal(joined).status(), 400);
    assert!(world.probe().profile("anna").is_none());
}

async fn an_unknown_program_cannot_be_joined(worlds: Worlds) {
    let world = worlds.with(Seed::new()).await;

    let joined = world.api.join_loyalty_program(JoinLoyaltyProgram::new(PROGRAM, "anna")).await;

    assert_eq!(refusal(joined).status(), 404);
    assert!(world.probe().profile("anna").is_none());
}

async fn the_profile_has_the_membership(worlds: Worlds) {
    let world = worlds.with(Seed::new().loyalty_program(LoyaltyProgram::new(PROGRAM))).await;
    world.join(PROGRAM, "anna").await;

    let profile = world.put_profile("anna", Attributes::new()).await;

    let memberships = profile.loyalty_memberships.expect("one");
    assert_eq!(memberships.len(), 1);
    assert_eq!(memberships[0].loyalty_program_id, PROGRAM.into());
    assert_eq!(memberships[0].joined, Some(world.clock().now()));
}

async fn the_first_points_make_a_customer_join(worlds: Worlds) {
    let world = worlds.with(joining_by(JoinPolicy::PointsEarned, pending())).await;

    world.put("cart-1", seed::buying("EARN")).await;
    let before = inventory(&world).await;
    world.put("cart-1", closed()).await;

    assert_eq!((before, join_date(&world).await.as_deref()), (None, Some("2026-01-01T00:00:00Z")));
}

async fn without_a_join_policy_points_are_kept_without_a_membership(worlds: Worlds) {
    let world =
        worlds.with(joining_by(JoinPolicy::NotJoin, Reward::add_loyalty_points(PROGRAM, 50))).await;

    let reply = world.put("cart-1", seed::bought("EARN")).await;

    let program = inventory(&world).await.expect("there are points");
    assert_eq!((program.join_date, program.ledger.current_balance), (None, 50.into()));
    assert_eq!(reply.profile().loyalty_memberships, None);
}

async fn a_customer_joins_when_the_first_points_become_active(worlds: Worlds) {
    let world = worlds.with(joining_by(JoinPolicy::PointsActivated, pending())).await;

    let reply = world.put("cart-1", seed::bought("EARN")).await;
    let before = join_date(&world).await;
    world.clock().advance(3 * DAY);

    assert_eq!((before, reply.profile().loyalty_memberships.as_ref()), (None, None));
    assert_eq!(join_date(&world).await.as_deref(), Some("2026-01-03T00:00:00Z"));
    let profile = world.put_profile("anna", Attributes::new()).await;
    assert_eq!(profile.loyalty_memberships.map(|all| all.len()), Some(1));
}

async fn a_rollback_of_pending_points_takes_the_membership_back(worlds: Worlds) {
    let world = worlds.with(joining_by(JoinPolicy::PointsActivated, pending())).await;
    world.put("cart-1", seed::bought("EARN")).await;

    world.put("cart-1", cancelled()).await;
    world.clock().advance(3 * DAY);

    assert_eq!(join_date(&world).await, None);
}

async fn a_membership_of_the_world_has_its_date(worlds: Worlds) {
    let join = LoyaltyJoin {
        join_date: Some(at("2025-06-01T00:00:00Z")),
        ..LoyaltyJoin::new(PROGRAM, "anna")
    };
    let seed = Seed::new().loyalty_program(LoyaltyProgram::new(PROGRAM)).join(join);
    let world = worlds.with(seed).await;

    assert_eq!(join_date(&world).await.as_deref(), Some("2025-06-01T00:00:00Z"));
}
