//! Every model can be encoded and decoded; the lists of models are complete.

use std::collections::BTreeSet;
use std::fmt::Debug;

use proptest::arbitrary::{Arbitrary, any};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use talon_core::effect::EffectKind;
use talon_core::{for_each_effect, for_each_model};
use talon_properties::for_each_value;
use talon_properties::models::all;

use crate::runner::holds_for_every;

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

/// Names of the members of a model, collected from many generated values.
fn members<T: Arbitrary + Serialize>(names: &mut BTreeSet<String>) {
    let mut runner = TestRunner::deterministic();
    for _ in 0..32 {
        let value = any::<T>().new_tree(&mut runner).expect("a strategy has values").current();
        if let Ok(Value::Object(members)) = serde_json::to_value(&value) {
            names.extend(members.into_iter().map(|(name, _)| name));
        }
    }
}

macro_rules! nouns {
    ($( $noun:ident { $( $model:ident, )+ } )+) => {
        $( #[test] fn $noun() { $( super::arrives::<super::all::$model>(); )+ } )+

        /// Names of members, by noun.
        pub(super) fn members() -> Vec<(&'static str, std::collections::BTreeSet<String>)> {
            vec![ $( {
                let mut names = std::collections::BTreeSet::new();
                $(
                    // Its unknown effects have arbitrary members.
                    if stringify!($model) != "EventEffect" {
                        super::members::<super::all::$model>(&mut names);
                    }
                )+
                (stringify!($noun), names)
            }, )+ ]
        }
    };
}

mod model_arrives_unchanged {
    super::for_each_model!(nouns);
}

mod effect_arrives_unchanged {
    macro_rules! effects {
        ($( $(#[$doc:meta])* $props:ident = $name:literal [ $( $prop:literal ),* ], )+) => {
            nouns! { effect { DiscountScope, Effect, EventEffect, $( $props, )+ } }
        };
    }
    super::for_each_effect!(effects);
}

mod value_arrives_unchanged {
    super::for_each_value!(nouns);

    /// Names of the values.
    macro_rules! names {
        (value { $( $value:ident, )+ }) => {
            pub(super) const NAMES: &[&str] = &[ $( stringify!($value), )+ ];
        };
    }
    super::for_each_value!(names);
}

#[test]
fn every_id_is_listed() {
    let source = include_str!("../../../../talon-core/src/value.rs");
    let ids = source.split("pub use id::{").nth(1).and_then(|text| text.split('}').next());
    let ids = ids.expect("value.rs exports the ids").split(',').map(str::trim);
    let ids: Vec<_> = ids.filter(|id| !id.is_empty()).collect();

    assert!(ids.len() > 10, "{ids:?}");
    for id in ids {
        assert!(value_arrives_unchanged::NAMES.contains(&id), "{id}");
    }
}

/// Words of the fuzzer: nouns, members and effect types.
fn words() -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    let nouns = [
        model_arrives_unchanged::members(),
        effect_arrives_unchanged::members(),
        value_arrives_unchanged::members(),
    ];
    for (noun, members) in nouns.into_iter().flatten() {
        words.insert(format!("\"{noun}\\x0a\""));
        // Members of attributes are arbitrary.
        if noun != "value" {
            words.extend(members.iter().map(|name| format!("\"\\\"{name}\\\":\"")));
        }
    }
    words.extend(EffectKind::TYPES.iter().map(|name| format!("\"\\\"{name}\\\"\"")));
    // Names that types of serde_json use internally, and lone surrogates.
    let private = ["RawValue", "Number"].map(|name| format!("$serde_json::private::{name}"));
    words.extend(private.map(|name| format!("\"\\\"{name}\\\":\"")));
    words.extend(["ud83d", "ude00"].map(|surrogate| format!("\"\\\\{surrogate}\"")));
    words
}

#[test]
fn the_fuzzing_dictionary_is_complete() {
    let dictionary = include_str!("../../../../../fuzz/dictionary");
    let written: BTreeSet<_> = dictionary.lines().map(ToOwned::to_owned).collect();
    let words = words();

    let missing: Vec<_> = words.difference(&written).map(String::as_str).collect();
    let unknown: Vec<_> = written.difference(&words).map(String::as_str).collect();
    assert!(missing.is_empty(), "add to fuzz/dictionary:\n{}", missing.join("\n"));
    assert!(unknown.is_empty(), "remove from fuzz/dictionary:\n{}", unknown.join("\n"));
}
