//! The error of an invalid world file has a reason, a position and a suggestion.

use talon_fake::World;

mod achievements;
mod cards;
mod catalogs;
mod loyalty;

/// Reads a world, and expects a refusal of `member` that says this, and where.
#[track_caller]
fn assert_refused(file: &str, member: &str, said: &str) {
    let error = World::from_json(file).expect_err(file);

    let message = error.to_string();
    assert_eq!(error.member(), member, "{message}");
    assert!(message.contains(said), "{message}");
    let position = error.position().expect("every refusal has a place");
    assert!(message.ends_with(&format!(" at {position}")), "{message}");
    let words = ["i64", "u32", "f64", "struct", "enum ", "sequence", "map", "variant", "field"];
    assert!(!words.iter().any(|word| message.contains(word)), "{message}");
}

/// A world with one campaign that has these members.
fn campaign(members: &str) -> String {
    format!("{{\n\"campaigns\": [{{\"name\": \"A\", {members}}}]}}")
}

/// A campaign with one rule on this condition.
fn when(condition: &str) -> String {
    campaign(&format!("\"rules\": [{{\"name\": \"r\", \"when\": {condition}}}]"))
}

/// A campaign with one rule that gives this.
fn then(reward: &str) -> String {
    campaign(&format!("\"rules\": [{{\"name\": \"r\", \"then\": [{reward}]}}]"))
}

