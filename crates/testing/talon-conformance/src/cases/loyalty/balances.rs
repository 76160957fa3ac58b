//! Balances of points at any instant. BEHAVIOUR-today 7.3, 7.4, 7.8.

use std::time::Duration;

use talon_fake::rules::{Pending, Period, Points, Validity};
use talon_fake::world::LedgerEntry;

use super::PROGRAM;
use crate::prelude::*;

cases! {
    "getLoyaltyBalances" {
        success every_state_of_points_has_a_balance,
        detail a_customer_without_points_has_zeros,
        detail every_subledger_with_entries_is_listed,
        surprise one_subledger_leaves_the_main_ledger_out,
        surprise the_empty_subledger_is_the_main_ledger,
        detail an_unknown_subledger_matches_nothing,
        surprise a_later_instant_lets_points_start_and_expire,
        surprise an_earlier_instant_has_the_entries_until_then,
        detail without_tiers_none_is_told,
        surprise a_date_alone_is_its_first_instant,
        refused(400) a_program_of_cards_has_no_balances_of_profiles,
        refused(404) an_unknown_customer_has_no_balances,
        refused(404) an_unknown_program_has_no_balances,
    }
    "updateCustomerSessionV2" {
        surprise dates_are_those_of_the_time_zone_of_the_program,
        detail the_program_says_when_points_begin_and_end,
        detail the_loyalty_of_a_reply_says_the_same,
        surprise an_empty_subledger_is_left_out_of_replies,
    }
}

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn of_anna() -> GetLoyaltyBalances {
    GetLoyaltyBalances::new(PROGRAM, "anna")
}

fn entry(amount: i64) -> LedgerEntry {
    LedgerEntry::new(PROGRAM, "anna", amount)
}

/// Points that are active, pending, expired and spent; 20 on the subledger `mugs`.
fn entries() -> Seed {
    let spend = Reward::deduct_loyalty_points(PROGRAM, 10);
    seed::rewards_by_sku(LoyaltyProgram::new(PROGRAM), &[("SPEND", spend)])
        .ledger_entry(entry(100))
        .ledger_entry(LedgerEntry {
            start_date: at("2026-02-01T00:00:00Z").into(),
            expiry_date: at("2026-03-01T00:00:00Z").into(),
            ..entry(30)
        })
        .ledger_entry(LedgerEntry { expiry_date: at("2025-12-01T00:00:00Z").into(), ..entry(5) })
        .ledger_entry(LedgerEntry { subledger_id: "mugs".into(), ..entry(20) })
}

/// Active, pending, expired, spent and negative points.
fn shown(balance: &LoyaltyBalanceWithTier) -> [i64; 5] {
    let all = [
        balance.active_points,
        balance.pending_points,
        balance.expired_points,
        balance.spent_points,
        balance.negative_points,
    ];
    all.map(|amount| i64::try_from(amount.expect("always sent").parts().0).expect("few points"))
}

async fn main_ledger(world: &World, request: GetLoyaltyBalances) -> [i64; 5] {
    shown(&world.balances(request).await.balance.expect("the main ledger"))
}

async fn every_state_of_points_has_a_balance(worlds: Worlds) {
    let world = worlds.with(entries()).await;
    world.put("cart-1", seed::bought("SPEND")).await;

    assert_eq!(main_ledger(&world, of_anna()).await, [90, 30, 5, 10, 0]);
}

async fn a_customer_without_points_has_zeros(worlds: Worlds) {
    let seed = Seed::new().loyalty_program(LoyaltyProgram::new(PROGRAM));
    let world = worlds.with(seed.profile("anna", Attributes::new())).await;

    let balances = world.balances(of_anna()).await;

    assert_eq!(shown(&balances.balance.expect("the main ledger")), [0; 5]);
    assert_eq!(balances.subledger_balances, Some([].into()));
}

async fn every_subledger_with_entries_is_listed(worlds: Worlds) {
    let world = worlds.with(entries()).await;

    let subledgers = world.balances(of_anna()).await.subledger_balances.expect("always sent");

    assert_eq!(subledgers.keys().collect::<Vec<_>>(), ["mugs"]);
    assert_eq!(shown(&subledgers["mugs"]), [20, 0, 0, 0, 0]);
}

