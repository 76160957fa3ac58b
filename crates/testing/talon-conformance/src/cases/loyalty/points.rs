//! Lists of points that are left. BEHAVIOUR-today 7.2, 7.7.

use talon_fake::world::{EntrySource, LedgerEntry};

use super::{PROGRAM, program};
use crate::prelude::*;

cases! {
    "getLoyaltyProgramProfilePoints" {
        success a_batch_has_its_dates_and_its_cause,
        surprise the_amount_is_what_is_left,
        surprise points_that_are_used_up_are_left_out,
        detail active_points_are_listed_by_default,
        detail points_are_listed_by_status,
        surprise points_that_wait_for_an_action_are_pending,
        detail points_are_sorted_by_start_and_by_expiry,
        detail points_are_filtered_by_subledgers_sessions_and_ids,
        detail pages_of_points_follow_each_other,
        refused(400) another_order_is_refused,
        refused(400) another_status_is_refused,
        refused(404) an_unknown_program_has_no_points,
    }
}

fn of_anna() -> GetLoyaltyProgramProfilePoints {
    GetLoyaltyProgramProfilePoints::new(PROGRAM, "anna")
}

fn entry(amount: i64, start: &str, expiry: &str) -> LedgerEntry {
    LedgerEntry {
        start_date: start.into(),
        expiry_date: expiry.into(),
        ..LedgerEntry::new(PROGRAM, "anna", amount)
    }
}

/// Active: 1, 2 and 3 points; pending: 4 and 5; expired: 6.
fn entries() -> Seed {
    let spend = [("SPEND", Reward::deduct_loyalty_points(PROGRAM, 3))];
    program(&spend)
        .ledger_entry(entry(1, "immediate", "unlimited"))
        .ledger_entry(entry(2, "2025-12-01T00:00:00Z", "2026-05-01T00:00:00Z"))
        .ledger_entry(entry(3, "2025-12-02T00:00:00Z", "2026-04-01T00:00:00Z"))
        .ledger_entry(entry(4, "2026-02-01T00:00:00Z", "unlimited"))
        .ledger_entry(entry(5, "on_action", "unlimited"))
        .ledger_entry(entry(6, "immediate", "2025-12-31T00:00:00Z"))
}

async fn amounts(world: &World, request: GetLoyaltyProgramProfilePoints) -> Vec<Amount> {
    world.points(request).await.data.iter().map(|row| row.amount).collect()
}

fn numbers<const N: usize>(numbers: [i64; N]) -> Vec<Amount> {
    numbers.map(Amount::from).to_vec()
}

async fn a_batch_has_its_dates_and_its_cause(worlds: Worlds) {
    let imported = LedgerEntry {
        subledger_id: "mugs".into(),
        name: "Imported".into(),
        customer_session_id: Some("old-cart".into()),
        source: EntrySource::Import,
        ..entry(50, "2025-12-01T00:00:00Z", "2026-12-01T00:00:00Z")
    };
    let seed = Seed::new().loyalty_program(seed::program(PROGRAM)).ledger_entry(imported);
    let world = worlds.with(seed).await;

    let page = world.points(of_anna()).await;

    let transactions = GetLoyaltyProgramProfileTransactions::new(PROGRAM, "anna");
    let transaction = world.transactions(transactions).await.data.remove(0);
    let expected = LoyaltyPoints {
        id: transaction.id,
        transaction_uuid: transaction.transaction_uuid,
        created: world.clock().now(),
        program_id: PROGRAM.into(),
        customer_session_id: Some("old-cart".into()),
        name: "Imported".into(),
        start_date: at("2025-12-01T00:00:00Z").into(),
        expiry_date: at("2026-12-01T00:00:00Z").into(),
        subledger_id: "mugs".into(),
        amount: 50.into(),
        ..LoyaltyPoints::default()
    };
    assert_eq!((page.data, page.has_more), (vec![expected], false));
}

async fn the_amount_is_what_is_left(worlds: Worlds) {
    let seed = entries().ledger_entry(entry(10, "immediate", "2026-03-01T00:00:00Z"));
    let world = worlds.with(seed).await;

    world.put("cart-1", seed::bought("SPEND")).await;

    let by_expiry = of_anna().sort("expiryDate".to_owned());
    assert_eq!(amounts(&world, by_expiry).await, numbers([7, 3, 2, 1]));
}

async fn points_that_are_used_up_are_left_out(worlds: Worlds) {
    let world = worlds.with(entries()).await;

    world.put("cart-1", seed::bought("SPEND")).await;

    assert_eq!(amounts(&world, of_anna()).await, numbers([2, 1]));
}

