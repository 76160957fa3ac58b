//! World file and builder are equivalent and have the same names.

use std::collections::BTreeSet;

use serde_json::Value;
use talon_core::Timestamp;
use talon_fake::{Fake, World};

mod catalogs;
mod conditions;
mod everything;
mod rewards;

use everything::everything;

#[expect(dead_code, unused_imports, reason = "the guide's examples use the other half")]
mod guide {
    include!("../../src/guide/shop.rs");

    pub(super) fn seed() -> World {
        world()
    }
}

const EVERYTHING: &str = include_str!("worlds/everything.json");

fn at(text: &str) -> Timestamp {
    text.parse().expect("a timestamp")
}

#[track_caller]
fn assert_same(file: &str, built: &World) {
    let read = World::from_json(file).expect("it is valid");
    assert_eq!(read, *built);
    let written = serde_json::to_string(built).expect("no closures");
    assert_eq!(World::from_json(&written).expect("it is valid"), *built);
    let snapshots =
        [read, built.clone()].map(|world| Fake::new(world).expect("it fits").snapshot());
    assert_eq!(snapshots[0], snapshots[1]);
}

#[test]
fn the_demo_is_the_same_in_a_file() {
    assert_same(include_str!("worlds/demo.json"), &World::demo());
}

#[test]
fn the_world_of_the_guide_is_the_same_in_a_file() {
    assert_same(include_str!("worlds/guide.json"), &guide::seed());
}

#[test]
fn everything_is_the_same_in_a_file() {
    assert_same(EVERYTHING, &everything());
}

/// The file must contain every word of the schema, so that all of them are compared.
#[test]
fn the_file_has_every_property_of_the_schema() {
    let mut used = BTreeSet::new();
    words_of(&serde_json::from_str(EVERYTHING).expect("JSON"), &mut used);
    let schema = World::json_schema();
    let mut known = BTreeSet::new();
    for definition in schema["$defs"].as_object().expect("definitions").values().chain([&schema]) {
        words_of_schema(definition, &mut known);
    }
    // One of several values of a member, whose others stand in the file.
    let values = ["sensitive", "insensitive-lowercase", "tuesday", "wednesday", "thursday"];
    let more = ["production", "friday", "saturday", "stackable", "listOrder", "lowestDiscount"];
    let of_programs = ["not_join", "points_earned", "only_pending", "unlimited", "balance_based"];
    let of_tiers = ["tier_start_date", "program_join_date", "customer_attribute"];
    let of_points = ["manual", "current", "negative"];
    let values = [&values[..], &more, &of_programs, &of_tiers, &of_points].concat();
    known.retain(|word| !values.contains(&word.as_str()));

    let missing: Vec<_> = known.difference(&used).collect();

    assert!(known.len() > 100, "{known:?}");
    assert_eq!(missing, [""; 0]);
}

/// Names of members and texts.
fn words_of(value: &Value, words: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                words.insert(name.clone());
                words_of(member, words);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| words_of(item, words)),
        Value::String(text) => drop(words.insert(text.clone())),
        _ => {}
    }
}

/// Names of properties, and texts that stand for themselves.
fn words_of_schema(schema: &Value, words: &mut BTreeSet<String>) {
    let properties = schema["properties"].as_object();
    words.extend(properties.into_iter().flatten().map(|(name, _)| name.clone()));
    words.extend(schema["const"].as_str().map(str::to_owned));
    for choice in schema["oneOf"].as_array().into_iter().flatten() {
        words_of_schema(choice, words);
    }
}
