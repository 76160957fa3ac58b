//! Rules that move points, and rules that ask for them. BEHAVIOUR-today 7.2, 10.

use talon_fake::rules::{BalanceKind, LedgerBalance, Points, PointsBase, PointsTarget};
use talon_fake::world::{LedgerEntry, ReturnPolicy};

use super::{PROGRAM, active};
use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        success points_are_a_factor_of_the_cart,
        detail points_are_a_factor_of_the_session_with_its_costs,
        detail points_are_a_factor_of_the_price_of_each_unit,
        surprise points_have_an_upper_bound,
        success the_advocate_of_a_referral_earns_points,
        surprise an_advocate_who_does_not_exist_earns_nothing,
        detail a_rule_asks_for_enough_points,
        detail a_rule_asks_for_pending_points,
        surprise a_rule_sees_the_points_of_the_rules_before_it,
        surprise a_rule_sees_what_is_owed,
    }
}

fn points() -> Points {
    Points { program_id: PROGRAM.into(), ..Points::default() }
}

fn giving(reward: Reward) -> Seed {
    seed::always(reward).loyalty_program(seed::program(PROGRAM))
}

fn added(reply: &IntegrationStateV2) -> Vec<Amount> {
    let points = reply.kinds().into_iter().filter_map(|kind| match kind {
        EffectKind::AddLoyaltyPoints(points) => Some(points.value),
        _ => None,
    });
    points.collect()
}

fn shoes() -> NewCustomerSessionV2 {
    let items = [CartItem::new("SHOES", 2).price(amount("12.5")), CartItem::new("MUG", 1).price(4)];
    let costs = [("shipping".to_owned(), AdditionalCost { price: 6.into() })];
    NewCustomerSessionV2 { additional_costs: Some(costs.into()), ..Default::default() }
        .profile("anna")
        .cart_items(items)
}

async fn points_are_a_factor_of_the_cart(worlds: Worlds) {
    let world = worlds.with(giving(Reward::add_loyalty_points_per_currency_unit(PROGRAM, 2))).await;

    let reply = world.put("cart-1", shoes().state(SessionState::Closed)).await;

    assert_eq!(added(&reply), [58.into()]);
    assert_eq!(active(&world, "anna").await, Some(58.into()));
}

async fn points_are_a_factor_of_the_session_with_its_costs(worlds: Worlds) {
    let reward = Points { factor: Some(2.into()), of: PointsBase::SessionTotal, ..points() };
    let world = worlds.with(giving(Reward::AddLoyaltyPoints(reward))).await;

    assert_eq!(added(&world.put("cart-1", shoes()).await), [70.into()]);
}

async fn points_are_a_factor_of_the_price_of_each_unit(worlds: Worlds) {
    let items = Some(ItemFilter::sku("SHOES"));
    let reward = Points { factor: Some(amount("0.5")), items, ..points() };
    let world = worlds.with(giving(Reward::AddLoyaltyPoints(reward))).await;

    assert_eq!(added(&world.put("cart-1", shoes()).await), [amount("6.25"); 2]);
}

async fn points_have_an_upper_bound(worlds: Worlds) {
    let world =
        worlds.with(giving(Reward::add_loyalty_points_per_currency_unit(PROGRAM, 10_000))).await;

    let reply = world.put("cart-1", cart(999_999_999).profile("anna")).await;

    assert_eq!(added(&reply), [amount("999999999999.99")]);
}

fn referring() -> Seed {
    let reward = Points { points: 25.into(), target: PointsTarget::Advocate, ..points() };
    let rule = Rule::new("A friend came")
        .when(Condition::referral_valid())
        .then(Reward::AddLoyaltyPoints(reward));
    seed::of(Campaign::new("Friends").referral(seed::Referral::new("FRIEND-1", "zoe")).rule(rule))
        .loyalty_program(LoyaltyProgram::new(PROGRAM).return_policy(ReturnPolicy::Unlimited))
}

fn referred() -> NewCustomerSessionV2 {
    cart(1).profile("anna").referral_code("FRIEND-1").state(SessionState::Closed)
}

