//! `/_fake/openapi.json`: a description of the control API, from its routes.

use bytes::Bytes;
use http::{Response, StatusCode};
use schemars::SchemaGenerator;
use schemars::generate::{Contract, SchemaSettings};
use serde_json::{Map, Value, json};

use super::TOKEN;
use super::body::json as reply;
use super::endpoint::Endpoint;

/// Where the document has its schemas.
const SCHEMAS: &str = "/components/schemas";

/// Name of the schema of refusals.
const REFUSAL: &str = "Refusal";

pub(super) fn show(routes: &'static [Endpoint]) -> Response<Bytes> {
    reply(StatusCode::OK, &document(routes))
}

/// The document: a path for each template, an operation for each endpoint, and all schemas.
fn document(routes: &[Endpoint]) -> Value {
    let mut requests = generator(Contract::Deserialize);
    let mut replies = generator(Contract::Serialize);
    let mut paths = Map::new();
    for endpoint in routes {
        let operation = operation(endpoint, &mut requests, &mut replies);
        let methods = paths.entry(endpoint.path).or_insert_with(|| json!({}));
        methods[endpoint.method.as_str().to_lowercase()] = operation;
    }
    let mut document = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Control API of the fake of Talon.One",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Shows and changes the world that the fake serves. Models of the \
                Integration API are described by its own document.",
        },
        "security": [{}, { "world": [] }, { "token": [] }],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "world": {
                    "type": "apiKey", "in": "header", "name": "Authorization",
                    "description": "`ApiKey-v1` and the key of a world; the first world without it.",
                },
                "token": { "type": "apiKey", "in": "header", "name": TOKEN },
            },
        },
    });
    add_schemas(&mut document, requests.take_definitions(true), replies.take_definitions(true));
    document
}

fn generator(contract: Contract) -> SchemaGenerator {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = SCHEMAS.into();
        settings.meta_schema = None;
        settings.contract = contract;
    });
    settings.into_generator()
}

fn operation(
    endpoint: &Endpoint,
    requests: &mut SchemaGenerator,
    replies: &mut SchemaGenerator,
) -> Value {
    let content = |schema| json!({ "application/json": { "schema": schema } });
    let mut success = json!({ "description": endpoint.summary });
    if let Some(schema) = endpoint.reply {
        success["content"] = content(schema(replies).to_value());
    }
    let refusal = json!({
        "description": "The request is refused.",
        "content": content(json!({ "$ref": format!("#{SCHEMAS}/{REFUSAL}") })),
    });
    let mut operation = json!({
        "operationId": operation_id(endpoint),
        "summary": endpoint.summary,
        "parameters": parameters(endpoint),
        "responses": { endpoint.status.as_str(): success, "default": refusal },
    });
    if let Some(schema) = endpoint.body {
        let mut schema = schema(requests).to_value();
        if let Some(member) = endpoint.id_member {
            schema = with_optional_id(&schema, requests, member);
        }
        let content = content(mark_requests(schema));
        let is_required = endpoint.path != "/_fake/reset";
        operation["requestBody"] = json!({ "required": is_required, "content": content });
    }
    operation
}

/// The schema of a row without the requirement to repeat the id in the path.
fn with_optional_id(row: &Value, requests: &SchemaGenerator, member: &str) -> Value {
    let name = row["$ref"].as_str().and_then(|target| target.rsplit('/').next());
    let definition = name.and_then(|name| requests.definitions().get(name));
    let mut row = definition.unwrap_or(row).clone();
    if let Some(required) = row.get_mut("required").and_then(Value::as_array_mut) {
        required.retain(|name| name != member);
    }
    row["properties"][member]["description"] = "Where it is given, that of the path.".into();
    row
}

/// Method and path in one word, such as `getCouponsByValue`.
fn operation_id(endpoint: &Endpoint) -> String {
    let mut id = endpoint.method.as_str().to_lowercase();
    for segment in endpoint.path.trim_start_matches("/_fake/").split('/') {
        let word = segment.trim_start_matches('{').trim_end_matches('}');
        let word = word.trim_end_matches(".json");
        let (first, rest) = word.split_at(word.chars().next().map_or(0, char::len_utf8));
        id.push_str(if segment.starts_with('{') { "By" } else { "" });
        id.push_str(&first.to_uppercase());
        id.push_str(rest);
    }
    id
}

fn parameters(endpoint: &Endpoint) -> Vec<Value> {
    let in_path = endpoint.param_names().map(|name| {
        json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } })
    });
    let in_query = endpoint.query.iter().map(|(name, description)| {
        json!({
            "name": name, "in": "query", "description": description,
            "schema": { "type": ["string", "integer"] },
        })
    });
    in_path.chain(in_query).collect()
}

/// Schemas of requests have names of their own: a member that a request may leave out is always in a
/// reply.
fn add_schemas(document: &mut Value, requests: Map<String, Value>, replies: Map<String, Value>) {
    let requests = requests.into_iter().map(|(name, it)| (request_name(&name), mark_requests(it)));
    let refusal = (REFUSAL.to_owned(), refusal());
    let schemas: Map<String, Value> = requests.chain(replies).chain([refusal]).collect();
    document["components"]["schemas"] = schemas.into();
}

/// The schema of a refusal, as the Integration API has it.
fn refusal() -> Value {
    let text = json!({ "type": "string" });
    let source = json!({
        "type": "object",
        "properties": { "pointer": text, "parameter": text },
        "additionalProperties": false,
    });
    let error = json!({
        "type": "object",
        "properties": { "title": text, "details": text, "source": source },
        "required": ["title", "source"],
        "additionalProperties": false,
    });
    json!({
        "type": "object",
        "properties": {
            "message": text,
            "errors": { "type": "array", "items": error },
            "StatusCode": { "type": "integer" },
        },
        "required": ["message"],
        "additionalProperties": false,
    })
}

fn request_name(name: &str) -> String {
    format!("{name}Request")
}

/// Has all references lead to schemas of requests.
fn mark_requests(schema: Value) -> Value {
    match schema {
        Value::Object(members) => {
            let marked = members.into_iter().map(|(name, value)| match value {
                Value::String(target) if name == "$ref" => (name, request_name(&target).into()),
                other => (name, mark_requests(other)),
            });
            Value::Object(marked.collect())
        }
        Value::Array(items) => items.into_iter().map(mark_requests).collect(),
        other => other,
    }
}
