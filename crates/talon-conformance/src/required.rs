//! Members that the specifications require of replies.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;

/// Schemas of replies by name, from `fixtures/required.json`.
static SCHEMAS: LazyLock<BTreeMap<String, Schema>> = LazyLock::new(|| {
    let text = include_str!("../../../fixtures/required.json");
    serde_json::from_str(text).expect("fixtures/required.json is a map of schemas")
});

/// What a schema requires, and which of its members have a schema too.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Schema {
    /// Required in June 2020.
    #[serde(rename = "2020")]
    of_2020: Vec<String>,
    /// Required today.
    today: Vec<String>,
    #[serde(default)]
    holds: BTreeMap<String, Holds>,
}

/// The schema of a member: of itself, or of each thing in it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Holds {
    One(String),
    Each(String),
    /// The member's schema is `effect/<type>`, by the effect's type.
    Props,
}

/// Pointers to the members that either specification requires of `schema` and `value` lacks.
///
/// # Panics
/// When there is no such schema.
pub fn missing(schema: &str, value: &Value) -> Vec<String> {
    let mut missing = Vec::new();
    check(schema, value, "", &mut missing);
    missing
}

/// Asserts that nothing is [`missing`].
#[track_caller]
pub(crate) fn assert_complete(schema: &str, value: &Value) {
    let missing = missing(schema, value);
    assert!(missing.is_empty(), "{schema} lacks {missing:?}: {value:#}");
}

fn check(name: &str, value: &Value, pointer: &str, missing: &mut Vec<String>) {
    let schema = SCHEMAS.get(name).unwrap_or_else(|| panic!("no schema is called {name}"));
    let Value::Object(members) = value else {
        return missing.push(format!("{pointer} (no object)"));
    };
    let required: BTreeSet<_> = schema.of_2020.iter().chain(&schema.today).collect();
    let absent =
        required.into_iter().filter(|member| members.get(*member).is_none_or(Value::is_null));
    missing.extend(absent.map(|member| format!("{pointer}/{member}")));
    for (member, holds) in &schema.holds {
        let Some(held) = members.get(member).filter(|held| !held.is_null()) else { continue };
        let pointer = format!("{pointer}/{member}");
        match holds {
            Holds::One(name) => check(name, held, &pointer, missing),
            Holds::Each(name) => check_each(name, held, &pointer, missing),
            Holds::Props => {
                check(&format!("effect/{}", effect_type(value)), held, &pointer, missing);
            }
        }
    }
}

fn check_each(name: &str, values: &Value, pointer: &str, missing: &mut Vec<String>) {
    match values {
        Value::Array(values) => {
            for (index, value) in values.iter().enumerate() {
                check(name, value, &format!("{pointer}/{index}"), missing);
            }
        }
        Value::Object(values) => {
            for (key, value) in values {
                check(name, value, &format!("{pointer}/{key}"), missing);
            }
        }
        _ => missing.push(format!("{pointer} (no list)")),
    }
}

fn effect_type(effect: &Value) -> &str {
    effect["effectType"].as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_missing_is_named_by_its_place() {
        let effect = json!({"campaignId": 1, "rulesetId": 1, "ruleIndex": 0, "ruleName": "",
            "effectType": "setDiscount", "props": {"name": "ten"}});
        let state = json!({"effects": [effect], "createdCoupons": []});

        let missing = missing("IntegrationStateV2", &state);

        assert_eq!(missing, ["/createdReferrals", "/effects/0/props/value"]);
    }

    #[test]
    fn a_member_that_is_null_is_missing() {
        let state = json!({"effects": [], "createdCoupons": [], "createdReferrals": null});

        assert_eq!(missing("IntegrationStateV2", &state), ["/createdReferrals"]);
    }

    #[test]
    fn every_type_of_effect_has_a_schema() {
        let types = talon_core::effect::EffectKind::TYPES.iter();
        let without = types.filter(|name| !SCHEMAS.contains_key(&format!("effect/{name}")));

        assert_eq!(without.collect::<Vec<_>>(), [&""; 0]);
    }
}
