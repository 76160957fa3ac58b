//! JSON, and what holds it as it came.

use std::fmt::Debug;

use proptest::arbitrary::{Arbitrary, any};
use proptest::collection::{btree_map, vec};
use proptest::num::f64::{NEGATIVE, NORMAL, POSITIVE, SUBNORMAL, ZERO};
use proptest::option;
use proptest::prop_oneof;
use proptest::sample::select;
use proptest::strategy::{BoxedStrategy, Just, Strategy};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Generate, MAX_ELEMENTS, from_strategy, generated, text};
use crate::{Amount, Attributes, KnownOrRaw, RawJson, Timestamp};

/// JSON values of every type, nested a little; among the names of members are those by which the
/// types of serde_json know each other.
pub fn json() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        3 => text().prop_map(Value::from),
        2 => generated::<Timestamp>().prop_map(|at| at.to_string().into()),
        2 => generated::<Amount>().prop_map(|amount| amount.to_f64().into()),
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::from),
        1 => generated::<i64>().prop_map(Value::from),
        1 => any::<u64>().prop_map(Value::from),
        1 => (POSITIVE | NEGATIVE | NORMAL | SUBNORMAL | ZERO).prop_map(Value::from),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..=MAX_ELEMENTS).prop_map(Value::from),
            btree_map(name(), inner, 0..=MAX_ELEMENTS).prop_map(Value::from_iter),
        ]
    })
    .boxed()
}

/// Names of members; serde_json's `Value` takes those that begin with `$` for code.
fn name() -> impl Strategy<Value = String> {
    let private = ["RawValue", "Number", ""].map(|name| format!("$serde_json::private::{name}"));
    prop_oneof![4 => text(), 1 => select(private.to_vec())]
}

impl Generate for Value {
    fn strategy() -> BoxedStrategy<Self> {
        json()
    }
}

from_strategy!(Attributes: btree_map(name(), json(), 0..=MAX_ELEMENTS).prop_map(Attributes::from_iter));

/// The text of any value, on one line or many.
fn raw() -> impl Strategy<Value = RawJson> {
    (json(), any::<bool>()).prop_map(|(value, is_pretty)| {
        let text = if is_pretty { format!("{value:#}") } else { value.to_string() };
        serde_json::from_str(&text).expect("the text of a value is JSON")
    })
}

/// A member of `null` is an absent one.
fn is_something(raw: &RawJson) -> bool {
    raw.get() != "null"
}

impl Generate for RawJson {
    fn strategy() -> BoxedStrategy<Self> {
        raw().boxed()
    }

    fn optional() -> BoxedStrategy<Option<Self>> {
        option::of(raw().prop_filter("null is absence", is_something)).boxed()
    }
}

impl Arbitrary for RawJson {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;

    fn arbitrary_with((): ()) -> Self::Strategy {
        generated()
    }
}

/// What `known` makes, or JSON that is no such value.
fn known_or_raw<T: DeserializeOwned + Debug + 'static>(
    known: impl Strategy<Value = T> + 'static,
) -> BoxedStrategy<KnownOrRaw<T>> {
    let raw = raw().prop_filter("it has the declared shape", |raw| {
        is_something(raw) && raw.decode::<T>().is_err()
    });
    prop_oneof![4 => known.prop_map(KnownOrRaw::Known), 1 => raw.prop_map(KnownOrRaw::Raw)].boxed()
}

impl<T: Generate + DeserializeOwned> Generate for KnownOrRaw<T> {
    fn strategy() -> BoxedStrategy<Self> {
        known_or_raw(T::strategy())
    }
}

impl<T> Arbitrary for KnownOrRaw<T>
where
    T: Arbitrary<Strategy: 'static> + DeserializeOwned + 'static,
{
    type Parameters = T::Parameters;
    type Strategy = BoxedStrategy<Self>;

    fn arbitrary_with(parameters: Self::Parameters) -> Self::Strategy {
        known_or_raw(T::arbitrary_with(parameters))
    }
}