async fn one_subledger_leaves_the_main_ledger_out(worlds: Worlds) {
    let world = worlds.with(entries()).await;

    let balances = world.balances(of_anna().subledger_id("mugs".to_owned())).await;

    assert_eq!(balances.balance, None);
    assert_eq!(shown(&balances.subledger_balances.expect("asked for")["mugs"]), [20, 0, 0, 0, 0]);
}

async fn the_empty_subledger_is_the_main_ledger(worlds: Worlds) {
    let world = worlds.with(entries()).await;

    let balances = world.balances(of_anna().subledger_id(String::new())).await;

    assert_eq!(shown(&balances.balance.expect("the main ledger")), [100, 30, 5, 0, 0]);
    assert_eq!(balances.subledger_balances, Some([].into()));
}

async fn an_unknown_subledger_matches_nothing(worlds: Worlds) {
    let world = worlds.with(entries()).await;

    let balances = world.balances(of_anna().subledger_id("plates".to_owned())).await;

    assert_eq!((balances.balance, balances.subledger_balances), (None, Some([].into())));
}

async fn a_later_instant_lets_points_start_and_expire(worlds: Worlds) {
    let world = worlds.with(entries()).await;
    let then = |text: &str| main_ledger(&world, of_anna().end_date(at(text)));

    assert_eq!(then("2026-02-01T00:00:00Z").await, [130, 0, 5, 0, 0]);
    assert_eq!(then("2026-03-01T00:00:00Z").await, [100, 0, 35, 0, 0]);
}

async fn an_earlier_instant_has_the_entries_until_then(worlds: Worlds) {
    let earn = Points { validity: Some(Validity::days(5)), ..seed::points(PROGRAM, 50) };
    let rewards = [
        ("EARN", Reward::AddLoyaltyPoints(earn)),
        ("SPEND", Reward::deduct_loyalty_points(PROGRAM, 20)),
    ];
    let world = worlds.with(seed::rewards_by_sku(LoyaltyProgram::new(PROGRAM), &rewards)).await;
    for sku in ["EARN", "SPEND", "EARN"] {
        world.clock().advance(DAY);
        world.put(&format!("{sku} {}", world.clock().now()), seed::bought(sku)).await;
    }
    let then = |text: &str| main_ledger(&world, of_anna().end_date(at(text)));

    assert_eq!(then("2026-01-01T23:00:00Z").await, [0; 5]);
    assert_eq!(then("2026-01-02T00:00:00Z").await, [50, 0, 0, 0, 0], "the bound is inclusive");
    assert_eq!(then("2026-01-03T12:00:00Z").await, [30, 0, 0, 20, 0]);
    assert_eq!(then("2026-01-04T00:00:00Z").await, [80, 0, 0, 20, 0]);
    assert_eq!(then("2026-01-07T00:00:00Z").await, [50, 0, 30, 20, 0]);
}

async fn without_tiers_none_is_told(worlds: Worlds) {
    let world = worlds.with(entries()).await;

    let balance = world.balances(of_anna().include_projected_tier(true)).await.balance;

    let balance = balance.expect("the main ledger");
    assert_eq!((balance.current_tier, balance.next_tier_name), (None, None));
    assert_eq!((balance.points_to_next_tier, balance.projected_tier), (None, None));
}

async fn a_date_alone_is_its_first_instant(worlds: Worlds) {
    let world = worlds.with(entries()).await;
    let date: Result<Option<Timestamp>, _> =
        talon_core::operation::QueryParam::from_query(&["2026-02-01"]);

    let request = GetLoyaltyBalances { end_date: date.expect("a date"), ..of_anna() };

    assert_eq!(main_ledger(&world, request).await, [130, 0, 5, 0, 0]);
}

async fn a_program_of_cards_has_no_balances_of_profiles(worlds: Worlds) {
    let seed = Seed::new().loyalty_program(LoyaltyProgram::of_cards(PROGRAM));
    let world = worlds.with(seed.profile("anna", Attributes::new())).await;

    let refusal = refusal(world.api.get_loyalty_balances(of_anna()).await);

    assert_eq!(refusal.status(), 400);
    let parameter = refusal.problems()[0].source.parameter.as_deref();
    assert_eq!(parameter, Some("loyaltyProgramId"));
}

