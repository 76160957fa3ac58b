//! The transactions of a card. BEHAVIOUR-today 7.5, 7.9.

use std::time::Duration;

use talon_fake::rules::{Pending, Points, Validity};
use talon_fake::world::{LedgerEntry, ReturnPolicy};

use super::{PROGRAM, bought, card, parameter, with_card};
use crate::prelude::*;

cases! {
    "getLoyaltyCardTransactions" {
        success an_addition_is_listed_in_full,
        detail a_deduction_is_listed,
        detail transactions_are_listed_from_the_latest,
        surprise a_rollback_is_a_transaction_of_the_opposite_type,
        surprise transactions_of_all_profiles_are_listed,
        detail pages_follow_each_other,
        surprise a_page_has_50_transactions_unless_it_is_given,
        refused(400) a_page_of_another_size_is_refused,
        refused(400) an_unknown_origin_is_refused,
        refused(400) points_that_do_not_await_activation_cannot_be_asked_for,
        refused(400) a_program_of_profiles_has_no_card_transactions,
        refused(404) transactions_of_an_unknown_card_are_refused,
        refused(404) transactions_in_an_unknown_program_are_refused,
    }
}

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// `EARN` adds 50 points for 30 days, `STARS` 7 stars, `LATER` 9 that await activation; `SPEND` deducts
/// 20.
pub(super) fn club() -> Seed {
    let earned = Points {
        name: "Thanks".into(),
        validity: Some(Validity::days(30)),
        ..seed::points(PROGRAM, 50)
    };
    let stars = Points { sub_ledger_id: "stars".into(), ..seed::points(PROGRAM, 7) };
    let later = Points {
        pending: Some(Pending::OnAction),
        validity: Some(Validity::days(10)),
        ..seed::points(PROGRAM, 9)
    };
    let campaign = Campaign::new("Club")
        .id(seed::CAMPAIGN)
        .rule(seed::rule_for_item("EARN", Reward::AddLoyaltyPoints(earned)))
        .rule(seed::rule_for_item("STARS", Reward::AddLoyaltyPoints(stars)))
        .rule(seed::rule_for_item("LATER", Reward::AddLoyaltyPoints(later)))
        .rule(seed::rule_for_item("SPEND", Reward::deduct_loyalty_points(PROGRAM, 20)));
    with_card(card("family-1", &["anna", "ben"])).campaign(campaign)
}

pub(super) fn request() -> GetLoyaltyCardTransactions {
    GetLoyaltyCardTransactions::new(PROGRAM, "family-1")
}

pub(super) async fn list(
    world: &World,
    request: GetLoyaltyCardTransactions,
) -> Vec<LoyaltyTransaction> {
    let page = world.api.get_loyalty_card_transactions(request).await.expect("a known card");
    assert!(!page.has_more);
    page.data
}

/// Points of the transactions of a request; those of deductions are negative.
pub(super) async fn amounts(world: &World, request: GetLoyaltyCardTransactions) -> Vec<Amount> {
    let signed = |it: &LoyaltyTransaction| match it.transaction_type {
        LoyaltyTransactionType::Subtraction => -it.amount,
        _ => it.amount,
    };
    list(world, request).await.iter().map(signed).collect()
}

async fn refused(worlds: Worlds, seed: Seed, request: GetLoyaltyCardTransactions) -> ApiError {
    let world = worlds.with(seed).await;
    refusal(world.api.get_loyalty_card_transactions(request).await)
}

async fn an_addition_is_listed_in_full(worlds: Worlds) {
    let world = worlds.with(club()).await;
    let earned = bought("EARN", "family-1").profile("anna");
    let reply = world.put("cart-1", earned).await;
    let EffectKind::AddLoyaltyPoints(added) = &reply.effects[0].kind else {
        panic!("{:?}", reply.effects);
    };

    let [transaction] = &list(&world, request()).await[..] else { panic!("one transaction") };

    let expected = LoyaltyTransaction {
        transaction_uuid: added.transaction_uuid.clone().expect("always sent"),
        created: world.clock().now(),
        program_id: PROGRAM.into(),
        card_identifier: Some("family-1".into()),
        customer_session_id: Some("cart-1".into()),
        store_integration_id: None,
        transaction_type: LoyaltyTransactionType::Addition,
        name: "Thanks".into(),
        start_date: PointsStartDate::Immediate,
        expiry_date: at("2026-01-31T00:00:00Z").into(),
        subledger_id: String::new(),
        amount: 50.into(),
        id: transaction.id,
        ruleset_id: Some(seed::CAMPAIGN.into()),
        rule_name: Some("EARN".into()),
        flags: None,
        validity_duration: None,
    };
    assert_eq!(transaction, &expected);
}

