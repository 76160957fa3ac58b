//! Deletion of ledgers. BEHAVIOUR-today 7.7.

use talon_fake::world::{LedgerEntry, LoyaltyTier};

use super::PROGRAM;
use crate::prelude::*;

cases! {
    "deleteLoyaltyTransactionsFromLedgers" {
        success all_ledgers_are_deleted,
        success selected_ledgers_are_deleted,
        surprise ids_do_not_matter_when_all_are_deleted,
        surprise the_membership_stays,
        surprise the_tier_is_gone,
        detail unknown_subledgers_are_ignored,
        surprise points_that_were_deleted_are_not_rolled_back,
        refused(400) selected_ledgers_need_their_ids,
        refused(400) another_scope_is_refused,
        refused(404) an_unknown_customer_has_nothing_to_delete,
    }
}

fn entries() -> Seed {
    let entry = |subledger: &str| LedgerEntry {
        subledger_id: subledger.into(),
        ..LedgerEntry::new(PROGRAM, "anna", 50)
    };
    let program = seed::program(PROGRAM).tier(LoyaltyTier::new("silver", 10));
    seed::rewards_by_sku(program, &[("EARN", Reward::add_loyalty_points(PROGRAM, 5))])
        .ledger_entry(entry(""))
        .ledger_entry(entry("mugs"))
        .ledger_entry(entry("plates"))
}

type Deletion = LoyaltyTransactionsDeletion;

/// Subledgers of the transactions that are left.
async fn left(world: &World) -> Vec<String> {
    let request = GetLoyaltyProgramProfileTransactions::new(PROGRAM, "anna");
    let rows = world.transactions(request).await.data;
    rows.into_iter().rev().map(|row| row.subledger_id).collect()
}

async fn refused(worlds: Worlds, profile: &str, deletion: Deletion) -> ApiError {
    let world = worlds.with(entries()).await;
    let request = DeleteLoyaltyTransactionsFromLedgers::new(PROGRAM, profile, deletion);
    let refusal = refusal(world.api.delete_loyalty_transactions_from_ledgers(request).await);
    assert_eq!(left(&world).await.len(), 3);
    refusal
}

async fn all_ledgers_are_deleted(worlds: Worlds) {
    let world = worlds.with(entries()).await;

    world.delete_ledgers(PROGRAM, "anna", Deletion::all()).await;

    let balances = world.balances(GetLoyaltyBalances::new(PROGRAM, "anna")).await;
    assert_eq!(balances.balance.expect("the main ledger").active_points, Some(0.into()));
    assert_eq!((balances.subledger_balances, left(&world).await), (Some([].into()), vec![]));
    let points = world.points(GetLoyaltyProgramProfilePoints::new(PROGRAM, "anna")).await;
    assert!(points.data.is_empty());
}

async fn selected_ledgers_are_deleted(worlds: Worlds) {
    let world = worlds.with(entries()).await;

    world.delete_ledgers(PROGRAM, "anna", Deletion::selected(["", "plates"])).await;

    assert_eq!(left(&world).await, ["mugs"]);
    assert_eq!(world.balance(PROGRAM, "anna").await.active_points, Some(0.into()));
}

async fn ids_do_not_matter_when_all_are_deleted(worlds: Worlds) {
    let world = worlds.with(entries()).await;
    let deletion = Deletion { subledger_ids: Some(vec!["mugs".into()]), ..Deletion::all() };

    world.delete_ledgers(PROGRAM, "anna", deletion).await;

    assert!(left(&world).await.is_empty());
}

async fn the_membership_stays(worlds: Worlds) {
    let world = worlds.with(entries()).await;

    world.delete_ledgers(PROGRAM, "anna", Deletion::all()).await;

    let profile = world.put_profile("anna", Attributes::new()).await;
    assert_eq!(profile.loyalty_memberships.map(|all| all.len()), Some(1));
}

async fn the_tier_is_gone(worlds: Worlds) {
    let world = worlds.with(entries()).await;
    let before = world.balance(PROGRAM, "anna").await;

    world.delete_ledgers(PROGRAM, "anna", Deletion::all()).await;

    let after = world.balance(PROGRAM, "anna").await;
    assert!(before.current_tier.is_some() && after.current_tier.is_none());
    assert_eq!(after.points_to_next_tier, Some(10.into()));
}

async fn unknown_subledgers_are_ignored(worlds: Worlds) {
    let world = worlds.with(entries()).await;

    world.delete_ledgers(PROGRAM, "anna", Deletion::selected(["cups", "mugs"])).await;

    assert_eq!(left(&world).await, ["", "plates"]);
}

async fn points_that_were_deleted_are_not_rolled_back(worlds: Worlds) {
    let world = worlds.with(entries()).await;
    world.put("cart-1", seed::bought("EARN")).await;
    world.delete_ledgers(PROGRAM, "anna", Deletion::all()).await;

    let reply = world.put("cart-1", cancelled()).await;

    assert_eq!((reply.types(), left(&world).await), (vec![], vec![]));
}

async fn selected_ledgers_need_their_ids(worlds: Worlds) {
    let refusal = refused(worlds, "anna", Deletion::selected(Vec::<&str>::new())).await;

    assert_eq!(refusal.status(), 400);
    assert_eq!(refusal.problems()[0].source.pointer.as_deref(), Some("/subledgerIds"));
}

async fn another_scope_is_refused(worlds: Worlds) {
    let deletion = Deletion { scope: "Everything".into(), subledger_ids: None };

    let refusal = refused(worlds, "anna", deletion).await;

    assert_eq!(refusal.status(), 400);
    assert_eq!(refusal.problems()[0].source.pointer.as_deref(), Some("/scope"));
}

async fn an_unknown_customer_has_nothing_to_delete(worlds: Worlds) {
    assert_eq!(refused(worlds, "ben", Deletion::all()).await.status(), 404);
}
