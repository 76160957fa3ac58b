//! Cards that sessions and events name. BEHAVIOUR-today 7.9.

use super::{PROGRAM, card, with_card};
use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        detail a_condition_asks_for_an_active_card,
        detail a_condition_asks_for_a_registered_card,
        surprise an_unknown_card_is_accepted,
        surprise a_card_of_another_program_is_not_valid,
        surprise a_blocked_card_is_accepted,
        detail cards_are_returned_when_the_session_names_one,
        surprise cards_of_the_profile_are_not_returned,
        detail a_session_may_be_anonymous_and_name_a_card,
        surprise an_empty_list_takes_the_card_out_of_the_session,
    }
    "trackEventV2" {
        detail an_event_may_name_a_card,
        refused(400) a_malformed_card_is_refused,
    }
    "trackEventV3" {
        detail an_event_of_v3_may_name_a_card,
        surprise a_connected_session_gives_its_event_no_card,
    }
    "trackEvent" {
        detail an_event_of_a_session_uses_the_card_of_the_session,
    }
}

/// 10 % off with an active card, 1 off with a registered one.
fn club(card: seed::LoyaltyCard) -> Seed {
    let registered = Rule::new("Registered")
        .when(Condition::card_registered(PROGRAM))
        .then(Reward::set_discount("1 off", Discount::amount(1)));
    let valid = seed::ten_percent().when(Condition::card_valid(PROGRAM));
    with_card(card).campaign(Campaign::new("Club").rule(valid).rule(registered))
}

fn with(card: &str) -> NewCustomerSessionV2 {
    NewCustomerSessionV2 { loyalty_cards: Some(vec![card.into()]), ..cart(100) }
}

/// Labels of the discounts of a cart that names this card.
async fn discounts(worlds: &Worlds, seed: Seed, named: &str) -> Vec<String> {
    let world = worlds.with(seed).await;
    let reply = world.put("cart-1", with(named)).await;
    reply.discounts().iter().map(|(name, _)| (*name).to_owned()).collect()
}

async fn a_condition_asks_for_an_active_card(worlds: Worlds) {
    let active = discounts(&worlds, club(card("family-1", &[])), "family-1").await;
    let inactive = discounts(&worlds, club(card("family-1", &[]).inactive()), "family-1").await;

    assert_eq!(active, ["10 % off"]);
    assert_eq!(inactive, [""; 0]);
}

async fn a_condition_asks_for_a_registered_card(worlds: Worlds) {
    let both = discounts(&worlds, club(card("family-1", &["anna"])), "family-1").await;
    let inactive = club(card("family-1", &["anna"]).inactive());

    assert_eq!(both, ["10 % off", "1 off"]);
    assert_eq!(discounts(&worlds, inactive, "family-1").await, ["1 off"]);
}

async fn an_unknown_card_is_accepted(worlds: Worlds) {
    let world = worlds.with(club(card("family-1", &["anna"]))).await;

    let reply = world.put("cart-1", with("family-2")).await;

    assert!(reply.effects.is_empty());
    assert_eq!(reply.session().loyalty_cards, Some(vec!["family-2".to_owned()]));
    assert_eq!(reply.loyalty.expect("asked for").cards, Some(Vec::new()));
}

async fn a_card_of_another_program_is_not_valid(worlds: Worlds) {
    let other = seed::LoyaltyCard::new(7, "family-7").profiles(["anna"]);
    let seed = club(card("family-1", &[])).loyalty_program(LoyaltyProgram::of_cards(7));

    assert_eq!(discounts(&worlds, seed.loyalty_card(other), "family-7").await, [""; 0]);
}

async fn a_blocked_card_is_accepted(worlds: Worlds) {
    let seed = club(card("family-1", &[]).transferred_to("family-2"));
    let world = worlds.with(seed.loyalty_card(card("family-2", &["anna"]))).await;

    let reply = world.put("cart-1", with("family-1")).await;

    assert!(reply.effects.is_empty());
    let cards = reply.loyalty.expect("asked for").cards.expect("one is named");
    assert_eq!(cards[0].new_card_identifier.as_deref(), Some("family-2"));
    assert_eq!(cards[0].status, LoyaltyCardStatus::Inactive);
}

async fn cards_are_returned_when_the_session_names_one(worlds: Worlds) {
    let world = worlds.with(club(card("family-1", &["anna"]).batch_id("spring"))).await;

    let named = world.put("cart-1", with("family-1").profile("anna")).await;
    let later = world.put("cart-1", cart(50)).await;

    let cards = named.loyalty.expect("asked for").cards.expect("one is named");
    assert_eq!(cards, world.cards_of("anna").await);
    assert_eq!(
        (cards[0].identifier.as_str(), cards[0].batch_id.as_deref()),
        ("family-1", Some("spring"))
    );
    // The session keeps the card until a request changes the list.
    assert_eq!(later.loyalty.expect("asked for").cards, Some(cards));
}

