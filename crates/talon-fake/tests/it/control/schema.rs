//! Values against the schemas of an OpenAPI document.

use serde_json::{Map, Value};

/// Where a value does not fit a schema of the document.
pub(super) fn misfits(document: &Value, schema: &Value, value: &Value, place: &str) -> Vec<String> {
    let Value::Object(schema) = schema else { return Vec::new() };
    let mut found = Vec::new();
    if let Some(target) = schema.get("$ref") {
        let pointer =
            target.as_str().expect("a reference").strip_prefix('#').expect("in this document");
        let target = document.pointer(pointer);
        let target = target.unwrap_or_else(|| panic!("{pointer} leads nowhere"));
        found.extend(misfits(document, target, value, place));
    }
    let kinds = match schema.get("type") {
        Some(Value::String(kind)) => vec![kind.as_str()],
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    if !kinds.is_empty() && !kinds.iter().any(|kind| is_of_kind(kind, value)) {
        found.push(format!("{place}: {value} is none of {kinds:?}"));
    }
    if schema.get("const").is_some_and(|only| only != value)
        || schema
            .get("enum")
            .is_some_and(|known| known.as_array().is_none_or(|known| !known.contains(value)))
    {
        found.push(format!("{place}: {value} is another word"));
    }
    for word in ["anyOf", "oneOf"] {
        let Some(choices) = schema.get(word).and_then(Value::as_array) else { continue };
        let fits = |choice: &&Value| misfits(document, choice, value, place).is_empty();
        if !choices.iter().any(|choice| fits(&choice)) {
            found.push(format!("{place}: {value} fits none of {word}"));
        }
    }
    match value {
        Value::Object(members) => found.extend(member_misfits(document, schema, members, place)),
        Value::Array(items) => {
            let items = items.iter().enumerate();
            let schema = schema.get("items").unwrap_or(&Value::Null);
            found.extend(items.flat_map(|(index, item)| {
                misfits(document, schema, item, &format!("{place}/{index}"))
            }));
        }
        _ => {}
    }
    found
}

fn member_misfits(
    document: &Value,
    schema: &Map<String, Value>,
    members: &Map<String, Value>,
    place: &str,
) -> Vec<String> {
    let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
    let required = required.filter_map(Value::as_str);
    let missing = required.filter(|name| !members.contains_key(*name));
    let mut found: Vec<_> = missing.map(|name| format!("{place}: {name} is missing")).collect();
    let known = schema.get("properties").and_then(Value::as_object);
    let others = schema.get("additionalProperties");
    for (name, value) in members {
        let place = format!("{place}/{name}");
        match known.and_then(|known| known.get(name)).or(others) {
            Some(Value::Bool(false)) => found.push(format!("{place}: unknown")),
            Some(schema) => found.extend(misfits(document, schema, value, &place)),
            None => {}
        }
    }
    found
}

fn is_of_kind(kind: &str, value: &Value) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("no such type {other}"),
    }
}