async fn an_unknown_customer_has_no_balances(worlds: Worlds) {
    let world = worlds.with(Seed::new().loyalty_program(LoyaltyProgram::new(PROGRAM))).await;

    let refusal = refusal(world.api.get_loyalty_balances(of_anna()).await);

    assert_eq!(refusal.status(), 404);
}

async fn an_unknown_program_has_no_balances(worlds: Worlds) {
    let world = worlds.with(Seed::new().profile("anna", Attributes::new())).await;

    let refusal = refusal(world.api.get_loyalty_balances(of_anna()).await);

    assert_eq!(refusal.status(), 404);
}

async fn dates_are_those_of_the_time_zone_of_the_program(worlds: Worlds) {
    let program = LoyaltyProgram { time_zone: "Europe/Berlin".into(), ..seed::program(PROGRAM) };
    let points = Points {
        program_id: PROGRAM.into(),
        points: 50.into(),
        pending: Some(Pending::For("1D_D".parse().expect("a duration"))),
        validity: Some(Validity::For("1M_U".parse().expect("a duration"))),
        ..Points::default()
    };
    let rewards = [("EARN", Reward::AddLoyaltyPoints(points))];
    let world = worlds.with(seed::rewards_by_sku(program, &rewards)).await;

    let reply = world.put("cart-1", seed::bought("EARN")).await;

    let [EffectKind::AddLoyaltyPoints(added)] = reply.kinds()[..] else {
        panic!("{:?}", reply.effects);
    };
    // It is one o'clock in Berlin, whose days begin an hour before those of UTC.
    assert_eq!(added.start_date, Some(at("2026-01-01T23:00:00Z")));
    assert_eq!(added.expiry_date, Some(at("2026-02-28T22:59:59Z")));
}

async fn the_program_says_when_points_begin_and_end(worlds: Worlds) {
    let program = LoyaltyProgram {
        default_pending: Pending::For(Period::days(2)),
        default_validity: Validity::days(30),
        ..seed::program(PROGRAM)
    };
    let rewards = [("EARN", Reward::add_loyalty_points(PROGRAM, 50))];
    let world = worlds.with(seed::rewards_by_sku(program, &rewards)).await;

    world.put("cart-1", seed::bought("EARN")).await;

    let then = |text: &str| main_ledger(&world, of_anna().end_date(at(text)));
    assert_eq!(then("2026-01-02T23:59:59Z").await, [0, 50, 0, 0, 0]);
    assert_eq!(then("2026-01-03T00:00:00Z").await, [50, 0, 0, 0, 0]);
    assert_eq!(then("2026-02-02T00:00:00Z").await, [0, 0, 50, 0, 0]);
}

async fn the_loyalty_of_a_reply_says_the_same(worlds: Worlds) {
    let world = worlds.with(entries()).await;

    let reply = world.put("cart-1", seed::bought("SPEND")).await;

    let program = &reply.loyalty.as_ref().expect("asked for").programs["7"];
    let balance = world.balance(PROGRAM, "anna").await;
    assert_eq!(Some(program.ledger.current_balance), balance.active_points);
    assert_eq!(program.ledger.pending_balance, balance.pending_points);
    assert_eq!(program.ledger.negative_balance, balance.negative_points);
    let subledgers = program.sub_ledgers.as_ref().expect("always sent");
    assert_eq!(subledgers["mugs"].current_balance, 20.into());
}

async fn an_empty_subledger_is_left_out_of_replies(worlds: Worlds) {
    let spend = Points { sub_ledger_id: "mugs".into(), ..seed::points(PROGRAM, 20) };
    let rewards = [("SPEND", Reward::DeductLoyaltyPoints(spend))];
    let seed = seed::rewards_by_sku(LoyaltyProgram::new(PROGRAM), &rewards);
    let mugs = LedgerEntry { subledger_id: "mugs".into(), ..entry(20) };
    let world = worlds.with(seed.ledger_entry(mugs)).await;

    let reply = world.put("cart-1", seed::bought("SPEND")).await;

    let program = &reply.loyalty.as_ref().expect("asked for").programs["7"];
    assert_eq!(program.sub_ledgers, Some([].into()));
    let balances = world.balances(of_anna()).await.subledger_balances.expect("always sent");
    assert_eq!(shown(&balances["mugs"]), [0, 0, 0, 20, 0]);
}
