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
        "description": "The request is refused: message, and errors with pointers.",
        "content": { "application/json": { "schema": { "type": "object" } } },
    });
    let mut operation = json!({
        "operationId": operation_id(endpoint),
        "summary": endpoint.summary,
        "parameters": parameters(endpoint),
        "responses": { endpoint.status.as_str(): success, "default": refusal },
    });
    if let Some(schema) = endpoint.body {
        let content = content(mark_requests(schema(requests).to_value()));
        let is_required = endpoint.path != "/_fake/reset";
        operation["requestBody"] = json!({ "required": is_required, "content": content });
    }
    operation
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
    let schemas: Map<String, Value> = requests.chain(replies).collect();
    document["components"]["schemas"] = schemas.into();
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
