//! Worlds as a whole: `/_fake/health`, `/_fake/reset`, `/_fake/seed` and `/_fake/snapshot`.

use bytes::Bytes;
use http::{Response, StatusCode};
use serde_json::json;
use talon_core::auth::ApiKey;

use super::body::{Reply, invalid, json, no_content, read, text};
use super::request::ControlRequest;
use crate::http::worlds::api_key_of;
use crate::world::World;

pub(super) fn health(call: &ControlRequest<'_>) -> Response<Bytes> {
    let worlds = call.worlds.all().len();
    json(StatusCode::OK, &json!({ "status": "ok", "worlds": worlds }))
}

pub(super) fn reset(call: &ControlRequest<'_>) -> Reply {
    call.world()?.reset();
    Ok(no_content())
}

pub(super) fn seed(call: &ControlRequest<'_>) -> Reply {
    let text = text(call.body())?;
    let world =
        World::from_json(text).map_err(|error| invalid(error.member(), error.to_string()))?;
    let key = api_key_of(call.headers());
    let seeded = call.worlds.seed(key.as_ref().map(ApiKey::reveal), world);
    seeded.map_err(|error| {
        let error = error.in_file(text);
        invalid(error.member(), error.to_string())
    })?;
    Ok(no_content())
}

pub(super) fn snapshot(call: &ControlRequest<'_>) -> Reply {
    Ok(json(StatusCode::OK, &call.world()?.snapshot()))
}

pub(super) fn restore(call: &ControlRequest<'_>) -> Reply {
    let snapshot = read(call.body())?;
    let restored = call.world()?.restore(&snapshot);
    restored.map_err(|error| invalid(error.member(), error.to_string()))?;
    Ok(no_content())
}
