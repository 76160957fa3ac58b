//! What the specifications of June 2020 and of today say of replies: required members, types and
//! enumerations.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;
use talon_core::Timestamp;

mod exceptions;

pub use exceptions::{EXCEPTIONS, Exception};

static OF_2020: LazyLock<Specification> = LazyLock::new(|| {
    let mut of_2020 =
        read("2020", include_str!("../../../talon-samples/fixtures/schemas-2020.json"));
    let props = include_str!("../../../talon-samples/fixtures/effect-props-2020.json");
    let props: BTreeMap<_, _> = serde_json::from_str(props).expect("a map of schemas");
    of_2020.schemas.extend(props);
    of_2020
});

static OF_TODAY: LazyLock<Specification> = LazyLock::new(|| {
    read("today", include_str!("../../../talon-samples/fixtures/schemas-today.json"))
});

fn read(generation: &'static str, text: &str) -> Specification {
    let read = serde_json::from_str(text).expect("operations and schemas");
    Specification { generation, ..read }
}

/// The replies of one generation of the API.
#[derive(Debug, Deserialize)]
struct Specification {
    #[serde(skip)]
    generation: &'static str,
    /// Schema of the reply of each operation that has one.
    operations: BTreeMap<String, String>,
    schemas: BTreeMap<String, Schema>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Schema {
    required: Vec<String>,
    members: BTreeMap<String, Type>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Type {
    /// A type of JSON, `date-time`, `any`, or the name of a schema.
    Name(String),
    List([Box<Type>; 1]),
    Enumeration {
        #[serde(rename = "enum")]
        values: Vec<String>,
    },
    Map {
        #[serde(rename = "*")]
        values: Box<Type>,
    },
}

/// Something in a reply that a specification says otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Operation whose reply it is.
    pub operation: &'static str,
    /// `2020` or `today`.
    pub generation: &'static str,
    /// Schema and member, such as `CartItem.price`, with `[]` for each thing of a list and `{}` for
    /// each of a map.
    pub place: String,
    /// What is wrong, such as `is missing`.
    pub problem: String,
    /// JSON pointer into the reply.
    pub pointer: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { generation, place, problem, pointer, .. } = self;
        write!(f, "{generation}: {place} {problem} ({pointer})")
    }
}

/// What the specifications say otherwise of a successful reply of an operation.
///
/// Both are asked that have the operation. Where only that of 2020 does, that of today is asked of
/// the parts whose schemas it still has.
pub fn findings(operation: &'static str, reply: &Value) -> Vec<Finding> {
    let mut check = Check { operation, findings: Vec::new() };
    let (of_2020, of_today) = (&*OF_2020, &*OF_TODAY);
    let today = of_today.operations.get(operation);
    if let Some(schema) = of_2020.operations.get(operation) {
        let also = today.is_none().then_some(of_today);
        check.schema(of_2020, also, schema, reply, "");
    }
    if let Some(schema) = today {
        check.schema(of_today, None, schema, reply, "");
    }
    check.findings
}

/// Asserts that whatever is otherwise is an exception that is known.
#[track_caller]
pub(crate) fn assert_held(operation: &'static str, reply: &Value) {
    let findings = findings(operation, reply);
    let unknown: Vec<_> =
        findings.iter().filter(|finding| Exception::of(finding).is_none()).collect();
    assert!(unknown.is_empty(), "{operation}: {unknown:?}: {reply:#}");
}

#[derive(Debug)]
struct Check {
    operation: &'static str,
    findings: Vec<Finding>,
}

impl Check {
    fn add(
        &mut self,
        specification: &Specification,
        place: impl Into<String>,
        problem: impl Into<String>,
        pointer: impl Into<String>,
    ) {
        self.findings.push(Finding {
            operation: self.operation,
            generation: specification.generation,
            place: place.into(),
            problem: problem.into(),
            pointer: pointer.into(),
        });
    }

    /// Checks an object; `also` is asked from the first schema on that it has, too.
    fn schema(
        &mut self,
        asked: &'static Specification,
        also: Option<&'static Specification>,
        name: &str,
        value: &Value,
        pointer: &str,
    ) {
        let shared = also.filter(|also| also.schemas.contains_key(name));
        if let Some(also) = shared {
            self.schema(also, None, name, value, pointer);
        }
        let also = if shared.is_some() { None } else { also };
        let schema =
            asked.schemas.get(name).unwrap_or_else(|| panic!("no schema is called {name}"));
        let Value::Object(members) = value else {
            return self.add(asked, name, "is no object", pointer);
        };
        for member in schema.required.iter().filter(|member| !members.contains_key(*member)) {
            self.add(asked, format!("{name}.{member}"), "is missing", pointer);
        }
        for (member, held) in members {
            let Some(kind) = schema.members.get(member) else { continue };
            let place = format!("{name}.{member}");
            self.value(asked, also, kind, held, (&place, &format!("{pointer}/{member}")));
        }
        if name == "Effect" {
            self.props(asked, value, pointer);
        }
    }

    /// Checks the props of an effect, whose schema is named after its type.
    fn props(&mut self, asked: &'static Specification, effect: &Value, pointer: &str) {
        let schema = schema_of_props(effect["effectType"].as_str().unwrap_or_default());
        let pointer = format!("{pointer}/props");
        match effect.get("props") {
            Some(props) if asked.schemas.contains_key(&schema) => {
                self.schema(asked, None, &schema, props, &pointer);
            }
            // There were fewer types in 2020, and clients kept the props of others as they were.
            _ if asked.generation == "2020" => {}
            _ => self.add(asked, schema, "is no schema of props", pointer),
        }
    }

