//! Filters of the transactions of a card. BEHAVIOUR-today 7.5, 7.9.

use std::time::Duration;

use talon_fake::world::{EntrySource, LedgerEntry};

use super::PROGRAM;
use super::transactions::{amounts, club, list, request};
use crate::prelude::*;

cases! {
    "getLoyaltyCardTransactions" {
        detail transactions_of_some_sessions_are_listed,
        detail transactions_are_listed_by_their_ids,
        detail transactions_of_several_subledgers_are_listed,
        detail transactions_of_one_origin_are_listed,
        surprise dates_include_both_ends,
        detail filters_are_combined,
        detail only_points_that_await_activation_are_listed,
    }
}

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

async fn transactions_of_some_sessions_are_listed(worlds: Worlds) {
    let world = worlds.with(club()).await;
    for sku in ["EARN", "STARS", "SPEND"] {
        world.buy_with_card(sku).await;
    }

    let some = amounts(&world, request().session_ids(["SPEND", "STARS", "unknown"])).await;

    assert_eq!(some, [-20, 7].map(Amount::from));
}

async fn transactions_are_listed_by_their_ids(worlds: Worlds) {
    let world = worlds.with(club()).await;
    for sku in ["EARN", "STARS", "SPEND"] {
        world.buy_with_card(sku).await;
    }
    let ids: Vec<_> =
        list(&world, request()).await.into_iter().map(|it| it.transaction_uuid).collect();

    let some = amounts(&world, request().transaction_uuids([&*ids[2], &*ids[0], "unknown"])).await;
    let none = amounts(&world, request().transaction_uuids(["unknown"])).await;

    assert_eq!((some, none), ([-20, 50].map(Amount::from).into(), vec![]));
}

async fn transactions_of_several_subledgers_are_listed(worlds: Worlds) {
    let world = worlds.with(club()).await;
    world.buy_with_card("EARN").await;
    world.buy_with_card("STARS").await;

    let stars = amounts(&world, request().subledger_ids(["stars"])).await;
    let main = amounts(&world, request().subledger_ids([""])).await;
    let both = amounts(&world, request().subledger_ids(["", "stars", "unknown"])).await;

    assert_eq!((stars, main), (vec![7.into()], vec![50.into()]));
    assert_eq!(both, [7, 50].map(Amount::from));
}

async fn transactions_of_one_origin_are_listed(worlds: Worlds) {
    let entry = |amount: i64, source| LedgerEntry {
        source,
        ..LedgerEntry::of_card(PROGRAM, "family-1", amount)
    };
    let seed = club()
        .ledger_entry(entry(1, EntrySource::Manual))
        .ledger_entry(entry(2, EntrySource::Import));
    let world = worlds.with(seed).await;
    world.buy_with_card("EARN").await;

    let of = |origin| amounts(&world, request().origin(origin));

    assert_eq!(of(LoyaltyTransactionOrigin::Manual).await, [1.into()]);
    assert_eq!(of(LoyaltyTransactionOrigin::Import).await, [2.into()]);
    assert_eq!(of(LoyaltyTransactionOrigin::Session).await, [50.into()]);
}

async fn dates_include_both_ends(worlds: Worlds) {
    let world = worlds.with(club()).await;
    let first = world.clock().now();
    world.buy_with_card("EARN").await;
    world.clock().advance(DAY);
    let second = world.clock().now();
    world.buy_with_card("STARS").await;
    world.clock().advance(DAY);
    world.buy_with_card("SPEND").await;

    let until = amounts(&world, request().end_date(second)).await;
    let from = amounts(&world, request().start_date(second)).await;
    let one = amounts(&world, request().start_date(second).end_date(second)).await;
    let none = amounts(&world, request().start_date(second).end_date(first)).await;

    assert_eq!(until, [7, 50].map(Amount::from));
    assert_eq!(from, [-20, 7].map(Amount::from));
    assert_eq!((one, none), (vec![7.into()], vec![]));
}

async fn filters_are_combined(worlds: Worlds) {
    let world = worlds.with(club()).await;
    for sku in ["EARN", "STARS", "SPEND"] {
        world.buy_with_card(sku).await;
    }

    let main = request().subledger_ids([""]);
    let some = amounts(&world, main.clone().session_ids(["SPEND", "STARS"])).await;
    let none = amounts(&world, main.session_ids(["STARS"])).await;

    assert_eq!((some, none), (vec![(-20).into()], vec![]));
}

async fn only_points_that_await_activation_are_listed(worlds: Worlds) {
    let world = worlds.with(club()).await;
    world.buy_with_card("EARN").await;
    world.buy_with_card("LATER").await;
    let waiting = || list(&world, request().awaits_activation(true));

    let before = waiting().await;
    let activation = LoyaltyPointsActivation::of_session("LATER");
    let activate = ActivateLoyaltyPoints::new(PROGRAM, activation);
    world.api.activate_loyalty_points(activate).await.expect("a known session");

    let [points] = &before[..] else { panic!("{before:?}") };
    assert_eq!((points.amount, &points.start_date), (9.into(), &PointsStartDate::OnAction));
    assert_eq!(points.validity_duration.as_deref(), Some("10D"));
    assert_eq!(waiting().await, []);
}
