//! Programs that serve some applications. BEHAVIOUR-today 1.4, 7.9.

use talon_fake::rules::Points;
use talon_fake::world::LedgerEntry;

use crate::prelude::*;

cases! {
    "getLoyaltyBalances" {
        surprise a_program_of_another_application_does_not_exist,
        detail a_program_of_this_application_exists,
    }
    "getLoyaltyProgramProfileTransactions" {
        detail transactions_of_another_application_are_not_listed,
    }
    "joinLoyaltyProgram" { detail nobody_joins_a_program_of_another_application, }
    "activateLoyaltyPoints" { detail points_of_another_application_are_not_activated, }
    "generateLoyaltyCard" { detail another_application_has_no_cards_here, }
    "getCustomerInventory" { detail programs_of_other_applications_are_not_in_the_inventory, }
    "updateCustomerSessionV2" {
        surprise rules_about_a_program_of_another_application_give_nothing,
        surprise a_card_of_another_application_is_not_valid,
    }
}

const PROGRAM: i64 = 7;
const CARDS: i64 = 8;
const CARD: &str = "family-1";

/// A program and one of cards that serve these applications. Anna has 50 points, and 20 on a card. The
/// item `EARN` adds points, and `SPEND` deducts them.
fn of_applications(ids: &[i64]) -> Seed {
    let ids = || ids.iter().copied();
    let points = |points: i64| Points {
        program_id: PROGRAM.into(),
        points: points.into(),
        ..Points::default()
    };
    let rewards = [
        ("EARN", Reward::AddLoyaltyPoints(points(10))),
        ("SPEND", Reward::DeductLoyaltyPoints(points(10))),
    ];
    let has_card = Rule::new("Card")
        .when(Condition::card_valid(CARDS))
        .then(Reward::set_discount("1 off", Discount::amount(1)));
    seed::rewards_by_sku(seed::program(PROGRAM).subscribed_applications(ids()), &rewards)
        .loyalty_program(LoyaltyProgram::of_cards(CARDS).subscribed_applications(ids()))
        .loyalty_card(seed::LoyaltyCard::new(CARDS, CARD).profiles(["anna"]))
        .campaign(Campaign::new("Cards").rule(has_card))
        .ledger_entry(LedgerEntry::new(PROGRAM, "anna", 50))
        .ledger_entry(LedgerEntry::of_card(CARDS, CARD, 20))
}

/// Programs of application 2; that of the world is 1.
fn of_another() -> Seed {
    of_applications(&[2, 3])
}

fn assert_unknown<T: std::fmt::Debug>(reply: Result<T, Error>) {
    let refusal = refusal(reply);
    assert_eq!(refusal.status(), 404, "{refusal}");
}

async fn a_program_of_another_application_does_not_exist(worlds: Worlds) {
    let world = worlds.with(of_another()).await;

    let balances = GetLoyaltyBalances::new(PROGRAM, "anna");
    assert_unknown(world.api.get_loyalty_balances(balances).await);
    let points = GetLoyaltyProgramProfilePoints::new(PROGRAM, "anna");
    assert_unknown(world.api.get_loyalty_program_profile_points(points).await);
}

async fn a_program_of_this_application_exists(worlds: Worlds) {
    let here = Seed::new().application.id.get();
    let world = worlds.with(of_applications(&[2, here])).await;

    assert_eq!(world.balance(PROGRAM, "anna").await.active_points, Some(50.into()));
    assert!(world.fires("cart-1", seed::buying("SPEND")).await);
}

async fn transactions_of_another_application_are_not_listed(worlds: Worlds) {
    let world = worlds.with(of_another()).await;

    let request = GetLoyaltyProgramProfileTransactions::new(PROGRAM, "anna");
    assert_unknown(world.api.get_loyalty_program_profile_transactions(request).await);
}

async fn nobody_joins_a_program_of_another_application(worlds: Worlds) {
    let world = worlds.with(of_another()).await;

    let request = JoinLoyaltyProgram::new(PROGRAM, "anna");
    assert_unknown(world.api.join_loyalty_program(request).await);
}

async fn points_of_another_application_are_not_activated(worlds: Worlds) {
    let world = worlds.with(of_another()).await;

    let points = LoyaltyPointsActivation::of_session("cart-1");
    let refusal = world.activate_refused(PROGRAM, points).await;

    assert_eq!(refusal.status(), 404);
}

async fn another_application_has_no_cards_here(worlds: Worlds) {
    let world = worlds.with(of_another()).await;

    let card = NewLoyaltyCard::default();
    assert_unknown(world.api.generate_loyalty_card(GenerateLoyaltyCard::new(CARDS, card)).await);
    let balances = GetLoyaltyCardBalances::new(CARDS, CARD);
    assert_unknown(world.api.get_loyalty_card_balances(balances).await);
}

async fn programs_of_other_applications_are_not_in_the_inventory(worlds: Worlds) {
    let world = worlds.with(of_another()).await;

    let request = GetCustomerInventory::new("anna").loyalty(true);
    let inventory = world.api.get_customer_inventory(request).await.expect("anna is known");

    let loyalty = inventory.loyalty.expect("asked for");
    assert!(loyalty.programs.is_empty(), "{loyalty:?}");
    assert!(loyalty.cards.unwrap_or_default().is_empty());
}

async fn rules_about_a_program_of_another_application_give_nothing(worlds: Worlds) {
    let world = worlds.with(of_another()).await;

    assert!(!world.fires("cart-1", seed::bought("EARN")).await);
    assert!(!world.fires("cart-2", seed::bought("SPEND")).await);
}

async fn a_card_of_another_application_is_not_valid(worlds: Worlds) {
    let session = || NewCustomerSessionV2 { loyalty_cards: Some(vec![CARD.into()]), ..cart(100) };
    let here = Seed::new().application.id.get();
    let (other, this) =
        (worlds.with(of_another()).await, worlds.with(of_applications(&[here])).await);

    let there = other.put("cart-1", session()).await;

    assert!(there.effects.is_empty());
    assert!(there.loyalty.expect("asked for").cards.unwrap_or_default().is_empty());
    assert!(this.fires("cart-1", session()).await);
}