    fn value(
        &mut self,
        asked: &'static Specification,
        also: Option<&'static Specification>,
        kind: &Type,
        value: &Value,
        (place, pointer): (&str, &str),
    ) {
        match (kind, value) {
            (Type::Name(name), _) if asked.schemas.contains_key(name) => {
                self.schema(asked, also, name, value, pointer);
            }
            (Type::Name(name), _) => {
                if !is_a(name, value) {
                    self.add(asked, place, format!("is no {name}"), pointer);
                }
            }
            (Type::Enumeration { values }, _) => {
                if !value.as_str().is_some_and(|text| values.iter().any(|value| value == text)) {
                    self.add(asked, place, format!("is {value}, which is not listed"), pointer);
                }
            }
            (Type::List([kind]), Value::Array(values)) => {
                for (index, value) in values.iter().enumerate() {
                    let at = (&*format!("{place}[]"), &*format!("{pointer}/{index}"));
                    self.value(asked, also, kind, value, at);
                }
            }
            (Type::Map { values: kind }, Value::Object(values)) => {
                for (key, value) in values {
                    let at = (&*format!("{place}{{}}"), &*format!("{pointer}/{key}"));
                    self.value(asked, also, kind, value, at);
                }
            }
            (Type::List(_), _) => self.add(asked, place, "is no list", pointer),
            (Type::Map { .. }, _) => self.add(asked, place, "is no map", pointer),
        }
    }
}

/// `setDiscount` has `SetDiscountEffectProps`, `customEffect` has `CustomEffectProps`.
fn schema_of_props(effect_type: &str) -> String {
    let (first, rest) = effect_type.split_at_checked(1).unwrap_or_default();
    let rest = rest.strip_suffix("Effect").unwrap_or(rest);
    format!("{}{rest}EffectProps", first.to_uppercase())
}

fn is_a(name: &str, value: &Value) -> bool {
    match name {
        "any" => true,
        "boolean" => value.is_boolean(),
        "date-time" => value.as_str().is_some_and(|text| Timestamp::from_rfc3339(text).is_ok()),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "object" => value.is_object(),
        "string" => value.is_string(),
        _ => panic!("no type and no schema is called {name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn told(operation: &'static str, reply: &Value) -> Vec<String> {
        findings(operation, reply).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_is_missing_or_of_another_type_is_told_with_its_place() {
        let effect = json!({"campaignId": 1.5, "rulesetId": 1, "ruleIndex": 0, "ruleName": null,
            "effectType": "setDiscount", "props": {"name": "ten"}});
        let reply = json!({"effects": [effect], "createdCoupons": {}});

        let told = told("updateCustomerSessionV2", &reply);

        for generation in ["2020", "today"] {
            for finding in [
                "Effect.campaignId is no integer (/effects/0/campaignId)",
                "Effect.ruleName is no string (/effects/0/ruleName)",
                "SetDiscountEffectProps.value is missing (/effects/0/props)",
                "IntegrationStateV2.createdCoupons is no list (/createdCoupons)",
                "IntegrationStateV2.createdReferrals is missing ()",
            ] {
                assert!(told.contains(&format!("{generation}: {finding}")), "{finding}: {told:?}");
            }
        }
        assert_eq!(told.len(), 10, "{told:?}");
    }

    #[test]
    fn what_is_not_listed_is_told_by_the_generation_that_does_not_list_it() {
        let profile = json!({"id": 1, "integrationId": "a", "created": "2020-01-01", "accountId": 1,
            "attributes": {}, "closedSessions": 0, "totalSales": 0,
            "lastActivity": "2020-01-01T00:00:00Z"});
        let campaign = json!({"state": "scheduled", "features": ["giveaways"]});
        let reply = json!({"customerProfile": profile, "triggeredCampaigns": [campaign]});

        let told = told("updateCustomerSessionV2", &reply);

        let has = |finding: &str| told.iter().any(|told| told.starts_with(finding));
        assert!(has("2020: CustomerProfile.created is no date-time"), "{told:?}");
        assert!(
            has(r#"2020: Campaign.features[] is "giveaways", which is not listed"#),
            "{told:?}"
        );
        assert!(!has("today: Campaign.features[]"), "{told:?}");
        assert!(has(r#"today: Campaign.state is "scheduled", which is not listed"#), "{told:?}");
    }

    #[test]
    fn today_is_asked_of_what_it_still_has_of_the_first_version() {
        let reply = json!({"session": {}, "profile": {}, "event": {}});

        let told = told("updateCustomerSession", &reply);

        let has = |finding: &str| told.iter().any(|told| told.starts_with(finding));
        assert!(has("2020: CustomerSession.total is missing"), "{told:?}");
        assert!(has("2020: CustomerProfile.totalSales is missing"), "{told:?}");
        assert!(has("today: CustomerProfile.id is missing"), "{told:?}");
        assert!(!has("today: CustomerSession."), "{told:?}");
    }

    #[test]
    fn an_effect_that_today_does_not_know_is_told() {
        let effect = json!({"effectType": "befallNobody", "props": {}});
        let reply = json!({"effects": [effect]});

        let told = told("updateCustomerSessionV2", &reply);

        assert!(told.iter().any(|told| told.contains("BefallNobodyEffectProps is no schema")));
    }

    #[test]
    fn every_type_of_effect_has_a_schema() {
        let types = talon_core::effect::EffectKind::TYPES.iter();
        let without = types.filter(|name| !OF_TODAY.schemas.contains_key(&schema_of_props(name)));

        assert_eq!(without.collect::<Vec<_>>(), [&""; 0]);
    }
}
