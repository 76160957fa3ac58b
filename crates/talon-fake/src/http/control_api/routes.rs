//! Paths of the control API.

use bytes::Bytes;
use http::header::ALLOW;
use http::{HeaderValue, Method, Request, Response, StatusCode};
use serde_json::json;
use talon_core::auth::ApiKey;
use talon_core::{ApiError, OPERATIONS, Problem};

use super::body::{Reply, invalid, json, no_content, read, text};
use super::{clock, faults};
use crate::Fake;
use crate::http::Worlds;
use crate::http::worlds::api_key_of;
use crate::world::World;

/// A request, and the worlds of the server.
pub(super) struct ControlRequest<'a> {
    worlds: &'a Worlds,
    request: &'a Request<Bytes>,
}

/// Path, method and function of an endpoint.
pub(super) type Endpoint = (&'static str, Method, fn(&ControlRequest<'_>) -> Reply);

const ROUTES: &[Endpoint] = &[
    ("/_fake/health", Method::GET, |call| Ok(health(call))),
    ("/_fake/reset", Method::POST, reset),
    ("/_fake/seed", Method::POST, seed),
    ("/_fake/clock", Method::GET, |call| Ok(clock::show(&call.world()?))),
    ("/_fake/clock", Method::POST, |call| clock::change(&call.world()?, call.body())),
    ("/_fake/faults", Method::GET, |call| Ok(faults::show(&call.world()?))),
    ("/_fake/faults", Method::POST, |call| faults::plan(&call.world()?, call.body())),
    ("/_fake/faults", Method::DELETE, |call| Ok(faults::clear(&call.world()?))),
    ("/_fake/calls", Method::GET, calls),
    ("/_fake/calls", Method::DELETE, clear_calls),
    ("/_fake/snapshot", Method::GET, snapshot),
    ("/_fake/snapshot", Method::PUT, restore),
];

pub(super) fn handle(worlds: &Worlds, request: &Request<Bytes>) -> Reply {
    match find(request.method(), request.uri().path()) {
        Ok((_, _, call)) => call(&ControlRequest { worlds, request }),
        Err(reply) => Ok(*reply),
    }
}

/// The endpoint of a request, or the refusal of an unknown one.
pub(super) fn find(method: &Method, path: &str) -> Result<&'static Endpoint, Box<Response<Bytes>>> {
    let of_path = || ROUTES.iter().filter(|(known, ..)| *known == path);
    let wanted = if method == Method::HEAD { &Method::GET } else { method };
    match of_path().find(|(_, known, _)| known == wanted) {
        Some(endpoint) => Ok(endpoint),
        None if of_path().next().is_none() => Err(not_found().to_http().into()),
        None => Err(not_allowed(of_path().map(|(_, method, _)| method)).into()),
    }
}

impl ControlRequest<'_> {
    /// The world of the API key of the request; the first one without a key.
    fn world(&self) -> Result<Fake, ApiError> {
        let Some(key) = api_key_of(self.request.headers()) else { return Ok(self.worlds.first()) };
        let unknown = || ApiError::new(StatusCode::NOT_FOUND, "Not found: no world has this key");
        self.worlds.world_or_fresh(key.reveal()).ok_or_else(unknown)
    }

    fn body(&self) -> &Bytes {
        self.request.body()
    }

    fn query(&self, name: &str) -> Option<&str> {
        let pairs = self.request.uri().query().unwrap_or_default().split('&');
        pairs.filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name).map(|(_, v)| v)
    }
}

fn health(call: &ControlRequest<'_>) -> Response<Bytes> {
    json(StatusCode::OK, &json!({ "status": "ok", "worlds": call.worlds.all().len() }))
}

fn reset(call: &ControlRequest<'_>) -> Reply {
    call.world()?.reset();
    Ok(no_content())
}

fn seed(call: &ControlRequest<'_>) -> Reply {
    let text = text(call.body())?;
    let world =
        World::from_json(text).map_err(|error| invalid(error.member(), error.to_string()))?;
    let key = api_key_of(call.request.headers());
    let seeded = call.worlds.seed(key.as_ref().map(ApiKey::reveal), world);
    seeded.map_err(|error| {
        let error = error.in_file(text);
        invalid(error.member(), error.to_string())
    })?;
    Ok(no_content())
}

fn calls(call: &ControlRequest<'_>) -> Reply {
    let wanted = call.query("operation").map(operation).transpose()?;
    let (mut calls, forgotten) = call.world()?.calls_and_forgotten();
    calls.retain(|call| wanted.is_none_or(|wanted| call.operation == Some(wanted)));
    Ok(json(StatusCode::OK, &json!({ "calls": calls, "forgotten": forgotten })))
}

/// Checks the id of an operation: a list of calls of an unknown one would always be empty.
fn operation(id: &str) -> Result<&'static str, ApiError> {
    let known = OPERATIONS.iter().find(|operation| operation.id == id);
    known.map(|operation| operation.id).ok_or_else(|| {
        let details = format!("there is no operation \"{id}\"");
        ApiError::invalid(Problem::parameter("operation", "Invalid", details))
    })
}

fn clear_calls(call: &ControlRequest<'_>) -> Reply {
    call.world()?.clear_calls();
    Ok(no_content())
}

fn snapshot(call: &ControlRequest<'_>) -> Reply {
    Ok(json(StatusCode::OK, &call.world()?.snapshot()))
}

fn restore(call: &ControlRequest<'_>) -> Reply {
    let snapshot = read(call.body())?;
    let restored = call.world()?.restore(&snapshot);
    restored.map_err(|error| invalid(error.member(), error.to_string()))?;
    Ok(no_content())
}

fn not_found() -> ApiError {
    let mut paths: Vec<_> = ROUTES.iter().map(|(path, ..)| *path).collect();
    paths.dedup();
    let message = format!("Not found: the control API has {}", paths.join(", "));
    ApiError::new(StatusCode::NOT_FOUND, message)
}

fn not_allowed<'m>(methods: impl Iterator<Item = &'m Method>) -> Response<Bytes> {
    let methods = methods.map(Method::as_str).collect::<Vec<_>>().join(", ");
    let message = format!("Method not allowed: this path takes {methods}");
    let mut reply = ApiError::new(StatusCode::METHOD_NOT_ALLOWED, message).to_http();
    let methods = HeaderValue::from_str(&methods).expect("method names are ASCII");
    reply.headers_mut().insert(ALLOW, methods);
    reply
}