async fn cards_of_the_profile_are_not_returned(worlds: Worlds) {
    let world = worlds.with(club(card("family-1", &["anna"]))).await;

    let reply = world.put("cart-1", cart(100).profile("anna")).await;

    assert_eq!(reply.loyalty.expect("asked for").cards, None);
}

async fn a_session_may_be_anonymous_and_name_a_card(worlds: Worlds) {
    let world = worlds.with(club(card("family-1", &[]))).await;

    let reply = world.put("cart-1", with("family-1")).await;

    assert_eq!(reply.discounts(), [("10 % off", 10.into())]);
    assert_eq!(reply.loyalty.expect("asked for").cards.expect("one is named").len(), 1);
}

async fn an_empty_list_takes_the_card_out_of_the_session(worlds: Worlds) {
    let world = worlds.with(club(card("family-1", &[]))).await;
    world.put("cart-1", with("family-1")).await;

    let none = NewCustomerSessionV2 { loyalty_cards: Some(Vec::new()), ..Default::default() };
    let reply = world.put("cart-1", none).await;

    assert!(reply.effects.is_empty());
    assert_eq!(reply.loyalty.expect("asked for").cards, None);
}

/// A gift for an event with an active card.
fn gift(card: seed::LoyaltyCard) -> Seed {
    let rule = Rule::new("Gift")
        .when(Condition::card_valid(PROGRAM))
        .when(Condition::check(|facts| facts.event.is_some()))
        .then(Reward::add_free_item("GIFT", "A gift"));
    with_card(card).campaign(Campaign::new("Gifts").advanced_events().rule(rule))
}

fn danced(card: Option<&str>) -> NewEventV2 {
    let loyalty_cards = card.map(|card| vec![card.to_owned()]);
    let event = NewEventV2::new("danced", "anna").response_content([ResponseContent::Loyalty]);
    NewEventV2 { loyalty_cards, ..event }
}

async fn an_event_may_name_a_card(worlds: Worlds) {
    let world = worlds.with(gift(card("family-1", &["anna"]))).await;

    let with = world.track_v2(TrackEventV2::new(danced(Some("family-1")))).await;
    let without = world.track_v2(TrackEventV2::new(danced(None))).await;

    assert_eq!(with.types(), ["addFreeItem"]);
    assert_eq!(with.loyalty.expect("asked for").cards, Some(world.cards_of("anna").await));
    assert!(without.effects.is_empty());
    assert_eq!(without.loyalty.expect("asked for").cards, None);
}

async fn a_malformed_card_is_refused(worlds: Worlds) {
    let world = worlds.with(gift(card("family-1", &[]))).await;

    let refusal = world.track_v2_refused(danced(Some("my card"))).await;

    let details = "a loyalty card has letters, digits and ._%+@- alone";
    let problem = Problem::at("/loyaltyCards/0", "pattern", details);
    assert_eq!(refusal, ApiError::invalid(problem).with_status_code());
}

fn third(id: &str, card: Option<&str>) -> TrackEventV3 {
    let loyalty_cards = card.map(|card| vec![card.to_owned()]);
    let event = NewEventV3::new(id, "danced", "anna").connected_session("cart-1");
    let event = event.response_content([ResponseContent::Loyalty]);
    TrackEventV3::new(NewEventV3 { loyalty_cards, ..event })
}

async fn an_event_of_v3_may_name_a_card(worlds: Worlds) {
    let world = worlds.with(gift(card("family-1", &["anna"]))).await;
    world.put("cart-1", cart(100).profile("anna").state(SessionState::Closed)).await;

    let reply = world.track_v3(third("dance-1", Some("family-1"))).await;

    assert_eq!(reply.types(), ["addFreeItem"]);
    assert_eq!(reply.loyalty.expect("asked for").cards, Some(world.cards_of("anna").await));
}

async fn a_connected_session_gives_its_event_no_card(worlds: Worlds) {
    let world = worlds.with(gift(card("family-1", &["anna"]))).await;
    world.put("cart-1", with("family-1").profile("anna").state(SessionState::Closed)).await;

    let reply = world.track_v3(third("dance-1", None)).await;

    assert!(reply.effects.is_empty());
    assert_eq!(reply.loyalty.expect("asked for").cards, None);
}

async fn an_event_of_a_session_uses_the_card_of_the_session(worlds: Worlds) {
    let world = worlds.with(gift(card("family-1", &["anna"]))).await;
    world.put("cart-1", with("family-1").profile("anna")).await;

    let reply = world.track(NewEvent::new("danced", "cart-1")).await;

    assert_eq!(reply.event.types(), ["addFreeItem"]);
    assert_eq!(reply.loyalty.expect("a known profile").cards, Some(world.cards_of("anna").await));
}
