//! Catalogs and histories of prices.

use super::assert_refused;

/// A world with a catalog that has these members.
fn catalog(members: &str) -> String {
    format!("{{\n\"catalogs\": [{{\"id\": 1, \"name\": \"Shop\", {members}}}]}}")
}

#[test]
fn a_catalog_has_unique_items_with_declared_attributes() {
    let items = |items: &str| catalog(&format!("\"items\": [{items}]"));

    assert_refused(
        &items(r#"{"sku": "MUG"}, {"sku": "MUG"}"#),
        "catalogs[0].items[1].sku",
        "another one has this sku",
    );
    assert_refused(&items(r#"{"sku": ""}"#), "catalogs[0].items[0].sku", "must not be empty");
    assert_refused(
        &items(r#"{"sku": "MUG", "price": -1}"#),
        "catalogs[0].items[0].price",
        "must be 0 to",
    );
    assert_refused(&catalog("\"version\": 0"), "catalogs[0].version", "must be 1 or more");
    assert_refused(
        &catalog(
            r#""attributes": ["Size"], "items": [{"sku": "MUG", "attributes": {"Colour": 1}}]"#,
        ),
        "catalogs[0].items[0].attributes.Colour",
        "the catalog does not have this attribute",
    );
    let declared = r#"{"attributes": {"cartItem": {"Size": "number"}},
        "catalogs": [{"id": 1, "name": "Shop", "items": [{"sku": "MUG", "attributes": ATTRIBUTES}]}]}"#;
    assert_refused(
        &declared.replace("ATTRIBUTES", r#"{"Sizes": 1}"#),
        "catalogs[0].items[0].attributes.Sizes",
        "there is no cart item attribute `Sizes` in this world; did you mean `Size`?",
    );
    assert_refused(
        &declared.replace("ATTRIBUTES", r#"{"Size": "big"}"#),
        "catalogs[0].items[0].attributes.Size",
        "must be a number",
    );
}

#[test]
fn a_price_adjustment_of_a_catalog_has_a_type_and_a_period() {
    let adjustment = |members: &str| {
        let item = format!(r#"{{"sku": "MUG", "priceAdjustments": [{{{members}}}]}}"#);
        catalog(&format!("\"items\": [{item}]"))
    };
    let place = "catalogs[0].items[0].priceAdjustments[0]";

    assert_refused(
        &adjustment(r#""priceType": "", "referenceId": "a""#),
        &format!("{place}.priceType"),
        "must not be empty",
    );
    assert_refused(
        &adjustment(
            r#""priceType": "member", "referenceId": "a",
            "effectiveFrom": "2026-02-01T00:00:00Z", "effectiveUntil": "2026-01-01T00:00:00Z""#,
        ),
        &format!("{place}.effectiveUntil"),
        "must not be before `effectiveFrom`",
    );
    assert_refused(
        &adjustment(r#""pricesType": "member""#),
        &format!("{place}.pricesType"),
        "did you mean `priceType`?",
    );
}

#[test]
fn an_application_has_a_catalog_that_exists() {
    let file =
        format!(r#"{{"application": {{"catalogId": 2}}, {}"#, &catalog("\"items\": []")[1..]);

    assert_refused(&file, "application.catalogId", "there is no catalog 2 in this world");
    let many: Vec<_> = (0..101).map(|number| format!("\"a{number}\"")).collect();
    let many = catalog(&format!("\"attributes\": [{}]", many.join(", ")));
    assert_refused(&many, "catalogs[0].attributes", "a catalog has 100 attributes at most");
}

#[test]
fn a_history_of_prices_is_of_an_application_that_records_them() {
    let history = |application: &str, members: &str| {
        format!(
            r#"{{"application": {{{application}}}, "priceHistory": [{{"sku": "MUG",
                "observedAt": "2025-01-01T00:00:00Z", "price": 9{members}}}]}}"#
        )
    };

    assert_refused(
        &history(r#""enableBestPriorPrice": false"#, ""),
        "priceHistory[0]",
        "the application does not record prices",
    );
    assert_refused(
        &history("", r#", "audienceId": 4"#),
        "priceHistory[0].audienceId",
        "there is no audience 4 in this world",
    );
}
