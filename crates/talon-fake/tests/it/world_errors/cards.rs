//! Loyalty cards, and rules about them.

use super::{assert_refused, when};

#[test]
fn a_loyalty_card_that_does_not_fit_is_refused() {
    let world = |cards: &str| {
        format!(
            r#"{{"loyaltyPrograms": [{{"id": 1}}, {{"id": 2, "cardBased": true, "usersPerCardLimit": 1}}],
                "loyaltyCards": [{cards}]}}"#
        )
    };
    let card = |members: &str| format!(r#"{{"programId": 2, "identifier": "family-1"{members}}}"#);
    let refused = |cards: &str, member: &str, said: &str| {
        assert_refused(&world(cards), &format!("loyaltyCards{member}"), said);
    };

    let other = |program: i64| format!(r#"{{"programId": {program}, "identifier": "family-1"}}"#);
    refused(&other(3), "[0].programId", "there is no loyalty program 3");
    refused(&other(1), "[0].programId", "the loyalty program 1 is not card-based");
    let long = r#"{"programId": 2, "identifier": "abc"}"#;
    refused(long, "[0].identifier", "4 to 108 characters");
    let twice = format!("{}, {}", card(""), card(""));
    refused(&twice, "[1].identifier", "another card of the program");
    refused(&card(r#", "status": "active2""#), "[0].status", "did you mean `active`?");
    refused(&card(r#", "blockReason": "Lost""#), "[0].blockReason", "inactive or was transferred");
    refused(&card(r#", "profiles": [""]"#), "[0].profiles", "1 to 1000 characters");
    refused(&card(r#", "profiles": ["a", "a"]"#), "[0].profiles", "stands here twice");
    refused(&card(r#", "profiles": ["a", "b"]"#), "[0].profiles", "allows 1 for each card");
    refused(&card(r#", "transferredTo": "family-2""#), "[0].transferredTo", "no such card");
    refused(&card(r#", "transferredTo": "family-1""#), "[0].transferredTo", "lead back");
    let moved = r#", "transferredTo": "family-2", "profiles": ["a"]"#;
    refused(&card(moved), "[0].profiles", "has no customers");
}

#[test]
fn a_rule_about_a_program_without_cards_is_refused() {
    for condition in ["cardValid", "cardRegistered"] {
        let member = format!("campaigns[0].rules[0].when.{condition}");
        let on = |program: i64| when(&format!(r#"{{"{condition}": {program}}}"#));
        assert_refused(&on(3), &member, "no loyalty program 3");
        let with_program = on(1).replacen('{', r#"{"loyaltyPrograms": [{"id": 1}], "#, 1);
        assert_refused(&with_program, &member, "the loyalty program 1 is not card-based");
    }
}

#[test]
fn identifiers_of_cards_that_a_pattern_makes_are_valid() {
    let program = |settings: &str| {
        format!(
            r#"{{"loyaltyPrograms": [{{"id": 2, "cardBased": true, "cardCodeSettings": {settings}}}]}}"#
        )
    };
    let place = "loyaltyPrograms[0].cardCodeSettings";

    let short = program(r#"{"couponPattern": "A##"}"#);
    assert_refused(&short, &format!("{place}.couponPattern"), "4 to 108 characters");
    let blank = program(r#"{"couponPattern": "A ##"}"#);
    assert_refused(&blank, &format!("{place}.couponPattern"), "letters, digits and");
    let strange = program(r#"{"couponPattern": "A###", "validCharacters": ["1", "/"]}"#);
    assert_refused(&strange, &format!("{place}.validCharacters[1]"), "must be a letter");
    let limit = r#"{"loyaltyPrograms": [{"id": 2, "cardBased": true, "usersPerCardLimit": -1}]}"#;
    assert_refused(limit, "loyaltyPrograms[0].usersPerCardLimit", "must be 0 or more");
}

#[test]
fn points_are_on_cards_that_exist() {
    let world = |entry: &str| {
        r#"{"loyaltyPrograms": [{"id": 2, "cardBased": true}],
                "loyaltyCards": [{"programId": 2, "identifier": "family-1"},
                    {"programId": 2, "identifier": "family-2", "transferredTo": "family-1"}],
                "ledgerEntries": [{"programId": 2, "amount": 1, "cardIdentifier": "ENTRY"}]}"#
            .replace("ENTRY", entry)
    };
    let place = "ledgerEntries[0].cardIdentifier";

    assert_refused(&world("family-3"), place, "there is no such card in the program");
    assert_refused(&world("family-2"), place, "transferred to another one");
}