async fn a_deduction_is_listed(worlds: Worlds) {
    let world = worlds.with(club()).await;
    world.buy_with_card("EARN").await;
    world.buy_with_card("SPEND").await;

    let transactions = list(&world, request()).await;

    let deduction = &transactions[0];
    assert_eq!(deduction.transaction_type, LoyaltyTransactionType::Subtraction);
    assert_eq!((deduction.amount, &deduction.start_date), (20.into(), &PointsStartDate::Immediate));
    assert_eq!(deduction.expiry_date, PointsExpiryDate::Unlimited);
    assert_eq!(deduction.card_identifier.as_deref(), Some("family-1"));
}

async fn transactions_are_listed_from_the_latest(worlds: Worlds) {
    let world = worlds.with(club()).await;
    for sku in ["EARN", "STARS", "SPEND"] {
        world.buy_with_card(sku).await;
        world.clock().advance(DAY);
    }

    assert_eq!(amounts(&world, request()).await, [-20, 7, 50].map(Amount::from));
}

async fn a_rollback_is_a_transaction_of_the_opposite_type(worlds: Worlds) {
    let mut seed = club();
    seed.loyalty_programs[0].return_policy = ReturnPolicy::WithinBalance;
    let world = worlds.with(seed).await;
    world.buy_with_card("EARN").await;
    world.buy_with_card("SPEND").await;

    world.put("SPEND", cancelled()).await;
    world.put("EARN", cancelled()).await;

    assert_eq!(amounts(&world, request()).await, [-50, 20, -20, 50].map(Amount::from));
    let of_spend = list(&world, request().session_ids(["SPEND"])).await;
    assert_eq!(of_spend.len(), 2);
}

async fn transactions_of_all_profiles_are_listed(worlds: Worlds) {
    let world = worlds.with(club()).await;
    world.buy_with_card("EARN").await;
    let ben = bought("SPEND", "family-1").profile("ben");
    world.put("cart-2", ben).await;

    assert_eq!(amounts(&world, request()).await, [-20, 50].map(Amount::from));
}

/// A card with 120 entries.
fn many() -> Seed {
    (1..=120).fold(with_card(card("family-1", &[])), |seed, amount| {
        seed.ledger_entry(LedgerEntry::of_card(PROGRAM, "family-1", amount))
    })
}

async fn page(world: &World, request: GetLoyaltyCardTransactions) -> (Vec<Amount>, bool) {
    let page = world.api.get_loyalty_card_transactions(request).await.expect("a known card");
    (page.data.iter().map(|it| it.amount).collect(), page.has_more)
}

async fn pages_follow_each_other(worlds: Worlds) {
    let world = worlds.with(many()).await;
    let amounts = |range: std::ops::RangeInclusive<i64>| range.rev().map(Amount::from).collect();

    let first = page(&world, request().page_size(70)).await;
    let second = page(&world, request().page_size(70).skip(70)).await;
    let last = page(&world, request().page_size(1000).skip(119)).await;
    let beyond = page(&world, request().skip(120)).await;

    assert_eq!(first, (amounts(51..=120), true));
    assert_eq!(second, (amounts(1..=50), false));
    assert_eq!(last, (amounts(1..=1), false));
    assert_eq!(beyond, (vec![], false));
}

async fn a_page_has_50_transactions_unless_it_is_given(worlds: Worlds) {
    let world = worlds.with(many()).await;

    let (amounts, has_more) = page(&world, request()).await;

    assert_eq!((amounts.len(), amounts[0], has_more), (50, 120.into(), true));
}

async fn a_page_of_another_size_is_refused(worlds: Worlds) {
    for size in [0, -1, 1001] {
        let refusal = refused(worlds, club(), request().page_size(size)).await;
        assert_eq!(parameter(&refusal), Some("pageSize"));
    }
    assert_eq!(parameter(&refused(worlds, club(), request().skip(-1)).await), Some("skip"));
}

async fn an_unknown_origin_is_refused(worlds: Worlds) {
    let refusal = refused(worlds, club(), request().origin("gift")).await;

    assert_eq!(parameter(&refusal), Some("loyaltyTransactionType"));
}

async fn points_that_do_not_await_activation_cannot_be_asked_for(worlds: Worlds) {
    let refusal = refused(worlds, club(), request().awaits_activation(false)).await;

    assert_eq!(parameter(&refusal), Some("awaitsActivation"));
}

async fn a_program_of_profiles_has_no_card_transactions(worlds: Worlds) {
    let seed = Seed::new().loyalty_program(LoyaltyProgram::new(PROGRAM));

    let refusal = refused(worlds, seed, request()).await;

    assert_eq!(parameter(&refusal), Some("loyaltyProgramId"));
}

async fn transactions_of_an_unknown_card_are_refused(worlds: Worlds) {
    let request = GetLoyaltyCardTransactions::new(PROGRAM, "family-2");

    assert_eq!(refused(worlds, club(), request).await.status(), 404);
}

async fn transactions_in_an_unknown_program_are_refused(worlds: Worlds) {
    let request = GetLoyaltyCardTransactions::new(7, "family-1");

    assert_eq!(refused(worlds, club(), request).await.status(), 404);
}
