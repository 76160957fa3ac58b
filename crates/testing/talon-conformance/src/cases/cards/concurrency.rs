//! Many sessions with one card at once.

use tokio::task::JoinSet;

use talon_fake::world::LedgerEntry;

use super::{PROGRAM, bought, card, with_card};
use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        surprise points_of_a_card_are_never_spent_twice,
        detail points_of_sessions_at_once_are_all_added,
    }
    "generateLoyaltyCard" {
        surprise an_identifier_is_given_to_one_card,
    }
    "linkLoyaltyCardToProfile" {
        surprise a_limit_holds_for_requests_at_once,
    }
}

const CALLERS: usize = 64;

fn club() -> Seed {
    with_card(card("family-1", &["anna", "ben"])).campaign(
        Campaign::new("Club")
            .rule(seed::rule_for_item("EARN", Reward::add_loyalty_points(PROGRAM, 3)))
            .rule(seed::rule_for_item("SPEND", Reward::deduct_loyalty_points(PROGRAM, 7))),
    )
}

/// Closes a session of one of two customers; returns whether it had an effect.
async fn buy(world: World, sku: &'static str, caller: usize) -> bool {
    let profile = ["anna", "ben"][caller % 2];
    let session = bought(sku, "family-1").profile(profile);
    world.fires(&format!("{sku}-{caller}"), session).await
}

async fn points_of_a_card_are_never_spent_twice(worlds: Worlds) {
    let seed = club().ledger_entry(LedgerEntry::of_card(PROGRAM, "family-1", 75));
    let world = worlds.with(seed).await;

    let buyers: JoinSet<_> =
        (0..CALLERS).map(|caller| buy(world.clone(), "SPEND", caller)).collect();
    let spent = buyers.join_all().await.into_iter().filter(|spent| *spent).count();

    let balance = world.card_balances("family-1").await.balance.expect("of the main ledger");
    assert_eq!(spent, 10);
    assert_eq!((balance.active_points, balance.spent_points), (Some(5.into()), Some(70.into())));
    assert_eq!(balance.negative_points, Some(0.into()));
}

async fn points_of_sessions_at_once_are_all_added(worlds: Worlds) {
    let world = worlds.with(club()).await;

    let buyers: JoinSet<_> =
        (0..CALLERS).map(|caller| buy(world.clone(), "EARN", caller)).collect();
    buyers.join_all().await;

    let balance = world.card_balances("family-1").await.balance.expect("of the main ledger");
    assert_eq!(balance.active_points, Some(192.into()));
    let request = GetLoyaltyCardTransactions::new(PROGRAM, "family-1").page_size(1000);
    let page = world.api.get_loyalty_card_transactions(request).await.expect("a known card");
    assert_eq!((page.data.len(), page.has_more), (CALLERS, false));
}

async fn an_identifier_is_given_to_one_card(worlds: Worlds) {
    let world = worlds.with(club()).await;

    let requests: JoinSet<_> = (0..CALLERS)
        .map(|_| {
            let api = world.api.clone();
            let card = NewLoyaltyCard::default().identifier("family-2");
            let request = GenerateLoyaltyCard::new(PROGRAM, card);
            async move { api.generate_loyalty_card(request).await.is_ok() }
        })
        .collect();
    let created = requests.join_all().await.into_iter().filter(|created| *created).count();

    assert_eq!(created, 1);
}

async fn a_limit_holds_for_requests_at_once(worlds: Worlds) {
    let seed = with_card(card("family-1", &["anna"]));
    let ids: Vec<_> = (0..CALLERS).map(|caller| format!("customer-{caller}")).collect();
    let seed = ids.iter().fold(seed, |seed, id| seed.profile(id.as_str(), Attributes::new()));
    let world = worlds.with(seed).await;

    let requests: JoinSet<_> = ids
        .into_iter()
        .map(|id| {
            let world = world.clone();
            async move { world.link("family-1", &id).await.is_ok() }
        })
        .collect();
    let linked = requests.join_all().await.into_iter().filter(|linked| *linked).count();

    assert_eq!(linked, 1);
    let balances = world.card_balances("family-1").await;
    assert_eq!(balances.profiles.expect("always sent").len(), 2);
}
