//! Points: computed in every reply, booked when the session closes.

use super::PROGRAM;
use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        success closing_a_session_books_the_points,
        detail an_open_session_books_no_points,
        detail a_cancellation_rolls_the_points_back,
        detail points_are_spent_when_the_session_closes,
        detail a_deduction_above_the_balance_does_not_happen,
        detail a_cancellation_restores_spent_points,
        surprise anonymous_customers_earn_nothing,
        detail balances_are_returned_on_request,
        detail a_profile_in_no_program_has_no_balances,
        surprise an_open_session_has_tentative_balances,
    }
}

fn program() -> Seed {
    Seed::new().loyalty_program(seed::program(PROGRAM))
}

fn earn(points: i64) -> Seed {
    program().campaign(Campaign::new("Earn").rule(earning(points)))
}

fn earning(points: i64) -> Rule {
    Rule::new("Earn").then(Reward::add_loyalty_points(PROGRAM, points))
}

/// The item `REWARD` costs 20 points; any other cart earns 50.
fn earn_and_spend() -> Seed {
    let reward = || Condition::AnyItem(ItemFilter::sku("REWARD"));
    let spending =
        Rule::new("Spend").when(reward()).then(Reward::deduct_loyalty_points(PROGRAM, 20));
    let earning = earning(50).when(!reward());
    program().campaign(Campaign::new("Points").rule(earning).rule(spending))
}

fn reward() -> NewCustomerSessionV2 {
    NewCustomerSessionV2::default().profile("anna").cart_items([CartItem::new("REWARD", 1)])
}

async fn closing_a_session_books_the_points(worlds: Worlds) {
    let world = worlds.with(earn(50)).await;

    let reply = world.put("cart-1", cart(100).profile("anna").state(SessionState::Closed)).await;

    let EffectKind::AddLoyaltyPoints(points) = &reply.effects[0].kind else {
        panic!("{:?}", reply.effects);
    };
    assert_eq!((points.program_id.get(), points.value), (PROGRAM, 50.into()));
    assert_eq!(points.recipient_integration_id, "anna");
    assert_eq!(world.probe().points("anna", PROGRAM), 50.into());
}

async fn an_open_session_books_no_points(worlds: Worlds) {
    let world = worlds.with(earn(50)).await;

    let reply = world.put("cart-1", cart(100).profile("anna")).await;

    assert_eq!(reply.types(), ["addLoyaltyPoints"]);
    assert_eq!(world.probe().points("anna", PROGRAM), Amount::ZERO);
}

async fn a_cancellation_rolls_the_points_back(worlds: Worlds) {
    let world = worlds.with(earn(50)).await;
    world.put("cart-1", cart(100).profile("anna").state(SessionState::Closed)).await;

    let reply = world.put("cart-1", cancelled()).await;

    assert_eq!(reply.types(), ["rollbackAddedLoyaltyPoints"]);
    assert_eq!(world.probe().points("anna", PROGRAM), Amount::ZERO);
}

async fn points_are_spent_when_the_session_closes(worlds: Worlds) {
    let world = worlds.with(earn_and_spend()).await;
    world.put("cart-1", cart(100).profile("anna").state(SessionState::Closed)).await;

    let open = world.put("cart-2", reward()).await;
    let before = world.probe().points("anna", PROGRAM);
    world.put("cart-2", closed()).await;

    assert_eq!(open.types(), ["deductLoyaltyPoints"]);
    assert_eq!(before, 50.into());
    assert_eq!(world.probe().points("anna", PROGRAM), 30.into());
}

async fn a_deduction_above_the_balance_does_not_happen(worlds: Worlds) {
    let world = worlds.with(earn_and_spend()).await;

    let reply = world.put("cart-1", reward().state(SessionState::Closed)).await;

    assert!(reply.effects.is_empty());
    assert_eq!(world.probe().points("anna", PROGRAM), Amount::ZERO);
}

async fn a_cancellation_restores_spent_points(worlds: Worlds) {
    let world = worlds.with(earn_and_spend()).await;
    world.put("cart-1", cart(100).profile("anna").state(SessionState::Closed)).await;
    world.put("cart-2", reward().state(SessionState::Closed)).await;

    let reply = world.put("cart-2", cancelled()).await;

    assert_eq!(reply.types(), ["rollbackDeductedLoyaltyPoints"]);
    assert_eq!(world.probe().points("anna", PROGRAM), 50.into());
}

async fn anonymous_customers_earn_nothing(worlds: Worlds) {
    let world = worlds.with(earn(50)).await;

    let reply = world.put("cart-1", cart(100).state(SessionState::Closed)).await;

    assert!(reply.effects.is_empty());
}

async fn balances_are_returned_on_request(worlds: Worlds) {
    let world = worlds.with(earn(50)).await;

    let reply = world.put("cart-1", cart(100).profile("anna").state(SessionState::Closed)).await;

    let programs = reply.loyalty.expect("asked for").programs;
    assert_eq!(programs["7"].ledger.current_balance, 50.into());
    assert_eq!(programs["7"].name, "program7");
}

async fn a_profile_in_no_program_has_no_balances(worlds: Worlds) {
    let world = worlds.with(program()).await;

    let reply = world.put("cart-1", cart(100).profile("anna")).await;

    assert!(reply.loyalty.expect("asked for").programs.is_empty());
}

async fn an_open_session_has_tentative_balances(worlds: Worlds) {
    let world = worlds.with(earn_and_spend()).await;
    world.put("cart-1", cart(100).profile("anna").state(SessionState::Closed)).await;
    let balances = |reply: IntegrationStateV2| {
        let ledger = reply.loyalty.expect("asked for").programs["7"].ledger.clone();
        (ledger.current_balance, ledger.tentative_current_balance)
    };

    let earning = balances(world.put("cart-2", cart(100).profile("anna")).await);
    let spending = balances(world.put("cart-3", reward()).await);
    let spent = balances(world.put("cart-3", closed()).await);

    assert_eq!(earning, (50.into(), Some(100.into())));
    assert_eq!(spending, (50.into(), Some(30.into())));
    assert_eq!(spent, (30.into(), Some(30.into())));
}