async fn the_advocate_of_a_referral_earns_points(worlds: Worlds) {
    let world = worlds.with(referring()).await;

    let reply = world.put("cart-1", referred()).await;
    let earned = active(&world, "zoe").await;
    let rolled_back = world.put("cart-1", cancelled()).await;

    let recipient = reply.kinds().into_iter().find_map(|kind| match kind {
        EffectKind::AddLoyaltyPoints(points) => Some(points.recipient_integration_id.clone()),
        _ => None,
    });
    assert_eq!((recipient, earned), (Some("zoe".into()), Some(25.into())));
    assert_eq!(active(&world, "anna").await, Some(0.into()));
    assert!(rolled_back.types().contains(&"rollbackAddedLoyaltyPoints"));
    assert_eq!(active(&world, "zoe").await, Some(0.into()));
}

async fn an_advocate_who_does_not_exist_earns_nothing(worlds: Worlds) {
    let mut seed = referring();
    seed.campaigns[0].referrals[0].advocate_is_deleted = true;
    let world = worlds.with(seed).await;

    assert_eq!(added(&world.put("cart-1", referred()).await), []);
}

/// A discount while a balance is in the range, in a world where Anna has 50 points.
fn asking(condition: LedgerBalance) -> Seed {
    let program = LoyaltyProgram::new(PROGRAM);
    let entry = LedgerEntry::new(PROGRAM, "anna", 50);
    seed::when(Condition::LoyaltyBalance(condition)).loyalty_program(program).ledger_entry(entry)
}

async fn a_rule_asks_for_enough_points(worlds: Worlds) {
    let seed = asking(LedgerBalance::current(PROGRAM, Range::at_least(50)));
    let world = worlds.with(seed).await;

    assert!(world.fires("cart-1", cart(10).profile("anna")).await);
    assert!(!world.fires("cart-2", cart(10).profile("ben")).await);
    assert!(!world.fires("cart-3", cart(10)).await);
}

async fn a_rule_asks_for_pending_points(worlds: Worlds) {
    let pending = LedgerBalance {
        balance: BalanceKind::Pending,
        ..LedgerBalance::current(PROGRAM, Range::at_least(1))
    };
    let later = LedgerEntry {
        start_date: at("2026-02-01T00:00:00Z").into(),
        ..LedgerEntry::new(PROGRAM, "ben", 5)
    };
    let world = worlds.with(asking(pending).ledger_entry(later)).await;

    assert!(!world.fires("cart-1", cart(10).profile("anna")).await);
    assert!(world.fires("cart-2", cart(10).profile("ben")).await);
}

async fn a_rule_sees_the_points_of_the_rules_before_it(worlds: Worlds) {
    let condition = |balance| {
        let enough = LedgerBalance::current(PROGRAM, Range::at_least(50));
        Condition::LoyaltyBalance(LedgerBalance { balance, ..enough })
    };
    let campaign = Campaign::new("Points")
        .rule(Rule::new("Earn").then(Reward::add_loyalty_points(PROGRAM, 50)))
        .rule(seed::ten_percent().when(condition(BalanceKind::Current)))
        .rule(
            Rule::new("Tentative")
                .when(condition(BalanceKind::TentativeCurrent))
                .then(Reward::add_free_item("MUG", "A mug")),
        );
    let world = worlds.with(seed::of(campaign).loyalty_program(seed::program(PROGRAM))).await;

    let reply = world.put("cart-1", cart(10).profile("anna")).await;

    assert_eq!(reply.types(), ["addLoyaltyPoints", "addFreeItem"]);
}

async fn a_rule_sees_what_is_owed(worlds: Worlds) {
    let owing = LedgerBalance {
        balance: BalanceKind::Negative,
        ..LedgerBalance::current(PROGRAM, Range::above(0))
    };
    let campaign = Campaign::new("Points")
        .rule(seed::rule_for_item("EARN", Reward::add_loyalty_points(PROGRAM, 50)))
        .rule(seed::rule_for_item("SPEND", Reward::deduct_loyalty_points(PROGRAM, 40)))
        .rule(seed::ten_percent().when(Condition::LoyaltyBalance(owing)));
    let program = LoyaltyProgram::new(PROGRAM).return_policy(ReturnPolicy::Unlimited);
    let world = worlds.with(seed::of(campaign).loyalty_program(program)).await;
    world.put("EARN", seed::bought("EARN")).await;
    world.put("SPEND", seed::bought("SPEND")).await;
    let before = world.fires("cart-1", cart(10).profile("anna")).await;

    world.put("EARN", cancelled()).await;

    assert!(!before && world.fires("cart-1", cart(10).profile("anna")).await);
}
