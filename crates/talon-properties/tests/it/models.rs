//! Every model, there and back; and that the lists of them are whole.

use std::collections::BTreeSet;
use std::fmt::Debug;

use proptest::arbitrary::{Arbitrary, any};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use talon_core::effect::EffectKind;
use talon_properties::for_each_model;
use talon_properties::models::all;

use crate::every::holds_for_every;

const CASES: u32 = 48;

fn arrives<T>()
where
    T: Arbitrary + Clone + Debug + PartialEq + Serialize + DeserializeOwned,
{
    holds_for_every(CASES, any::<T>(), |sent| {
        let written = serde_json::to_string(&sent).expect("every model has a JSON form");
        let arrived: T = serde_json::from_str(&written).expect("what was written can be read");
        assert_eq!(arrived, sent);
        let again = serde_json::to_string(&arrived).expect("every model has a JSON form");
        assert_eq!(again, written);
    });
}

/// Names of the members of a model, as far as many values show them.
fn members<T: Arbitrary + Serialize>(names: &mut BTreeSet<String>) {
    let mut runner = TestRunner::deterministic();
    for _ in 0..32 {
        let value = any::<T>().new_tree(&mut runner).expect("a strategy has values").current();
        if let Ok(Value::Object(members)) = serde_json::to_value(&value) {
            names.extend(members.into_iter().map(|(name, _)| name));
        }
    }
}

macro_rules! families {
    ($( $family:ident { $( $model:ident, )+ } )+) => {
        mod model_arrives_unchanged {
            $( #[test] fn $family() { $( super::arrives::<super::all::$model>(); )+ } )+
        }

        /// Every model of the list, with its family.
        const LISTED: &[(&str, &str)] = &[ $( $( (stringify!($family), stringify!($model)), )+ )+ ];

        /// Names of members, by family.
        fn members_by_family() -> Vec<(&'static str, BTreeSet<String>)> {
            vec![ $( {
                let mut names = BTreeSet::new();
                $(
                    // One that is kept as it came has any members.
                    if stringify!($model) != "EventEffect" {
                        members::<all::$model>(&mut names);
                    }
                )+
                (stringify!($family), names)
            }, )+ ]
        }
    };
}
for_each_model!(families);

/// What `pub use family::{A, B};` of a source names, with the family.
fn exports(source: &str) -> BTreeSet<(String, String)> {
    let uses = source.split("pub use ").skip(1).filter_map(|text| text.split(';').next());
    let lists = uses.filter_map(|text| text.split_once("::"));
    let names = lists.flat_map(|(family, list)| {
        let list = list.trim_matches(|brace| brace == '{' || brace == '}');
        let names = list.split(',').map(str::trim).filter(|name| !name.is_empty());
        names.map(|name| (family.to_owned(), name.to_owned())).collect::<Vec<_>>()
    });
    names.collect()
}

fn listed(families: impl Fn(&str) -> bool) -> BTreeSet<(String, String)> {
    let listed = LISTED.iter().filter(|(family, _)| families(family));
    listed.map(|(family, model)| ((*family).to_owned(), (*model).to_owned())).collect()
}

#[test]
fn every_model_of_talon_core_is_listed() {
    let exported = exports(include_str!("../../../talon-core/src/model.rs"));

    assert!(exported.contains(&("coupon".to_owned(), "Coupon".to_owned())));
    assert_eq!(listed(|family| !["effect", "scalar"].contains(&family)), exported);
}

#[test]
fn the_props_of_every_effect_are_listed() {
    let kinds = include_str!("../../../talon-core/src/effect/kind.rs");
    let declared = kinds.lines().filter_map(|line| line.trim().split_once(" = \""));
    let declared: BTreeSet<_> = declared
        .filter(|(props, _)| props.bytes().all(|byte| byte.is_ascii_alphabetic()))
        .map(|(props, _)| ("effect".to_owned(), props.to_owned()))
        .collect();

    assert_eq!(declared.len(), EffectKind::TYPES.len());
    assert!(declared.is_subset(&listed(|family| family == "effect")), "{declared:?}");
}

#[test]
fn every_id_is_listed() {
    let exported = exports(include_str!("../../../talon-core/src/lib.rs"));
    let ids = exported.into_iter().filter(|(module, _)| module == "id");
    let ids: BTreeSet<_> = ids.map(|(_, name)| ("scalar".to_owned(), name)).collect();

    assert!(!ids.is_empty());
    assert!(ids.is_subset(&listed(|family| family == "scalar")), "{ids:?}");
}

/// Words of the fuzzer: families, members and effect types.
fn words() -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for (family, members) in members_by_family() {
        words.insert(format!("\"{family}\\x0a\""));
        // Members of attributes are anything.
        if family != "scalar" {
            words.extend(members.iter().map(|name| format!("\"\\\"{name}\\\":\"")));
        }
    }
    words.extend(EffectKind::TYPES.iter().map(|name| format!("\"\\\"{name}\\\"\"")));
    // Names by which the types of serde_json know each other, and halves of characters.
    let private = ["RawValue", "Number"].map(|name| format!("$serde_json::private::{name}"));
    words.extend(private.map(|name| format!("\"\\\"{name}\\\":\"")));
    words.extend(["ud83d", "ude00"].map(|half| format!("\"\\\\{half}\"")));
    words
}

#[test]
fn the_dictionary_of_the_fuzzer_has_every_word() {
    let dictionary = include_str!("../../../../fuzz/dictionary");
    let written: BTreeSet<_> = dictionary.lines().map(ToOwned::to_owned).collect();
    let words = words();

    let missing: Vec<_> = words.difference(&written).map(String::as_str).collect();
    let unknown: Vec<_> = written.difference(&words).map(String::as_str).collect();
    assert!(missing.is_empty(), "add to fuzz/dictionary:\n{}", missing.join("\n"));
    assert!(unknown.is_empty(), "remove from fuzz/dictionary:\n{}", unknown.join("\n"));
}
