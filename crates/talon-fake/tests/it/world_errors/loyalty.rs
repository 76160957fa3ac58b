//! Loyalty programs and ledgers that a world is refused for.

use super::assert_refused;

/// A world with one program that has these members, and a campaign with these rewards.
fn world(members: &str, more: &str) -> String {
    format!(
        "{{\"loyaltyPrograms\": [{{\"id\": 7, {members}}}, {{\"id\": 8, \"cardBased\": true}}],\n{more}}}"
    )
}

#[track_caller]
fn assert_program_refused(members: &str, member: &str, said: &str) {
    let file = world(members, r#""campaigns": []"#);
    assert_refused(&file, &format!("loyaltyPrograms[0].{member}"), said);
}

/// A world with this reward.
fn then(reward: &str) -> String {
    let rule = format!(r#"{{"name": "r", "then": [{reward}]}}"#);
    let campaign = format!(r#""campaigns": [{{"name": "A", "rules": [{rule}]}}]"#);
    world(r#""allowSubledger": false"#, &campaign)
}

#[test]
fn a_program_has_a_time_zone_periods_and_policies_that_exist() {
    assert_program_refused(r#""timeZone": "Mars""#, "timeZone", "an IANA name");
    assert_program_refused(r#""defaultValidity": "30 days""#, "defaultValidity", "30 days");
    assert_program_refused(r#""defaultPending": "later""#, "defaultPending", "later");
    let policy = r#""returnPolicy": "only_pendin""#;
    assert_program_refused(policy, "returnPolicy", "did you mean `only_pending`?");
    assert_program_refused(r#""usersPerCardLimit": -1"#, "usersPerCardLimit", "must be 0 or more");
    let twice = r#""subscribedApplications": [1, 2, 1]"#;
    assert_program_refused(twice, "subscribedApplications[2]", "is listed twice");
}

#[test]
fn each_tier_has_a_name_and_a_bound_of_its_own() {
    let tiers = |one: &str, other: &str| format!(r#""tiers": [{{{one}}}, {{{other}}}]"#);
    let silver = r#""name": "silver", "minPoints": 10"#;

    let same_name = tiers(silver, r#""name": "silver", "minPoints": 20"#);
    assert_program_refused(&same_name, "tiers[1].name", "a name of its own");
    let same_bound = tiers(silver, r#""name": "gold", "minPoints": 10"#);
    assert_program_refused(&same_bound, "tiers[1].minPoints", "another tier needs as many");
    let same_id = tiers(silver, r#""name": "gold", "minPoints": 20, "id": 1"#);
    assert_program_refused(&same_id, "tiers[1].id", "another one has this id");
    let negative = tiers(silver, r#""name": "gold", "minPoints": -1"#);
    assert_program_refused(&negative, "tiers[1].minPoints", "must be 0 to");
}

#[test]
fn a_policy_of_tiers_has_what_it_counts_from() {
    let absolute = r#""tiersExpirationPolicy": "absolute_expiration""#;
    assert_program_refused(absolute, "tierCycleStartDate", "is needed");
    let attribute = r#""tiersExpirationPolicy": "customer_attribute""#;
    assert_program_refused(attribute, "tiersExpirationAttribute", "is needed");
}

#[test]
fn tiers_last_whole_days_or_longer() {
    let reason = "must be a whole number of days, weeks, months or years";
    for period in ["1s", "0.000000001s", "90m", "24h", "1.5D", "0.5M"] {
        let lasting = format!(r#""tiersExpireIn": "{period}""#);
        assert_program_refused(&lasting, "tiersExpireIn", reason);
    }
    for period in ["1D", "30D_D", "1W", "3M_U", "1Y"] {
        let lasting = format!(r#""tiersExpireIn": "{period}""#);
        talon_fake::World::from_json(&world(&lasting, r#""campaigns": []"#)).expect(period);
    }
}

#[test]
fn an_entry_belongs_to_a_profile_or_to_a_card_of_its_program() {
    let refused = |entry: &str, member: &str, said: &str| {
        let file = world(r#""name": "a""#, &format!(r#""ledgerEntries": [{{{entry}}}]"#));
        assert_refused(&file, &format!("ledgerEntries[0]{member}"), said);
    };

    refused(
        r#""programId": 9, "profileId": "a", "amount": 1"#,
        ".programId",
        "no loyalty program 9",
    );
    refused(r#""programId": 7, "amount": 1"#, "", "either profileId or cardIdentifier");
    refused(r#""programId": 8, "profileId": "a", "amount": 1"#, ".profileId", "are on cards");
    let card = r#""programId": 7, "cardIdentifier": "CARD", "amount": 1"#;
    refused(card, ".cardIdentifier", "are on profiles");
    let anna = r#""programId": 7, "profileId": "anna""#;
    refused(&format!(r#"{anna}, "amount": 1000000000000"#), ".amount", "must be 0 to");
    refused(&format!(r#"{anna}, "amount": 1, "startDate": "soon""#), ".startDate", "on_action");
    let ends_first = r#""startDate": "2026-02-01T00:00:00Z", "expiryDate": "2026-01-01T00:00:00Z""#;
    refused(&format!(r#"{anna}, "amount": 1, {ends_first}"#), ".expiryDate", "must not be before");
}

#[test]
fn a_profile_joins_a_program_once_and_not_in_the_future() {
    let refused = |joins: &str, member: &str, said: &str| {
        let file = world(r#""name": "a""#, &format!(r#""joins": [{joins}]"#));
        assert_refused(&file, member, said);
    };
    let join = r#"{"programId": 7, "profileId": "anna"}"#;

    refused(&format!("{join}, {join}"), "joins[1]", "joins the program twice");
    refused(r#"{"programId": 8, "profileId": "anna"}"#, "joins[0].programId", "do not join cards");
    let later = r#"{"programId": 7, "profileId": "anna", "joinDate": "2027-01-01T00:00:00Z"}"#;
    refused(later, "joins[0].joinDate", "must not be after");
}

#[test]
fn points_of_rules_are_one_thing_in_a_ledger_that_exists() {
    let refused = |reward: &str, member: &str, said: &str| {
        let place = format!("campaigns[0].rules[0].then[0]{member}");
        assert_refused(&then(reward), &place, said);
    };

    let both = r#"{"addLoyaltyPoints": {"programId": 7, "points": 1, "factor": 2}}"#;
    refused(both, "", "either points or factor");
    let subledger = r#"{"addLoyaltyPoints": {"programId": 7, "points": 1, "subLedgerId": "mugs"}}"#;
    refused(subledger, ".addLoyaltyPoints.subLedgerId", "allows no subledgers");
    let advocate =
        r#"{"deductLoyaltyPoints": {"programId": 7, "points": 1, "target": "advocate"}}"#;
    refused(advocate, ".deductLoyaltyPoints.target", "only added to the advocate");
    let unknown =
        r#"{"extendLoyaltyPointsExpiryDate": {"programId": 9, "extensionDuration": "1D"}}"#;
    refused(unknown, ".extendLoyaltyPointsExpiryDate.programId", "no loyalty program 9");
}
