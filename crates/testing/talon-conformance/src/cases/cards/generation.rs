//! Cards that are created. BEHAVIOUR-today 7.9.

use super::{PROGRAM, card, customers, program, with_card};
use crate::prelude::*;

cases! {
    "generateLoyaltyCard" {
        success a_card_has_the_identifier_and_the_profiles_of_the_request,
        success an_identifier_follows_the_pattern_of_the_program,
        detail without_a_pattern_an_identifier_is_random,
        surprise generated_identifiers_are_the_same_in_every_run,
        surprise a_given_identifier_wins_over_the_pattern,
        surprise unknown_profiles_are_created,
        surprise a_profile_listed_twice_is_linked_once,
        surprise two_programs_may_have_cards_with_one_identifier,
        detail an_inactive_card_is_created,
        detail a_limit_of_0_is_none,
        detail an_identifier_may_have_4_to_108_characters,
        refused(400) an_identifier_that_is_taken_is_refused,
        refused(400) a_malformed_identifier_is_refused,
        refused(400) an_unknown_status_is_refused,
        refused(400) more_profiles_than_the_limit_are_refused,
        refused(400) an_empty_profile_id_is_refused,
        refused(400) a_pattern_without_an_unused_identifier_is_refused,
        refused(400) a_card_of_a_profile_based_program_is_refused,
        refused(404) a_card_of_an_unknown_program_is_refused,
    }
}

async fn generate(world: &World, card: NewLoyaltyCard) -> LoyaltyCard {
    let request = GenerateLoyaltyCard::new(PROGRAM, card);
    world.api.generate_loyalty_card(request).await.expect("the card fits")
}

async fn refused(worlds: Worlds, seed: Seed, card: NewLoyaltyCard) -> ApiError {
    let world = worlds.with(seed).await;
    let before = world.probe().snapshot();
    let request = GenerateLoyaltyCard::new(PROGRAM, card);
    let refusal = refusal(world.api.generate_loyalty_card(request).await);
    assert_eq!(world.changes_since(&before), [""; 0]);
    refusal
}

fn invalid(pointer: &str, title: &str, details: &str) -> ApiError {
    ApiError::invalid(Problem::at(pointer, title, details)).with_status_code()
}

async fn a_card_has_the_identifier_and_the_profiles_of_the_request(worlds: Worlds) {
    let world = worlds.with(program().profile("anna", Attributes::new())).await;
    let now = world.clock().now();

    let sent = NewLoyaltyCard::default().identifier("family-1").profiles(["anna", "ben"]);
    let card = generate(&world, sent).await;

    let registration =
        |id: &str| LoyaltyCardProfileRegistration { integration_id: id.into(), timestamp: now };
    let expected = LoyaltyCard {
        id: card.id,
        created: now,
        program_id: PROGRAM.into(),
        program_name: Some("program6".into()),
        program_title: Some("Program 6".into()),
        status: LoyaltyCardStatus::Active,
        identifier: "family-1".into(),
        users_per_card_limit: 2,
        profiles: Some(vec![registration("anna"), registration("ben")]),
        ledger: card.ledger.clone(),
        subledgers: Some(std::collections::BTreeMap::new()),
        ..LoyaltyCard::default()
    };
    assert_eq!(card, expected);
    assert_eq!(card.ledger.as_ref().expect("always sent").current_balance, Amount::ZERO);
    assert_eq!(world.cards_of("anna").await, [card]);
}

async fn an_identifier_follows_the_pattern_of_the_program(worlds: Worlds) {
    let program = LoyaltyProgram::of_cards(PROGRAM).card_codes("CARD-####");
    let world = worlds.with(Seed::new().loyalty_program(program)).await;

    let first = generate(&world, NewLoyaltyCard::default()).await.identifier;
    let second = generate(&world, NewLoyaltyCard::default()).await.identifier;

    for identifier in [&first, &second] {
        let random = identifier.strip_prefix("CARD-").expect("the pattern begins with it");
        assert!(random.len() == 4 && !random.contains('#'), "{identifier}");
    }
    assert_ne!(first, second);
}

async fn without_a_pattern_an_identifier_is_random(worlds: Worlds) {
    let world = worlds.with(program()).await;

    let first = generate(&world, NewLoyaltyCard::default()).await.identifier;
    let second = generate(&world, NewLoyaltyCard::default()).await.identifier;

    assert!(first.len() >= 4 && first.chars().all(|c| c.is_ascii_alphanumeric()), "{first}");
    assert_ne!(first, second);
}

async fn generated_identifiers_are_the_same_in_every_run(worlds: Worlds) {
    let mut runs = Vec::new();

    for _ in 0..2 {
        let world = worlds.with(program()).await;
        runs.push(generate(&world, NewLoyaltyCard::default()).await.identifier);
    }

    assert_eq!(runs[0], runs[1]);
}

async fn a_given_identifier_wins_over_the_pattern(worlds: Worlds) {
    let program = LoyaltyProgram::of_cards(PROGRAM).card_codes("CARD-####");
    let world = worlds.with(Seed::new().loyalty_program(program)).await;

    let card = generate(&world, NewLoyaltyCard::default().identifier("family-1")).await;

    assert_eq!(card.identifier, "family-1");
}

async fn unknown_profiles_are_created(worlds: Worlds) {
    let world = worlds.with(program()).await;

    let card = generate(&world, NewLoyaltyCard::default().profiles(["anna"])).await;

    assert_eq!(customers(&card), ["anna"]);
    assert_eq!(world.probe().profile("anna").expect("created").closed_sessions, 0);
}

