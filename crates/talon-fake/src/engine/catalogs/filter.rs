//! Filters of the items of a catalog.

use serde_json::Value;
use talon_core::model::{CatalogFilter, CatalogFilterOperator};
use talon_core::{Amount, Attributes};

/// Whether attributes pass all filters. An attribute that is absent passes none.
pub(super) fn passes(filters: &[CatalogFilter], attributes: &Attributes) -> bool {
    filters.iter().all(|filter| {
        attributes.get(&filter.attr).is_some_and(|value| holds(value, &filter.op, &filter.value))
    })
}

fn holds(value: &Value, op: &CatalogFilterOperator, wanted: &Value) -> bool {
    let compared = || Some((number(value)?, number(wanted)?));
    let holds = |test: fn(&Amount, &Amount) -> bool| compared().is_some_and(|(a, b)| test(&a, &b));
    match op {
        CatalogFilterOperator::Equal => equal(value, wanted),
        CatalogFilterOperator::Less => holds(Amount::lt),
        CatalogFilterOperator::LessOrEqual => holds(Amount::le),
        CatalogFilterOperator::Greater => holds(Amount::gt),
        CatalogFilterOperator::GreaterOrEqual => holds(Amount::ge),
        CatalogFilterOperator::In => {
            let list = wanted.as_str().unwrap_or_default();
            list.split(',').any(|one| equal(value, &Value::from(one.trim())))
        }
        _ => false,
    }
}

/// Whether an attribute equals a value, which may be written as a text.
fn equal(value: &Value, wanted: &Value) -> bool {
    match (value, wanted) {
        (Value::Number(_), _) => number(value).is_some_and(|it| number(wanted) == Some(it)),
        (Value::String(_) | Value::Null, _) => value == wanted,
        (_, Value::String(text)) => text.parse().is_ok_and(|wanted: Value| *value == wanted),
        _ => value == wanted,
    }
}

/// A number, which may be written as a text.
pub(crate) fn number(value: &Value) -> Option<Amount> {
    match value {
        Value::String(text) => text.trim().parse().ok(),
        Value::Number(number) => number.to_string().parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn assert_holds(value: &Value, op: &str, wanted: &Value, expected: bool) {
        let filter = CatalogFilter::new("a", op.into(), wanted.clone());
        let attributes = Attributes::new().with("a", value.clone());

        assert_eq!(passes(&[filter], &attributes), expected, "{value} {op} {wanted}");
    }

    #[test]
    fn numbers_are_compared_as_numbers_however_they_are_written() {
        for (value, op, wanted, expected) in [
            (json!(45), "GT", json!("45"), false),
            (json!(45.5), "GT", json!("45"), true),
            (json!(9), "LT", json!(10), true),
            (json!(9), "GE", json!("9.0"), true),
            (json!(9), "LE", json!("8"), false),
            (json!("9"), "LT", json!("10"), true),
            (json!("red"), "LT", json!("10"), false),
            (json!(45), "EQ", json!("45.0"), true),
            (json!(45), "EQ", json!("blue"), false),
            (json!(45), "IN", json!("44, 45"), true),
        ] {
            assert_holds(&value, op, &wanted, expected);
        }
    }

    #[test]
    fn texts_flags_and_lists_are_compared_exactly() {
        for (value, op, wanted, expected) in [
            (json!("blue"), "EQ", json!("blue"), true),
            (json!("blue"), "EQ", json!("Blue"), false),
            (json!("1.0"), "EQ", json!("1"), false),
            (json!("blue"), "IN", json!("red,blue"), true),
            (json!("blue"), "IN", json!("blueish,red"), false),
            (json!(true), "EQ", json!("true"), true),
            (json!(true), "EQ", json!(false), false),
            (json!(["a"]), "EQ", json!(["a"]), true),
            (json!("blue"), "LIKE", json!("blue"), false),
        ] {
            assert_holds(&value, op, &wanted, expected);
        }
    }
}
