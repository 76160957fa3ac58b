//! Customers who share a card. BEHAVIOUR-today 7.9.

use std::time::Duration;

use super::{PROGRAM, card, customers, program, with_card};
use crate::prelude::*;

cases! {
    "linkLoyaltyCardToProfile" {
        success a_profile_is_linked,
        surprise linking_a_linked_profile_changes_nothing,
        surprise a_profile_may_have_several_cards,
        detail an_inactive_card_is_linked,
        refused(400) a_profile_beyond_the_limit_is_refused,
        refused(400) a_card_that_was_transferred_is_refused,
        refused(400) a_link_in_a_profile_based_program_is_refused,
        refused(400) a_link_without_a_profile_is_refused,
        refused(404) an_unknown_profile_is_refused,
        refused(404) linking_to_an_unknown_card_is_refused,
        refused(404) linking_in_an_unknown_program_is_refused,
    }
    "unlinkLoyaltyCardFromProfile" {
        success a_profile_is_unlinked,
        surprise a_profile_that_is_linked_again_comes_last,
        surprise the_last_profile_of_a_card_can_be_unlinked,
        refused(400) unlinking_a_profile_that_is_not_linked_is_refused,
        refused(400) an_unlink_in_a_profile_based_program_is_refused,
        refused(404) unlinking_from_an_unknown_card_is_refused,
        refused(404) unlinking_in_an_unknown_program_is_refused,
    }
    "getCustomerInventory" {
        detail a_profile_without_cards_has_none,
    }
}

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn not_card_based() -> ApiError {
    let details = "the loyalty program 6 is not card-based";
    let problem = Problem::parameter("loyaltyProgramId", "Invalid", details);
    ApiError::invalid(problem).with_status_code()
}

async fn a_profile_is_linked(worlds: Worlds) {
    let seed = with_card(card("family-1", &["anna"])).profile("ben", Attributes::new());
    let world = worlds.with(seed).await;
    world.clock().advance(DAY);

    let card = world.link("family-1", "ben").await.expect("there is room for two");

    assert_eq!(customers(&card), ["anna", "ben"]);
    let now = world.clock().now();
    let registrations = card.profiles.as_deref().expect("always sent");
    assert_eq!(
        registrations.iter().map(|it| it.timestamp).collect::<Vec<_>>(),
        [at("2026-01-01T00:00:00Z"), now]
    );
    assert_eq!(card.modified, Some(now));
    assert_eq!(world.cards_of("ben").await, [card]);
}

async fn linking_a_linked_profile_changes_nothing(worlds: Worlds) {
    let world = worlds.with(with_card(card("family-1", &["anna", "ben"]))).await;
    world.clock().advance(DAY);
    let before = world.probe().snapshot();

    let card = world.link("family-1", "anna").await.expect("it is no further customer");

    assert_eq!(customers(&card), ["anna", "ben"]);
    assert_eq!(world.changes_since(&before), [""; 0]);
}

async fn a_profile_may_have_several_cards(worlds: Worlds) {
    let seed = with_card(card("family-2", &["anna"])).loyalty_card(card("family-1", &["anna"]));
    let world = worlds.with(seed).await;

    let cards = world.cards_of("anna").await;

    assert_eq!(
        cards.iter().map(|card| &*card.identifier).collect::<Vec<_>>(),
        ["family-1", "family-2"]
    );
}

async fn an_inactive_card_is_linked(worlds: Worlds) {
    let seed = with_card(card("family-1", &[]).inactive().block_reason("Lost"));
    let world = worlds.with(seed.profile("anna", Attributes::new())).await;

    let card = world.link("family-1", "anna").await.expect("only points need an active card");

    assert_eq!(
        (card.status.clone(), card.block_reason.as_deref()),
        (LoyaltyCardStatus::Inactive, Some("Lost"))
    );
    assert_eq!(customers(&card), ["anna"]);
}

async fn a_profile_beyond_the_limit_is_refused(worlds: Worlds) {
    let seed = with_card(card("family-1", &["anna", "ben"])).profile("carl", Attributes::new());
    let world = worlds.with(seed).await;

    let refusal = refusal(world.link("family-1", "carl").await);

    let details = "the program allows 2 profiles for each card";
    let problem = Problem::at("/integrationId", "maxItems", details);
    assert_eq!(refusal, ApiError::invalid(problem).with_status_code());
    assert!(world.cards_of("carl").await.is_empty());
}

async fn a_card_that_was_transferred_is_refused(worlds: Worlds) {
    let old = card("family-1", &[]).transferred_to("family-2").block_reason("Lost");
    let seed = with_card(old).loyalty_card(card("family-2", &["anna"]));
    let world = worlds.with(seed.profile("ben", Attributes::new())).await;

    let refusal = refusal(world.link("family-1", "ben").await);
    let new = world.link("family-2", "ben").await.expect("it took over");

    let details = "the card was transferred to another one";
    let problem = Problem::parameter("loyaltyCardId", "Blocked", details);
    assert_eq!(refusal, ApiError::invalid(problem).with_status_code());
    assert_eq!(
        (new.old_card_identifier.as_deref(), new.new_card_identifier),
        (Some("family-1"), None)
    );
}

