//! Worlds as a whole: `/_fake/health`, `/_fake/reset`, `/_fake/seed` and `/_fake/snapshot`.

use bytes::Bytes;
use http::{Response, StatusCode};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use talon_core::auth::ApiKey;

use super::body::{Reply, invalid, json, no_content, read, text};
use super::request::ControlRequest;
use crate::http::worlds::api_key_of;
use crate::world::{Application, World};

/// That the server serves.
#[derive(Debug, JsonSchema, Serialize)]
pub(super) struct Health {
    /// Always `ok`.
    status: &'static str,
    /// How many worlds it has.
    worlds: usize,
}

pub(super) fn health(call: &ControlRequest<'_>) -> Response<Bytes> {
    let worlds = call.worlds.all().len();
    json(StatusCode::OK, &Health { status: "ok", worlds })
}

/// Where a reset goes back to.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Reset {
    to: Option<ResetTarget>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) enum ResetTarget {
    /// The world of the last seed.
    #[default]
    Seed,
    /// The demo world, which becomes the seed; the API keys stay.
    Demo,
}

pub(super) fn reset(call: &ControlRequest<'_>) -> Reply {
    let fake = call.world()?;
    let sent = call.body();
    let Reset { to } = if sent.is_empty() { Reset::default() } else { read(sent)? };
    match to.unwrap_or_default() {
        ResetTarget::Seed => fake.reset(),
        ResetTarget::Demo => {
            let application =
                Application { api_keys: fake.application().api_keys, ..Application::default() };
            let demo = World { application, ..World::demo() };
            fake.seed(demo).map_err(|error| invalid(error.member(), error.to_string()))?;
        }
    }
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
