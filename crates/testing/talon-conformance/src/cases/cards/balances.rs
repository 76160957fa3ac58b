//! Balances of a card at an instant. BEHAVIOUR-today 7.4, 7.9.

use std::time::Duration;

use talon_fake::rules::{Pending, Points, Validity};
use talon_fake::world::LedgerEntry;

use super::{PROGRAM, card, with_card};
use crate::prelude::*;

cases! {
    "getLoyaltyCardBalances" {
        success a_card_has_balances_of_every_ledger_and_its_profiles,
        surprise a_new_card_has_balances_of_0,
        surprise with_a_subledger_the_main_ledger_is_left_out,
        detail several_subledgers_may_be_asked_for,
        surprise the_empty_subledger_is_the_main_ledger,
        surprise an_unknown_subledger_has_no_balance,
        detail balances_of_the_past_and_the_future_can_be_read,
        detail an_inactive_card_has_balances,
        refused(400) a_program_of_profiles_has_no_card_balances,
        refused(404) balances_of_an_unknown_card_are_refused,
        refused(404) balances_in_an_unknown_program_are_refused,
    }
}

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn points(subledger: &str, points: i64) -> Points {
    Points { sub_ledger_id: subledger.into(), ..seed::points(PROGRAM, points) }
}

/// Adds 50 points, 20 that are pending for 3 days and 10 that expire after 2, and 7 stars with `EARN`;
/// deducts 15 points with `SPEND`.
fn club() -> Seed {
    let pending = Points { pending: Some(Pending::days(3)), ..points("", 20) };
    let expiring = Points { validity: Some(Validity::days(2)), ..points("", 10) };
    let earn = [points("", 50), pending, expiring, points("stars", 7)];
    let on = |sku: &str| Condition::AnyItem(ItemFilter::sku(sku));
    let earning = earn.into_iter().fold(Rule::new("Earn").when(on("EARN")), |rule, points| {
        rule.then(Reward::AddLoyaltyPoints(points))
    });
    let spending =
        Rule::new("Spend").when(on("SPEND")).then(Reward::deduct_loyalty_points(PROGRAM, 15));
    with_card(card("family-1", &["anna", "ben"]))
        .campaign(Campaign::new("Club").rule(earning).rule(spending))
}

fn balance(active: i64, pending: i64, spent: i64, expired: i64) -> LoyaltyBalance {
    LoyaltyBalance {
        active_points: Some(active.into()),
        pending_points: Some(pending.into()),
        spent_points: Some(spent.into()),
        expired_points: Some(expired.into()),
        negative_points: Some(0.into()),
    }
}

async fn read(world: &World, request: GetLoyaltyCardBalances) -> LoyaltyCardBalances {
    world.api.get_loyalty_card_balances(request).await.expect("a known card")
}

fn request() -> GetLoyaltyCardBalances {
    GetLoyaltyCardBalances::new(PROGRAM, "family-1")
}

fn ledgers(balances: &LoyaltyCardBalances) -> Vec<(&str, LoyaltyBalance)> {
    let subledgers = balances.subledger_balances.as_ref().expect("always sent");
    subledgers.iter().map(|(id, balance)| (id.as_str(), balance.clone())).collect()
}

async fn a_card_has_balances_of_every_ledger_and_its_profiles(worlds: Worlds) {
    let world = worlds.with(club()).await;
    world.buy_with_card("EARN").await;
    world.buy_with_card("SPEND").await;

    let balances = read(&world, request()).await;

    // What expires first is spent first.
    assert_eq!(balances.balance, Some(balance(45, 20, 15, 0)));
    assert_eq!(ledgers(&balances), [("stars", balance(7, 0, 0, 0))]);
    assert_eq!(balances.profiles, world.cards_of("anna").await[0].profiles);
}

async fn a_new_card_has_balances_of_0(worlds: Worlds) {
    let world = worlds.with(club()).await;

    let balances = read(&world, request()).await;

    assert_eq!(balances.balance, Some(balance(0, 0, 0, 0)));
    assert_eq!(ledgers(&balances), []);
}

