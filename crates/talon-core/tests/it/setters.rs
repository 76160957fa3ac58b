//! Setters of requests and of the models that they consist of.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{read_dir, read_to_string};
use std::path::Path;

use talon_core::model::{AudienceUpdate, Product};
use talon_core::prelude::*;

/// The sources below `folder`, one after the other.
fn sources(folder: &Path) -> String {
    let entries = read_dir(folder).expect("a folder of this crate");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let read = paths.iter().map(|path| {
        if path.is_dir() { sources(path) } else { read_to_string(path).expect("a source") }
    });
    read.collect()
}

fn source(folder: &str) -> String {
    // talon-serde-json-features, which is elsewhere, runs these tests as well.
    let crates = ["../talon-core/src", "../../talon-core/src"];
    let mut found = crates.iter().map(|it| Path::new(env!("CARGO_MANIFEST_DIR")).join(it));
    sources(&found.find(|it| it.is_dir()).expect("the sources of talon-core").join(folder))
}

/// Names that a text contains.
fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split(|it: char| !it.is_alphanumeric() && it != '_')
}

/// A struct of the sources: the lines of its fields, and what follows the closing brace.
struct Declaration<'a> {
    name: &'a str,
    fields: Vec<(&'a str, &'a str)>,
    rest: &'a str,
}

/// Public structs with public fields, at an indentation.
fn declarations<'a>(source: &'a str, indent: &str) -> Vec<Declaration<'a>> {
    let start = format!("\n{indent}pub struct ");
    let end = format!("\n{indent}}}");
    let structs = source.split(start.as_str()).skip(1);
    let parsed = structs.filter_map(|text| {
        let (name, rest) = text.split_once(" {\n")?;
        let (fields, rest) = rest.split_once(end.as_str())?;
        let lines = fields.lines().filter_map(|line| line.trim().strip_prefix("pub "));
        let fields = lines.filter_map(|line| line.split_once(": ")).collect();
        Some(Declaration { name, fields, rest })
    });
    parsed.collect()
}

#[test]
fn every_member_of_a_request_has_a_setter() {
    let (operations, models) = (source("operations"), source("model"));
    let models: BTreeMap<_, _> =
        declarations(&models, "    ").into_iter().map(|model| (model.name, model)).collect();
    let requests = declarations(&operations, "");
    let mut to_visit: Vec<_> = requests.iter().flat_map(|request| &request.fields).collect();

    let (mut reached, mut without) = (BTreeSet::new(), Vec::new());
    while let Some((_, types)) = to_visit.pop() {
        for model in names(types).filter_map(|name| models.get(name)) {
            if reached.insert(model.name) {
                to_visit.extend(&model.fields);
                if model.rest.split_whitespace().next() != Some("setters") {
                    without.push(model.name);
                }
            }
        }
    }

    assert!(without.is_empty(), "write `setters` after the members of {without:?}");
    assert!(reached.contains("CartItem") && reached.len() > 30, "{reached:?}");
}

#[test]
fn every_parameter_of_a_request_has_a_setter() {
    let operations = source("operations");
    let mut without = Vec::new();
    for request in declarations(&operations, "") {
        let optional = request.fields.iter().filter(|(_, types)| {
            ["Option<", "Vec<", "CommaSeparated<"].iter().any(|it| types.starts_with(it))
        });
        for (field, _) in optional {
            // Up to the next request: by hand, or in `options!`.
            let by_hand = request.rest.contains(&format!("pub fn {field}("));
            let derived = request.rest.split_once("options! {").is_some_and(|(_, options)| {
                let options = options.split("\n} }").next().unwrap_or_default();
                options.lines().any(|line| line.trim().starts_with(&format!("{field}: ")))
            });
            if !by_hand && !derived {
                without.push(format!("{}::{field}", request.name));
            }
        }
    }

    assert!(without.is_empty(), "no setter in `options!` and none by hand: {without:?}");
}

#[test]
fn each_kind_of_member_is_set() {
    let costs = [("shipping", 5), ("wrapping", 2)];
    let mug = CartItem::new("MUG", 2)
        .product(Product::default().name("Mugs"))
        .additional_costs(costs)
        .attribute("Colour", "blue")
        .attribute("Fragile", true);
    let session = NewCustomerSessionV2::default()
        .profile("anna")
        .evaluable_campaign_ids([7])
        .state("closed")
        .identifiers(["device-1"])
        .cart_items([mug])
        .attributes([("City", "Berlin")])
        .attribute("City", "Paris");

    let json = serde_json::json!({
        "profileId": "anna",
        "evaluableCampaignIds": [7],
        "state": "closed",
        "cartItems": [{
            "sku": "MUG",
            "quantity": 2,
            "product": { "name": "Mugs" },
            "attributes": { "Colour": "blue", "Fragile": true },
            "additionalCosts": { "shipping": { "price": 5 }, "wrapping": { "price": 2 } }
        }],
        "identifiers": ["device-1"],
        "attributes": { "City": "Paris" }
    });
    assert_eq!(serde_json::to_value(session).unwrap(), json);
}

#[test]
fn a_required_member_is_set_too() {
    let at: Timestamp = "2026-03-01T09:00:00Z".parse().unwrap();
    let event = NewEvent::new("visit", "cart-1").session("cart-2").attribute("At", at);
    assert_eq!(event.session_id, SessionId::from("cart-2"));
    assert_eq!(event.attributes, Attributes::new().with("At", "2026-03-01T09:00:00Z"));

    let update = AudienceUpdate::new("VIP").name("Regulars").subscribed_applications_ids([1, 2]);
    assert_eq!(update.name, "Regulars");
    assert_eq!(update.subscribed_applications_ids, Some(vec![1.into(), 2.into()]));
}
