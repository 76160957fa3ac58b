//! Comparison of a reply with schemas.

use serde_json::Value;
use talon_core::Timestamp;

use super::Finding;
use super::schemas::{Specification, Type};

/// The findings of one reply.
#[derive(Debug)]
pub(super) struct Check {
    pub(super) operation: &'static str,
    pub(super) findings: Vec<Finding>,
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

    /// Checks an object. `also` is checked from the first schema that it has as well.
    fn schema(
        &mut self,
        specification: &'static Specification,
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
            specification.schemas.get(name).unwrap_or_else(|| panic!("no schema is called {name}"));
        let Value::Object(members) = value else {
            return self.add(specification, name, "is no object", pointer);
        };
        for member in schema.required.iter().filter(|member| !members.contains_key(*member)) {
            self.add(specification, format!("{name}.{member}"), "is missing", pointer);
        }
        for (member, held) in members {
            let Some(kind) = schema.members.get(member) else { continue };
            let place = format!("{name}.{member}");
            self.value(specification, also, kind, held, (&place, &format!("{pointer}/{member}")));
        }
        if name == "Effect" {
            self.props(specification, value, pointer);
        }
    }

    /// Checks the props of an effect, whose schema is named after its type.
    fn props(&mut self, specification: &'static Specification, effect: &Value, pointer: &str) {
        let schema = schema_of_props(effect["effectType"].as_str().unwrap_or_default());
        let pointer = format!("{pointer}/props");
        match effect.get("props") {
            Some(props) if specification.schemas.contains_key(&schema) => {
                self.schema(specification, None, &schema, props, &pointer);
            }
            // There were fewer types in 2020, and clients kept the props of others as they were.
            _ if specification.generation == "2020" => {}
            _ => self.add(specification, schema, "is no schema of props", pointer),
        }
    }

    pub(super) fn value(
        &mut self,
        specification: &'static Specification,
        also: Option<&'static Specification>,
        kind: &Type,
        value: &Value,
        (place, pointer): (&str, &str),
    ) {
        match (kind, value) {
            (Type::Name(name), _) if specification.schemas.contains_key(name) => {
                self.schema(specification, also, name, value, pointer);
            }
            (Type::Name(name), _) => {
                if !is_a(name, value) {
                    self.add(specification, place, format!("is no {name}"), pointer);
                }
            }
            (Type::Enumeration { values }, _) => {
                if !value.as_str().is_some_and(|text| values.iter().any(|value| value == text)) {
                    self.add(
                        specification,
                        place,
                        format!("is {value}, which is not listed"),
                        pointer,
                    );
                }
            }
            (Type::List([kind]), Value::Array(values)) => {
                for (index, value) in values.iter().enumerate() {
                    let at = (&*format!("{place}[]"), &*format!("{pointer}/{index}"));
                    self.value(specification, also, kind, value, at);
                }
            }
            (Type::Map { values: kind }, Value::Object(values)) => {
                for (key, value) in values {
                    let at = (&*format!("{place}{{}}"), &*format!("{pointer}/{key}"));
                    self.value(specification, also, kind, value, at);
                }
            }
            (Type::List(_), _) => self.add(specification, place, "is no list", pointer),
            (Type::Map { .. }, _) => self.add(specification, place, "is no map", pointer),
        }
    }
}

/// `setDiscount` has `SetDiscountEffectProps`, `customEffect` has `CustomEffectProps`.
pub(super) fn schema_of_props(effect_type: &str) -> String {
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
