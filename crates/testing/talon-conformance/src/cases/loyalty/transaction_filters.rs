//! Filters of lists of transactions. BEHAVIOUR-today 7.5.

use talon_fake::rules::{Pending, Points};
use talon_fake::world::{EntrySource, LedgerEntry};

use super::transactions::{busy, of_anna, sessions};
use super::{PROGRAM, program};
use crate::prelude::*;

cases! {
    "getLoyaltyProgramProfileTransactions" {
        detail transactions_are_filtered_by_session_and_by_id,
        detail transactions_are_filtered_by_subledger,
        detail transactions_are_filtered_by_origin,
        detail both_bounds_of_dates_are_inclusive,
        surprise filters_combine,
        surprise only_points_that_wait_for_an_action_await_activation,
    }
}

async fn transactions_are_filtered_by_session_and_by_id(worlds: Worlds) {
    let world = busy(worlds).await;
    let all = world.transactions(of_anna()).await.data;
    let uuids = [&all[0].transaction_uuid, &all[3].transaction_uuid].map(String::as_str);

    let by_session = sessions(&world, of_anna().session_ids(["c2", "c4", "unknown"])).await;
    let by_id = sessions(&world, of_anna().transaction_uuids(uuids)).await;
    let unknown = sessions(&world, of_anna().transaction_uuids(["unknown"])).await;

    assert_eq!(
        (by_session, by_id),
        (vec!["c4".into(), "c2".into()], vec!["c4".into(), "c1".into()])
    );
    assert!(unknown.is_empty());
}

async fn transactions_are_filtered_by_subledger(worlds: Worlds) {
    let entry = |subledger: &str, amount: i64| LedgerEntry {
        subledger_id: subledger.into(),
        ..LedgerEntry::new(PROGRAM, "anna", amount)
    };
    let seed = Seed::new().loyalty_program(seed::program(PROGRAM));
    let world = worlds.with(seed.ledger_entry(entry("", 1)).ledger_entry(entry("mugs", 2))).await;
    let amounts = async |subledger: &str| {
        let page = world.transactions(of_anna().subledger_id(subledger.to_owned())).await;
        page.data.iter().map(|row| row.amount).collect::<Vec<_>>()
    };

    assert_eq!(amounts("").await, [1.into()]);
    assert_eq!(amounts("mugs").await, [2.into()]);
    assert_eq!(amounts("mug").await, []);
}

async fn transactions_are_filtered_by_origin(worlds: Worlds) {
    let entry =
        |source, amount: i64| LedgerEntry { source, ..LedgerEntry::new(PROGRAM, "anna", amount) };
    let seed = program(&[("EARN", Reward::add_loyalty_points(PROGRAM, 3))])
        .ledger_entry(entry(EntrySource::Manual, 1))
        .ledger_entry(entry(EntrySource::Import, 2));
    let world = worlds.with(seed).await;
    world.put("cart-1", seed::bought("EARN")).await;
    let amounts = async |origin: LoyaltyTransactionOrigin| {
        let page = world.transactions(of_anna().origin(origin)).await;
        page.data.iter().map(|row| row.amount).collect::<Vec<_>>()
    };

    assert_eq!(amounts(LoyaltyTransactionOrigin::Manual).await, [1.into()]);
    assert_eq!(amounts(LoyaltyTransactionOrigin::Import).await, [2.into()]);
    assert_eq!(amounts(LoyaltyTransactionOrigin::Session).await, [3.into()]);
}

async fn both_bounds_of_dates_are_inclusive(worlds: Worlds) {
    let world = busy(worlds).await;
    let (second, third) = (at("2026-01-02T00:00:00Z"), at("2026-01-03T00:00:00Z"));

    assert_eq!(sessions(&world, of_anna().start_date(third)).await, ["c4", "c3"]);
    assert_eq!(sessions(&world, of_anna().end_date(second)).await, ["c2", "c1"]);
    let both = of_anna().start_date(second).end_date(third);
    assert_eq!(sessions(&world, both).await, ["c3", "c2"]);
    let none = of_anna().start_date(third).end_date(second);
    assert!(sessions(&world, none).await.is_empty());
}

async fn filters_combine(worlds: Worlds) {
    let world = busy(worlds).await;

    let request = of_anna().session_ids(["c1", "c2", "c3"]).start_date(at("2026-01-02T00:00:00Z"));

    assert_eq!(sessions(&world, request.page_size(1)).await, ["c3"]);
}

async fn only_points_that_wait_for_an_action_await_activation(worlds: Worlds) {
    let earn = |pending| {
        Reward::AddLoyaltyPoints(Points { pending: Some(pending), ..seed::points(PROGRAM, 50) })
    };
    let rewards = [("WAIT", earn(Pending::OnAction)), ("LATER", earn(Pending::days(5)))];
    let expired = LedgerEntry {
        start_date: PointsStartDate::OnAction,
        expiry_date: at("2025-12-01T00:00:00Z").into(),
        ..LedgerEntry::new(PROGRAM, "anna", 5)
    };
    let seed = program(&rewards).ledger_entry(expired);
    let world = worlds.with(seed).await;
    for (session, sku) in [("c1", "WAIT"), ("c2", "LATER"), ("c3", "WAIT"), ("c4", "WAIT")] {
        world.put(session, seed::bought(sku)).await;
    }
    world.activate(PROGRAM, LoyaltyPointsActivation::of_session("c3")).await;
    world.put("c4", cancelled()).await;

    let page = world.transactions(of_anna().awaits_activation(true)).await;

    let [row] = &page.data[..] else { panic!("{page:?}") };
    assert_eq!(row.customer_session_id, Some("c1".into()));
    assert_eq!(row.start_date, PointsStartDate::OnAction);
}