async fn a_profile_listed_twice_is_linked_once(worlds: Worlds) {
    let world = worlds.with(program()).await;

    let sent = NewLoyaltyCard::default().profiles(["anna", "ben", "anna"]);
    let card = generate(&world, sent).await;

    assert_eq!(customers(&card), ["anna", "ben"]);
}

async fn two_programs_may_have_cards_with_one_identifier(worlds: Worlds) {
    let seed = with_card(card("family-1", &["anna"]));
    let world = worlds.with(seed.loyalty_program(LoyaltyProgram::of_cards(7))).await;

    let sent = NewLoyaltyCard::default().identifier("family-1").profiles(["anna"]);
    let request = GenerateLoyaltyCard::new(7, sent);
    let card = world.api.generate_loyalty_card(request).await.expect("it is another program");

    assert_eq!(card.program_id, 7.into());
    let programs: Vec<_> =
        world.cards_of("anna").await.iter().map(|card| card.program_id.get()).collect();
    assert_eq!(programs, [PROGRAM, 7]);
}

async fn an_inactive_card_is_created(worlds: Worlds) {
    let world = worlds.with(program()).await;

    let sent = NewLoyaltyCard::default().status(LoyaltyCardStatus::Inactive);
    let card = generate(&world, sent).await;

    assert_eq!((card.status, card.block_reason), (LoyaltyCardStatus::Inactive, None));
}

async fn a_limit_of_0_is_none(worlds: Worlds) {
    let world = worlds.with(Seed::new().loyalty_program(LoyaltyProgram::of_cards(PROGRAM))).await;

    let ids: Vec<_> = (0..100).map(|number| format!("customer-{number}")).collect();
    let card = generate(&world, NewLoyaltyCard::default().profiles(ids.iter().cloned())).await;

    assert_eq!(
        (card.users_per_card_limit, customers(&card)),
        (0, ids.iter().map(|id| &**id).collect())
    );
}

async fn an_identifier_may_have_4_to_108_characters(worlds: Worlds) {
    let world = worlds.with(program()).await;

    for identifier in ["A._%".to_owned(), "+@-1".to_owned(), "x".repeat(108)] {
        let card = generate(&world, NewLoyaltyCard::default().identifier(&*identifier)).await;
        assert_eq!(card.identifier, identifier);
        // It travels percent-encoded in paths.
        world.put_profile("anna", Attributes::new()).await;
        let linked = world.link(&identifier, "anna").await.expect("the same card");
        assert_eq!(linked.id, card.id);
    }
}

async fn an_identifier_that_is_taken_is_refused(worlds: Worlds) {
    let sent = NewLoyaltyCard::default().identifier("family-1");

    let refusal = refused(worlds, with_card(card("family-1", &[])), sent).await;

    let details = "the program has a card with this identifier";
    assert_eq!(refusal, invalid("/cardIdentifier", "Duplicate", details));
}

async fn a_malformed_identifier_is_refused(worlds: Worlds) {
    let long = "x".repeat(109);
    for (identifier, title) in
        [("abc", "length"), (&*long, "length"), ("a card", "pattern"), ("Zoë-1", "pattern")]
    {
        let sent = NewLoyaltyCard::default().identifier(identifier);

        let refusal = refused(worlds, program(), sent).await;

        let problem = &refusal.problems()[0];
        assert_eq!(problem.source.pointer.as_deref(), Some("/cardIdentifier"));
        assert_eq!(problem.title, title, "{identifier}");
    }
}

async fn an_unknown_status_is_refused(worlds: Worlds) {
    let sent = NewLoyaltyCard::default().status("lost");

    let refusal = refused(worlds, program(), sent).await;

    let details = r#"status must be one of the following: "active", "inactive""#;
    assert_eq!(refusal, invalid("/status", "enum", details));
}

async fn more_profiles_than_the_limit_are_refused(worlds: Worlds) {
    let sent = NewLoyaltyCard::default().profiles(["anna", "ben", "carl"]);

    let refusal = refused(worlds, program(), sent).await;

    let details = "the program allows 2 profiles for each card";
    assert_eq!(refusal, invalid("/customerProfileIds", "maxItems", details));
}

async fn an_empty_profile_id_is_refused(worlds: Worlds) {
    let sent = NewLoyaltyCard::default().profiles(["anna", ""]);

    let refusal = refused(worlds, program(), sent).await;

    assert_eq!(refusal, invalid("/customerProfileIds/1", "minLength", "must not be empty"));
}

async fn a_pattern_without_an_unused_identifier_is_refused(worlds: Worlds) {
    let program = LoyaltyProgram::of_cards(PROGRAM).card_codes("FAMILY");
    let seed = Seed::new().loyalty_program(program).loyalty_card(card("FAMILY", &[]));

    let refusal = refused(worlds, seed, NewLoyaltyCard::default()).await;

    let details = "the program's pattern has no unused identifier left";
    assert_eq!(refusal, invalid("/cardIdentifier", "Invalid", details));
}

async fn a_card_of_a_profile_based_program_is_refused(worlds: Worlds) {
    let seed = Seed::new().loyalty_program(LoyaltyProgram::new(PROGRAM));

    let refusal = refused(worlds, seed, NewLoyaltyCard::default()).await;

    let details = "the loyalty program 6 is not card-based";
    let problem = Problem::parameter("loyaltyProgramId", "Invalid", details);
    assert_eq!(refusal, ApiError::invalid(problem).with_status_code());
}

async fn a_card_of_an_unknown_program_is_refused(worlds: Worlds) {
    let refusal = refused(worlds, Seed::new(), NewLoyaltyCard::default()).await;

    assert_eq!(refusal.status(), 404);
}