#[test]
fn expected_types_are_named_as_in_json() {
    assert_refused(r#"{"campaigns": {}}"#, "campaigns", "must be an array, not an object");
    assert_refused(r#"{"parallelRequests": 1.5}"#, "parallelRequests", "a whole number");
    assert_refused(
        r#"{"application": {"id": "1"}}"#,
        "application.id",
        "a whole number, not \"1\"",
    );
    assert_refused(r#"{"now": "today"}"#, "now", "must be an RFC 3339 timestamp, not \"today\"");
    assert_refused("[]", "", "must be an object, not an array");
    assert_refused("{\"campaigns\": [{}]}", "campaigns[0]", "the member `name` is missing");
    assert_refused(
        &campaign("\"partialRewards\": 1"),
        "campaigns[0].partialRewards",
        "true or false",
    );
    let worth = then(r#"{"setDiscount": {"percent": "10"}}"#);
    assert_refused(&worth, "campaigns[0].rules[0].then[0].setDiscount.percent", "must be a number");
}

#[test]
fn a_misspelled_name_has_a_suggestion() {
    let near = |word: &str| format!("did you mean `{word}`?");

    assert_refused(&campaign("\"coupon\": []"), "campaigns[0].coupon", &near("coupons"));
    assert_refused(r#"{"aplication": {}}"#, "aplication", &near("application"));
    assert_refused(&when("\"couponVald\""), "campaigns[0].rules[0].when", &near("couponValid"));
    let reward = then(r#"{"setDiscont": {}}"#);
    assert_refused(&reward, "campaigns[0].rules[0].then[0].setDiscont", &near("setDiscount"));
    let mode = r#"{"application": {"evaluationMode": "listorder"}}"#;
    assert_refused(mode, "application.evaluationMode", &near("listOrder"));
    assert_refused(&campaign("\"state\": \"enable\""), "campaigns[0].state", &near("enabled"));
    let limit = r#""limits": [{"action": "redeemCoupons", "limit": 1, "entities": []}]"#;
    assert_refused(&campaign(limit), "campaigns[0].limits[0].action", &near("redeemCoupon"));
    let limit = r#""limits": [{"action": "redeemCoupon", "limit": 1, "entites": ["Profile"]}]"#;
    assert_refused(&campaign(limit), "campaigns[0].limits[0].entites", &near("entities"));
    let settings = r#""couponSettings": {"couponPattern": "A-#", "validCharcters": ["A"]}"#;
    let place = "campaigns[0].couponSettings.validCharcters";
    assert_refused(&campaign(settings), place, &near("validCharacters"));
    let item = then(r#"{"addFreeItem": {"sku": "MUG", "nmae": "Mug"}}"#);
    assert_refused(&item, "campaigns[0].rules[0].then[0].addFreeItem.nmae", &near("name"));
    let state = when(r#"{"sessionState": "close"}"#);
    assert_refused(&state, "campaigns[0].rules[0].when.sessionState", &near("closed"));
}

#[test]
fn malformed_json_has_a_position() {
    assert_refused("{", "", "it ends in the middle of");
    assert_refused("{\n\"now\": }", "", "at line 2 column 8");
    assert_refused("", "", "it ends in the middle of a value");
}

#[test]
fn a_rule_about_an_undeclared_entity_is_refused() {
    let reward = |reward: &str, member: &str, said: &str| {
        let member = format!("campaigns[0].rules[0].then[0].{member}");
        assert_refused(&then(reward), &member, said);
    };

    reward(
        r#"{"addLoyaltyPoints": {"programId": 7, "points": 1}}"#,
        "addLoyaltyPoints.programId",
        "there is no loyalty program 7 in this world at line 2 column",
    );
    reward(
        r#"{"deductLoyaltyPoints": {"programId": 7, "points": 1}}"#,
        "deductLoyaltyPoints.programId",
        "no loyalty program 7",
    );
    reward(r#"{"addToAudience": 5}"#, "addToAudience", "no audience 5");
    reward(r#"{"removeFromAudience": 5}"#, "removeFromAudience", "no audience 5");
    reward(r#"{"awardGiveaway": 3}"#, "awardGiveaway", "no giveaway pool 3");
    for condition in ["inAudience", "joinedAudience", "leftAudience"] {
        let member = format!("campaigns[0].rules[0].when.{condition}");
        assert_refused(&when(&format!(r#"{{"{condition}": 5}}"#)), &member, "no audience 5");
    }
}

#[test]
fn a_rule_about_an_undeclared_attribute_or_event_is_refused() {
    let with = |declared: &str, rule: &str| {
        format!("{{{declared}, \"campaigns\": [{{\"name\": \"A\", \"rules\": [{rule}]}}]}}")
    };
    let on = |condition: &str| format!(r#"{{"name": "r", "when": {condition}}}"#);
    let tier = r#""attributes": {"profile": {"Tier": "string"}, "session": {"Tier": "string"},
        "cartItem": {"Tier": "string"}}, "eventTypes": {"shared": {"channel": "string"}}"#;
    let place = "campaigns[0].rules[0].when";

    for (condition, member, said) in [
        (
            r#"{"profileAttribute": {"name": "Teir"}}"#,
            "profileAttribute.name",
            "profile attribute `Teir` in this world; did you mean `Tier`?",
        ),
        (
            r#"{"not": {"sessionAttribute": {"name": "X"}}}"#,
            "not.sessionAttribute.name",
            "no session attribute `X`",
        ),
        (
            r#"{"all": ["always", {"anyItem": {"attribute": {"name": "X"}}}]}"#,
            "all[1].anyItem.attribute.name",
            "no cart item attribute `X`",
        ),
        (r#"{"any": [{"event": "share"}]}"#, "any[0].event", "did you mean `shared`?"),
        (
            r#"{"eventAttribute": {"name": "canal"}}"#,
            "eventAttribute.name",
            "no event attribute `canal`",
        ),
    ] {
        assert_refused(&with(tier, &on(condition)), &format!("{place}.{member}"), said);
    }
    let update = r#"{"name": "r", "then":
        [{"updateAttribute": {"path": "Profile.Attributes.Teir", "value": 1}}]}"#;
    let path = "campaigns[0].rules[0].then[0].updateAttribute.path";
    assert_refused(&with(tier, update), path, "did you mean `Tier`?");
    let profile = r#"{"attributes": {"profile": {"Tier": "string"}},
        "profiles": [{"id": "anna", "attributes": {"Tier": 1}}]}"#;
    assert_refused(profile, "profiles[0].attributes.Tier", "must be a string at line 2 column 60");
}

#[test]
fn an_end_before_its_start_is_refused() {
    let (late, early) = ("2026-02-01T00:00:00Z", "2026-01-01T00:00:00Z");
    let dates = |start: &str, end: &str| format!("\"{start}\": \"{late}\", \"{end}\": \"{early}\"");

    let run = campaign(&dates("startTime", "endTime"));
    assert_refused(&run, "campaigns[0].endTime", "must not be before `startTime` at line 2 column");
    let valid = dates("startDate", "expiryDate");
    let coupon = campaign(&format!("\"coupons\": [{{\"value\": \"AAAA\", {valid}}}]"));
    assert_refused(&coupon, "campaigns[0].coupons[0].expiryDate", "must not be before `startDate`");
    let referral = format!(
        "\"referrals\": [{{\"code\": \"AAAA\", \"advocateProfileIntegrationId\": \"a\", {valid}}}]"
    );
    assert_refused(
        &campaign(&referral),
        "campaigns[0].referrals[0].expiryDate",
        "before `startDate`",
    );
    let place = "campaigns[0].rules[0].when";
    let days = when(r#"{"date": {"from": "2026-02-01", "until": "2026-01-01"}}"#);
    assert_refused(&days, &format!("{place}.date.until"), "must not be before `from`");
    let born =
        format!("{{\"profileAttribute\": {{\"name\": \"B\", {}}}}}", dates("from", "before"));
    assert_refused(&when(&born), &format!("{place}.profileAttribute.before"), "before `from`");
    let total = when(r#"{"cartTotal": {"atLeast": 10, "atMost": 5}}"#);
    assert_refused(&total, &format!("{place}.cartTotal.atMost"), "must not be less than `atLeast`");
}

#[test]
fn a_duplicate_key_is_refused() {
    let twice = r#"{"application": {"apiKeys": ["a", "b", "a"]}}"#;

    assert_refused(
        twice,
        "application.apiKeys[2]",
        "the same key stands here twice at line 1 column 40",
    );
}

#[test]
fn a_key_is_a_text_or_an_object() {
    let keys = |key: &str| format!("{{\"application\": {{\"apiKeys\": [\"a\", {key}]}}}}");
    let place = "application.apiKeys[1]";

    assert_refused(
        &keys("7"),
        place,
        "must be a key, or an object with `key`, `expires` and `type`",
    );
    assert_refused(&keys("{}"), place, "the member `key` is missing at line 1 column 35");
    assert_refused(
        &keys(r#"{"key": "b", "expire": "2027-01-01T00:00:00Z"}"#),
        &format!("{place}.expire"),
        "unknown member, did you mean `expires`? at line 1 column 48",
    );
    assert_refused(
        &keys(r#"{"key": "b", "type": "test"}"#),
        &format!("{place}.type"),
        "did you mean `testing`? at line 1 column 56",
    );
    assert_refused(&keys(r#"{"key": "b", "expires": "soon"}"#), &format!("{place}.expires"), "");
    assert_refused(&keys(r#"{"key": "a", "type": "testing"}"#), place, "stands here twice");
    assert_refused(&keys(r#"{"key": ""}"#), place, "must not be empty");
}

#[test]
fn a_store_is_named_once() {
    let stores = |second: &str| {
        let first = r#"{"id": 1, "integrationId": "berlin-1", "name": "Berlin"}"#;
        format!("{{\"stores\": [{first}, {second}]}}")
    };

    let id = stores(r#"{"id": 1, "integrationId": "hamburg-1", "name": "Hamburg"}"#);
    assert_refused(&id, "stores[1].id", "another one has this id");
    let name = stores(r#"{"id": 2, "integrationId": "berlin-1", "name": "Berlin"}"#);
    assert_refused(&name, "stores[1].integrationId", "another one has this id");
    let empty = stores(r#"{"id": 2, "integrationId": "", "name": "Berlin"}"#);
    assert_refused(&empty, "stores[1].integrationId", "must have 1 to 1000 characters");
    let none = stores(r#"{"id": 2, "integrationID": "b", "name": "Berlin"}"#);
    assert_refused(&none, "stores[1].integrationID", "did you mean `integrationId`?");
}

#[test]
fn an_experiment_is_of_a_campaign() {
    let experiment = |members: &str| {
        format!(
            "{{\"campaigns\": [{{\"id\": 3, \"name\": \"A\"}}], \"experiments\": [{{\"id\": 1, {members}}}]}}"
        )
    };

    let stray = experiment(r#""campaignId": 4, "variants": []"#);
    assert_refused(&stray, "experiments[0].campaignId", "there is no campaign 4");
    let twice =
        r#""campaignId": 3, "variants": [{"id": 1, "weight": 50}, {"id": 1, "weight": 50}]"#;
    // Not `assert_refused`: a member of the file is named with a word of Rust.
    let said = |file: &str| World::from_json(file).expect_err(file).to_string();
    let place = "experiments[0].variants[1].id: another one has this id at line 1 column";
    assert!(said(&experiment(twice)).contains(place));
    let other = experiment(
        r#""campaignId": 3, "variants": []}, {"id": 2, "campaignId": 3, "variants": []"#,
    );
    assert!(said(&other).contains("experiments[1].campaignId: the campaign is part of another"));
    let heavy = experiment(r#""campaignId": 3, "variants": [{"id": 1, "weight": 101}]"#);
    let place = "experiments[0].variants[0].weight: must be 0 to 100 at line 1 column";
    assert!(said(&heavy).contains(place));
}

#[test]
fn a_profile_without_an_id_is_refused() {
    assert_refused(r#"{"profiles": [{"id": ""}]}"#, "profiles[0].id", "must not be empty");
}

#[test]
fn a_duplicate_member_is_refused() {
    assert_refused(
        "{\"now\": \"2026-01-01T00:00:00Z\",\n\"now\": \"2027-01-01T00:00:00Z\"}",
        "now",
        "stands twice in its object at line 2 column 1",
    );
}

#[test]
fn the_initial_time_is_within_the_years_1_to_9999() {
    for now in ["0000-12-31T23:59:59Z", "-000001-01-01T00:00:00Z", "0001-01-01T00:00:00+01:00"] {
        assert_refused(&format!("{{\"now\": \"{now}\"}}"), "now", "within the years 1 to 9999");
    }
}

#[test]
fn a_schema_member_and_a_byte_order_mark_are_accepted() {
    let world = World::from_json("\u{feff}{\"$schema\": \"./world.schema.json\"}");

    assert_eq!(world.expect("it is valid"), World::new());
    assert_refused(r#"{"$schema": 1}"#, "$schema", "must be a string, not 1");
    assert!(World::json_schema()["properties"]["$schema"].is_object());
}
