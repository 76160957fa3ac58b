//! Updates of attributes.

use std::collections::BTreeSet;

use proptest::collection::btree_map;
use proptest::sample::select;
use proptest::strategy::Strategy;
use talon_core::Attributes;
use talon_core::arbitrary::json;

use crate::runner::holds_for_every;

const CASES: u32 = 256;

/// Few names, so that updates and attributes have names in common.
const NAMES: &[&str] = &["City", "Vip", "Age", "Tags"];

pub(crate) fn attributes() -> impl Strategy<Value = Attributes> {
    btree_map(select(NAMES), json(), 0..=NAMES.len()).prop_map(Attributes::from_iter)
}

pub(crate) fn merged(mut attributes: Attributes, update: &Attributes) -> Attributes {
    attributes.merge(update);
    attributes
}

/// Attributes as a service stores them: none of them is `null`.
fn stored() -> impl Strategy<Value = Attributes> {
    attributes().prop_map(|attributes| merged(Attributes::new(), &attributes))
}

#[test]
fn each_name_is_set_removed_or_kept() {
    holds_for_every(CASES, (stored(), attributes()), |(old, update)| {
        let new = merged(old.clone(), &update);

        let names: BTreeSet<_> =
            [&old, &update, &new].into_iter().flat_map(|all| all.keys()).collect();
        for name in names {
            let expected = match update.get(name) {
                Some(value) if value.is_null() => None,
                Some(value) => Some(value),
                None => old.get(name),
            };
            assert_eq!(new.get(name), expected, "{name}");
        }
    });
}

#[test]
fn an_update_applied_twice_is_applied_once() {
    holds_for_every(CASES, (stored(), attributes()), |(old, update)| {
        let once = merged(old, &update);
        assert_eq!(merged(once.clone(), &update), once);
    });
}

#[test]
fn of_two_updates_the_later_one_wins() {
    holds_for_every(CASES, (stored(), attributes(), attributes()), |(old, first, second)| {
        let in_turn = merged(merged(old.clone(), &first), &second);
        let mut both = first;
        both.extend(second.iter().map(|(name, value)| (name.clone(), value.clone())));
        assert_eq!(in_turn, merged(old, &both));
    });
}

#[test]
fn an_empty_update_changes_nothing() {
    holds_for_every(CASES, stored(), |attributes| {
        assert_eq!(merged(attributes.clone(), &Attributes::new()), attributes);
    });
}