async fn with_a_subledger_the_main_ledger_is_left_out(worlds: Worlds) {
    let world = worlds.with(club()).await;
    world.buy_with_card("EARN").await;

    let balances = read(&world, request().subledger_ids(["stars"])).await;

    assert_eq!(balances.balance, None);
    assert_eq!(ledgers(&balances), [("stars", balance(7, 0, 0, 0))]);
}

async fn several_subledgers_may_be_asked_for(worlds: Worlds) {
    let entry = |subledger: &str| LedgerEntry {
        subledger_id: subledger.into(),
        ..LedgerEntry::of_card(PROGRAM, "family-1", 4)
    };
    let seed = ["a", "b,c", "d"].iter().fold(club(), |seed, id| seed.ledger_entry(entry(id)));
    let world = worlds.with(seed).await;

    let balances = read(&world, request().subledger_ids(["d", "b,c", ""])).await;

    assert_eq!(balances.balance, Some(balance(0, 0, 0, 0)));
    let four = || balance(4, 0, 0, 0);
    assert_eq!(ledgers(&balances), [("b,c", four()), ("d", four())]);
}

async fn the_empty_subledger_is_the_main_ledger(worlds: Worlds) {
    let world = worlds.with(club()).await;
    world.buy_with_card("EARN").await;

    let balances = read(&world, request().subledger_ids([""])).await;

    assert_eq!(balances.balance, Some(balance(60, 20, 0, 0)));
    assert_eq!(ledgers(&balances), []);
}

async fn an_unknown_subledger_has_no_balance(worlds: Worlds) {
    let world = worlds.with(club()).await;
    world.buy_with_card("EARN").await;

    let balances = read(&world, request().subledger_ids(["Stars"])).await;

    assert_eq!((balances.balance.clone(), ledgers(&balances)), (None, vec![]));
}

async fn balances_of_the_past_and_the_future_can_be_read(worlds: Worlds) {
    let world = worlds.with(club()).await;
    let start = world.clock().now();
    world.clock().advance(DAY);
    world.buy_with_card("EARN").await;
    world.clock().advance(DAY);
    world.buy_with_card("SPEND").await;

    let mut main = Vec::new();
    for days in 0..6 {
        let at = start.checked_add(days * DAY).expect("in range");
        main.push(read(&world, request().end_date(at)).await.balance.expect("the main ledger"));
    }

    let expected = [
        balance(0, 0, 0, 0),
        balance(60, 20, 0, 0),
        balance(45, 20, 15, 0),
        balance(45, 20, 15, 0),
        balance(65, 0, 15, 0),
        balance(65, 0, 15, 0),
    ];
    assert_eq!(main, expected);
}

async fn an_inactive_card_has_balances(worlds: Worlds) {
    let entry = LedgerEntry::of_card(PROGRAM, "family-2", 30);
    let seed = with_card(card("family-2", &[]).inactive()).ledger_entry(entry);
    let world = worlds.with(seed).await;

    let balances = read(&world, GetLoyaltyCardBalances::new(PROGRAM, "family-2")).await;

    assert_eq!(balances.balance, Some(balance(30, 0, 0, 0)));
    assert_eq!(balances.profiles, Some(Vec::new()));
}

async fn a_program_of_profiles_has_no_card_balances(worlds: Worlds) {
    let world = worlds.with(Seed::new().loyalty_program(LoyaltyProgram::new(PROGRAM))).await;

    let refusal = refusal(world.api.get_loyalty_card_balances(request()).await);

    let details = "the loyalty program 6 is not card-based";
    let problem = Problem::parameter("loyaltyProgramId", "Invalid", details);
    assert_eq!(refusal, ApiError::invalid(problem).with_status_code());
}

async fn balances_of_an_unknown_card_are_refused(worlds: Worlds) {
    let world = worlds.with(club()).await;

    for card in ["family-2", "no card"] {
        let request = GetLoyaltyCardBalances::new(PROGRAM, card);
        let refusal = refusal(world.api.get_loyalty_card_balances(request).await);
        assert_eq!(refusal.status(), 404);
    }
}

async fn balances_in_an_unknown_program_are_refused(worlds: Worlds) {
    let world = worlds.with(club()).await;

    let request = GetLoyaltyCardBalances::new(7, "family-1");

    assert_eq!(refusal(world.api.get_loyalty_card_balances(request).await).status(), 404);
}
