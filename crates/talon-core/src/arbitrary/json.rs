//! JSON values.

use std::collections::BTreeMap;

use proptest::arbitrary::any;
use proptest::collection::{btree_map, vec};
use proptest::num::f64::{NEGATIVE, NORMAL, POSITIVE, SUBNORMAL, ZERO};
use proptest::prop_oneof;
use proptest::sample::select;
use proptest::strategy::{BoxedStrategy, Just, Strategy};
use serde_json::Value;

use super::{Generate, MAX_ELEMENTS, generated, text};

/// Timestamps of RFC 3339, as a regular expression.
const TIME: &str = r"20[0-9]{2}-0[1-9]-[12][0-8]T[01][0-9]:[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?Z";

/// JSON values of every type, with up to 2 levels of nesting.
///
/// Names of members include those that serde_json reserves for its own types.
pub fn json() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        3 => text().prop_map(Value::from),
        2 => TIME.prop_map(Value::from),
        2 => (0..100_000_i32).prop_map(|cents| (f64::from(cents) / 100.0).into()),
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

/// Names of members, with those that serde_json reserves.
fn name() -> impl Strategy<Value = String> {
    let private = ["RawValue", "Number", ""].map(|name| format!("$serde_json::private::{name}"));
    prop_oneof![4 => text(), 1 => select(private.to_vec())]
}

impl Generate for Value {
    fn strategy() -> BoxedStrategy<Self> {
        json()
    }
}

/// Members of a JSON object.
pub(crate) fn members() -> impl Strategy<Value = BTreeMap<String, Value>> {
    btree_map(name(), json(), 0..=MAX_ELEMENTS)
}
