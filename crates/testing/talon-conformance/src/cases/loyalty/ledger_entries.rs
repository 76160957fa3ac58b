//! Entries of loyalty ledgers in events.

use talon_core::model::LedgerEntry;
use talon_fake::rules::{Points, Validity};

use crate::prelude::*;

cases! {
    "updateCustomerSession" {
        success a_close_has_ledger_entries_of_added_points,
        detail a_close_has_ledger_entries_of_deducted_points,
        detail a_cancellation_has_the_opposite_ledger_entries,
        detail an_open_session_has_no_ledger_entries,
        surprise a_ledger_entry_has_whole_points,
        surprise points_that_never_expire_have_the_zero_date,
    }
    "updateCustomerSessionV2" { detail the_second_version_has_the_same_ledger_entries, }
    "trackEvent" { detail an_event_has_ledger_entries_of_its_points, }
}

fn points(points: &str, days: Option<u32>) -> Points {
    let points = amount(points);
    let validity = days.map(Validity::days);
    Points { name: "Thanks".into(), program_id: 7.into(), points, validity, ..Points::default() }
}

fn giving(reward: Reward) -> Seed {
    seed::always(reward).loyalty_program(seed::program(7))
}

fn bought(state: SessionState) -> NewCustomerSession {
    NewCustomerSession::default().profile("anna").state(state)
}

fn amounts(entries: &[LedgerEntry]) -> Vec<i64> {
    entries.iter().map(|entry| entry.amount).collect()
}

async fn a_close_has_ledger_entries_of_added_points(worlds: Worlds) {
    let world = worlds.with(giving(Reward::AddLoyaltyPoints(points("50", Some(30))))).await;

    let event = world.put_v1("cart-1", bought(SessionState::Closed)).await.event;

    let [entry] = &event.ledger_entries[..] else { panic!("{:?}", event.ledger_entries) };
    assert_eq!((entry.profile_id.as_str(), entry.loyalty_program_id), ("anna", 7.into()));
    assert_eq!((entry.event_id, entry.created), (event.id, world.clock().now()));
    assert_eq!((entry.amount, entry.reason.as_str()), (50, "Thanks"));
    assert_eq!(entry.expiry_date, at("2026-01-31T00:00:00Z"));
}

async fn a_close_has_ledger_entries_of_deducted_points(worlds: Worlds) {
    let spend = Rule::new("Spend")
        .when(Condition::ClosedSessions(Range::at_least(1)))
        .then(Reward::DeductLoyaltyPoints(points("20", None)));
    let earn = Rule::new("Earn").then(Reward::AddLoyaltyPoints(points("50", None)));
    let campaign = Campaign::new("Both").rule(earn).rule(spend);
    let world = worlds.with(seed::of(campaign).loyalty_program(LoyaltyProgram::new(7))).await;
    world.put_v1("cart-1", bought(SessionState::Closed)).await;

    let event = world.put_v1("cart-2", bought(SessionState::Closed)).await.event;

    assert_eq!(amounts(&event.ledger_entries), [50, -20]);
    assert_eq!(event.ledger_entries[1].reason, "Spend");
}

async fn a_cancellation_has_the_opposite_ledger_entries(worlds: Worlds) {
    let world = worlds.with(giving(Reward::AddLoyaltyPoints(points("50", None)))).await;
    world.put_v1("cart-1", bought(SessionState::Closed)).await;

    let event = world.put_v1("cart-1", bought(SessionState::Cancelled)).await.event;

    assert_eq!(amounts(&event.ledger_entries), [-50]);
}

async fn an_open_session_has_no_ledger_entries(worlds: Worlds) {
    let world = worlds.with(giving(Reward::AddLoyaltyPoints(points("50", None)))).await;

    let event = world.put_v1("cart-1", bought(SessionState::Open)).await.event;

    assert_eq!((event.types(), amounts(&event.ledger_entries)), (vec!["addLoyaltyPoints"], vec![]));
}

async fn a_ledger_entry_has_whole_points(worlds: Worlds) {
    let world = worlds.with(giving(Reward::AddLoyaltyPoints(points("9.99", None)))).await;

    let event = world.put_v1("cart-1", bought(SessionState::Closed)).await.event;

    assert_eq!(amounts(&event.ledger_entries), [9]);
    assert_eq!(world.probe().points("anna", 7), amount("9.99"));
}

async fn points_that_never_expire_have_the_zero_date(worlds: Worlds) {
    let world = worlds.with(giving(Reward::AddLoyaltyPoints(points("50", None)))).await;

    let event = world.put_v1("cart-1", bought(SessionState::Closed)).await.event;

    assert_eq!(event.ledger_entries[0].expiry_date, at("0001-01-01T00:00:00Z"));
}

async fn the_second_version_has_the_same_ledger_entries(worlds: Worlds) {
    let world = worlds.with(giving(Reward::AddLoyaltyPoints(points("50", None)))).await;

    let reply = world.put("cart-1", cart(1).profile("anna").state(SessionState::Closed)).await;

    assert_eq!(amounts(&reply.event.expect("asked for").ledger_entries), [50]);
}

async fn an_event_has_ledger_entries_of_its_points(worlds: Worlds) {
    let world = worlds.with(giving(Reward::AddLoyaltyPoints(points("50", None)))).await;
    world.put_v1("cart-1", bought(SessionState::Closed)).await;

    let reply = world.track(NewEvent::new("shared", "cart-1")).await;

    assert_eq!(amounts(&reply.event.ledger_entries), [50]);
}
