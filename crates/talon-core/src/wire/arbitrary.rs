//! Values for property tests.

use std::fmt::Debug;

use proptest::arbitrary::{Arbitrary, any};
use proptest::option;
use proptest::prop_oneof;
use proptest::strategy::{BoxedStrategy, Strategy};
use serde::de::DeserializeOwned;

use super::{KnownOrRaw, RawJson};
use crate::arbitrary::{Generate, generated, json};

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
