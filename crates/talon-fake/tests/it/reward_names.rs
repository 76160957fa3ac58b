//! Rewards have the names of the effects that they cause.

use std::collections::BTreeSet;
use std::fs::read_to_string;
use std::path::Path;

use talon_fake::World;

/// Names of all types of effects.
macro_rules! effect_names {
    ($($(#[$doc:meta])* $props:ident = $name:literal $members:tt,)+) => {
        [$($name),+]
    };
}

/// The names of rewards in a world file.
fn rewards() -> BTreeSet<String> {
    let schema = World::json_schema();
    let rewards = schema["$defs"]["Reward"]["oneOf"].as_array().expect("rewards");
    let names = rewards.iter().map(|reward| {
        let members = reward["properties"].as_object();
        let name =
            members.map_or(reward["const"].as_str(), |it| it.keys().next().map(String::as_str));
        name.expect("a name").to_owned()
    });
    names.collect()
}

/// Names of the public functions of `Reward`.
fn functions() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
    let files = std::fs::read_dir(folder.join("reward")).expect("a folder");
    let mut source = read_to_string(folder.join("reward.rs")).expect("a source");
    for file in files {
        source += &read_to_string(file.expect("an entry").path()).expect("a source");
    }
    let of_reward = source.split("\nimpl Reward {").skip(1).filter_map(|it| it.split("\n}").next());
    let functions = of_reward.flat_map(|text| text.split("    pub fn ").skip(1));
    functions.filter_map(|text| Some(text.split(['(', '<']).next()?.to_owned())).collect()
}

/// `setDiscount` as `set_discount`.
fn snake_case(name: &str) -> String {
    let letters = name.chars().map(|it| match it {
        'A'..='Z' => format!("_{}", it.to_ascii_lowercase()),
        other => other.to_string(),
    });
    letters.collect()
}

#[test]
fn a_reward_is_called_as_its_effect_in_files_and_in_rust() {
    let effects: BTreeSet<&str> = talon_core::for_each_effect!(effect_names).into_iter().collect();
    let rewards = rewards();
    let others: Vec<_> = rewards.iter().filter(|name| !effects.contains(name.as_str())).collect();
    // Their effects tell what was created.
    assert_eq!(others, ["createCoupon", "createReferral"]);

    // Functions may add in what they differ, such as `add_loyalty_points_per_item`.
    let words: Vec<_> = effects.iter().map(|name| snake_case(name)).collect();
    let functions = functions();
    let others: Vec<_> = functions
        .iter()
        .filter(|function| !words.iter().any(|word| function.starts_with(word.as_str())))
        .collect();
    assert_eq!(others, ["compute"], "what a closure computes has no effect of its own");
    assert!(rewards.len() > 20 && functions.len() > 8, "{rewards:?} {functions:?}");
}

#[test]
fn a_name_of_a_reward_is_written_in_words() {
    assert_eq!(snake_case("setDiscountPerItem"), "set_discount_per_item");
}