async fn active_points_are_listed_by_default(worlds: Worlds) {
    let world = worlds.with(entries()).await;

    let active = of_anna().status(LoyaltyPointsStatus::Active);

    assert_eq!(world.points(of_anna()).await, world.points(active).await);
}

async fn points_are_listed_by_status(worlds: Worlds) {
    let world = worlds.with(entries()).await;
    let listed = |status| amounts(&world, of_anna().status(status));

    assert_eq!(listed(LoyaltyPointsStatus::Active).await, numbers([2, 3, 1]));
    assert_eq!(listed(LoyaltyPointsStatus::Pending).await, numbers([4, 5]));
    assert_eq!(listed(LoyaltyPointsStatus::Expired).await, numbers([6]));
}

async fn points_that_wait_for_an_action_are_pending(worlds: Worlds) {
    let world = worlds.with(entries()).await;

    let page = world.points(of_anna().status(LoyaltyPointsStatus::Pending)).await;

    assert_eq!(page.data[1].start_date, PointsStartDate::OnAction);
}

async fn points_are_sorted_by_start_and_by_expiry(worlds: Worlds) {
    let world = worlds.with(entries()).await;
    let sorted = |sort: &str| amounts(&world, of_anna().sort(sort.to_owned()));

    assert_eq!(sorted("startDate").await, numbers([2, 3, 1]));
    assert_eq!(sorted("-startDate").await, numbers([1, 3, 2]));
    assert_eq!(sorted("expiryDate").await, numbers([3, 2, 1]));
    assert_eq!(sorted("-expiryDate").await, numbers([1, 2, 3]));
}

async fn points_are_filtered_by_subledgers_sessions_and_ids(worlds: Worlds) {
    let entry = |subledger: &str, session: &str, amount: i64| LedgerEntry {
        subledger_id: subledger.into(),
        customer_session_id: Some(session.into()),
        ..LedgerEntry::new(PROGRAM, "anna", amount)
    };
    let seed = Seed::new()
        .loyalty_program(seed::program(PROGRAM))
        .ledger_entry(entry("", "c1", 1))
        .ledger_entry(entry("mugs", "c1", 2))
        .ledger_entry(entry("plates", "c2", 3));
    let world = worlds.with(seed).await;
    let uuids = world.points(of_anna()).await.data;
    let uuids = [uuids[0].transaction_uuid.as_str(), uuids[2].transaction_uuid.as_str()];

    assert_eq!(amounts(&world, of_anna().subledger_ids(["", "plates"])).await, numbers([1, 3]));
    assert_eq!(amounts(&world, of_anna().session_ids(["c1"])).await, numbers([1, 2]));
    assert_eq!(amounts(&world, of_anna().transaction_uuids(uuids)).await, numbers([1, 3]));
    let both = of_anna().session_ids(["c1"]).subledger_ids(["mugs", "plates"]);
    assert_eq!(amounts(&world, both).await, numbers([2]));
}

async fn pages_of_points_follow_each_other(worlds: Worlds) {
    let world = worlds.with(entries()).await;
    let page = |skip| world.points(of_anna().page_size(2).skip(skip));

    let (first, last) = (page(0).await, page(2).await);

    assert_eq!((first.data.len(), first.has_more), (2, true));
    assert_eq!((last.data.len(), last.has_more), (1, false));
    assert_eq!([first.data, last.data].concat(), world.points(of_anna()).await.data);
}

async fn refused(worlds: Worlds, request: GetLoyaltyProgramProfilePoints) -> (u16, String) {
    let world = worlds.with(entries()).await;
    let refusal = refusal(world.api.get_loyalty_program_profile_points(request).await);
    let parameter = refusal.problems()[0].source.parameter.clone();
    (refusal.status().as_u16(), parameter.expect("a parameter"))
}

async fn another_order_is_refused(worlds: Worlds) {
    assert_eq!(refused(worlds, of_anna().sort("amount")).await, (400, "sort".into()));
}

async fn another_status_is_refused(worlds: Worlds) {
    assert_eq!(refused(worlds, of_anna().status("spent")).await, (400, "status".into()));
}

async fn an_unknown_program_has_no_points(worlds: Worlds) {
    let world = worlds.with(entries()).await;
    let request = GetLoyaltyProgramProfilePoints::new(404, "anna");

    let refusal = refusal(world.api.get_loyalty_program_profile_points(request).await);

    assert_eq!(refusal.status(), 404);
}
