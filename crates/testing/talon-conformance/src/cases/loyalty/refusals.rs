//! Programs and customers that have no ledgers of profiles. BEHAVIOUR-today 1.5, 7.5, 7.7.

use std::fmt::Debug;

use crate::prelude::*;

cases! {
    "getLoyaltyProgramProfileTransactions" {
        refused(400) a_program_of_cards_has_no_transactions_of_profiles,
        refused(404) an_unknown_program_has_no_transactions,
    }
    "getLoyaltyProgramProfilePoints" {
        refused(400) a_program_of_cards_has_no_points_of_profiles,
        refused(404) an_unknown_customer_has_no_points,
    }
    "deleteLoyaltyTransactionsFromLedgers" {
        refused(400) a_program_of_cards_has_no_ledgers_of_profiles_to_delete,
        refused(404) an_unknown_program_has_no_ledgers_to_delete,
    }
    "activateLoyaltyPoints" { refused(404) an_unknown_program_has_no_points_to_activate, }
}

const PROGRAM: i64 = 7;
const CARDS: i64 = 8;
const UNKNOWN: i64 = 9;

async fn world(worlds: Worlds) -> World {
    let seed = Seed::new()
        .loyalty_program(seed::program(PROGRAM))
        .loyalty_program(LoyaltyProgram::of_cards(CARDS));
    worlds.with(seed.profile("anna", Attributes::new())).await
}

/// The status, and for a 400 the parameter.
fn place<T: Debug>(reply: Result<T, Error>) -> (u16, Option<String>) {
    let refusal = refusal(reply);
    let parameter = refusal.problems().first().and_then(|it| it.source.parameter.clone());
    (refusal.status().as_u16(), parameter.filter(|_| refusal.status() == 400))
}

fn of_cards() -> (u16, Option<String>) {
    (400, Some("loyaltyProgramId".into()))
}

async fn a_program_of_cards_has_no_transactions_of_profiles(worlds: Worlds) {
    let request = GetLoyaltyProgramProfileTransactions::new(CARDS, "anna");
    let reply = world(worlds).await.api.get_loyalty_program_profile_transactions(request).await;

    assert_eq!(place(reply), of_cards());
}

async fn an_unknown_program_has_no_transactions(worlds: Worlds) {
    let request = GetLoyaltyProgramProfileTransactions::new(UNKNOWN, "anna");
    let reply = world(worlds).await.api.get_loyalty_program_profile_transactions(request).await;

    assert_eq!(place(reply), (404, None));
}

async fn a_program_of_cards_has_no_points_of_profiles(worlds: Worlds) {
    let request = GetLoyaltyProgramProfilePoints::new(CARDS, "anna");
    let reply = world(worlds).await.api.get_loyalty_program_profile_points(request).await;

    assert_eq!(place(reply), of_cards());
}

async fn an_unknown_customer_has_no_points(worlds: Worlds) {
    let request = GetLoyaltyProgramProfilePoints::new(PROGRAM, "nobody");
    let reply = world(worlds).await.api.get_loyalty_program_profile_points(request).await;

    assert_eq!(place(reply), (404, None));
}

async fn a_program_of_cards_has_no_ledgers_of_profiles_to_delete(worlds: Worlds) {
    let all = LoyaltyTransactionsDeletion::all();
    let request = DeleteLoyaltyTransactionsFromLedgers::new(CARDS, "anna", all);
    let reply = world(worlds).await.api.delete_loyalty_transactions_from_ledgers(request).await;

    assert_eq!(place(reply), of_cards());
}

async fn an_unknown_program_has_no_ledgers_to_delete(worlds: Worlds) {
    let all = LoyaltyTransactionsDeletion::all();
    let request = DeleteLoyaltyTransactionsFromLedgers::new(UNKNOWN, "anna", all);
    let reply = world(worlds).await.api.delete_loyalty_transactions_from_ledgers(request).await;

    assert_eq!(place(reply), (404, None));
}

async fn an_unknown_program_has_no_points_to_activate(worlds: Worlds) {
    let request =
        ActivateLoyaltyPoints::new(UNKNOWN, LoyaltyPointsActivation::of_session("cart-1"));
    let reply = world(worlds).await.api.activate_loyalty_points(request).await;

    assert_eq!(place(reply), (404, None));
}