async fn a_link_in_a_profile_based_program_is_refused(worlds: Worlds) {
    let seed = Seed::new().loyalty_program(LoyaltyProgram::new(PROGRAM));
    let world = worlds.with(seed).await;

    assert_eq!(refusal(world.link("family-1", "anna").await), not_card_based());
}

async fn a_link_without_a_profile_is_refused(worlds: Worlds) {
    let world = worlds.with(with_card(card("family-1", &[]))).await;

    let refusal = refusal(world.link("family-1", "").await);

    let problem = Problem::at("/integrationId", "minLength", "must not be empty");
    assert_eq!(refusal, ApiError::invalid(problem).with_status_code());
}

async fn an_unknown_profile_is_refused(worlds: Worlds) {
    let world = worlds.with(with_card(card("family-1", &[]))).await;

    let refusal = refusal(world.link("family-1", "anna").await);

    assert_eq!(refusal.status(), 404);
    assert_eq!(world.probe().profile("anna"), None);
}

async fn linking_to_an_unknown_card_is_refused(worlds: Worlds) {
    let world = worlds.with(program().profile("anna", Attributes::new())).await;

    for card in ["family-1", "no card", "a/b"] {
        assert_eq!(refusal(world.link(card, "anna").await).status(), 404, "{card}");
    }
}

async fn linking_in_an_unknown_program_is_refused(worlds: Worlds) {
    let world = worlds.with(Seed::new().profile("anna", Attributes::new())).await;

    assert_eq!(refusal(world.link("family-1", "anna").await).status(), 404);
}

async fn a_profile_is_unlinked(worlds: Worlds) {
    let world = worlds.with(with_card(card("family-1", &["anna", "ben"]))).await;
    world.clock().advance(DAY);

    let card = world.unlink("family-1", "anna").await.expect("she is linked");

    assert_eq!(customers(&card), ["ben"]);
    assert_eq!(card.modified, Some(world.clock().now()));
    assert!(world.cards_of("anna").await.is_empty());
    assert_eq!(world.cards_of("ben").await, [card]);
}

async fn a_profile_that_is_linked_again_comes_last(worlds: Worlds) {
    let world = worlds.with(with_card(card("family-1", &["anna", "ben"]))).await;
    world.clock().advance(DAY);

    world.unlink("family-1", "anna").await.expect("she is linked");
    let card = world.link("family-1", "anna").await.expect("her place is free");

    assert_eq!(customers(&card), ["ben", "anna"]);
    let registrations = card.profiles.as_deref().expect("always sent");
    assert_eq!(registrations[1].timestamp, world.clock().now());
}

async fn the_last_profile_of_a_card_can_be_unlinked(worlds: Worlds) {
    let world = worlds.with(with_card(card("family-1", &["anna"]))).await;

    let card = world.unlink("family-1", "anna").await.expect("she is linked");

    assert_eq!(card.profiles, Some(Vec::new()));
    assert_eq!(card.status, LoyaltyCardStatus::Active);
}

async fn unlinking_a_profile_that_is_not_linked_is_refused(worlds: Worlds) {
    let seed = with_card(card("family-1", &["anna"])).profile("ben", Attributes::new());
    let world = worlds.with(seed).await;

    let details = "the profile is not linked to the card";
    let problem = Problem::at("/integrationId", "Invalid", details);
    let expected = ApiError::invalid(problem).with_status_code();
    for profile in ["ben", "unknown"] {
        assert_eq!(refusal(world.unlink("family-1", profile).await), expected);
    }
}

async fn an_unlink_in_a_profile_based_program_is_refused(worlds: Worlds) {
    let seed = Seed::new().loyalty_program(LoyaltyProgram::new(PROGRAM));
    let world = worlds.with(seed).await;

    assert_eq!(refusal(world.unlink("family-1", "anna").await), not_card_based());
}

async fn unlinking_from_an_unknown_card_is_refused(worlds: Worlds) {
    let world = worlds.with(program().profile("anna", Attributes::new())).await;

    assert_eq!(refusal(world.unlink("family-1", "anna").await).status(), 404);
}

async fn unlinking_in_an_unknown_program_is_refused(worlds: Worlds) {
    let world = worlds.with(Seed::new().profile("anna", Attributes::new())).await;

    assert_eq!(refusal(world.unlink("family-1", "anna").await).status(), 404);
}

async fn a_profile_without_cards_has_none(worlds: Worlds) {
    let world = worlds.with(program().profile("anna", Attributes::new())).await;

    let request = GetCustomerInventory::new("anna").loyalty(true);
    let inventory = world.api.get_customer_inventory(request).await.expect("known");

    assert_eq!(inventory.loyalty.expect("asked for").cards, None);
}
