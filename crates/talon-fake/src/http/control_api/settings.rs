//! `/_fake/settings`

use bytes::Bytes;
use http::{Response, StatusCode};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::body::{Reply, json, read};
use super::request::ControlRequest;
use crate::Fake;

/// Settings of a world, until a reset or a seed.
#[derive(Debug, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Settings {
    /// Whether requests with members that their operation does not have are refused.
    strict: bool,
}

pub(super) fn show(call: &ControlRequest<'_>) -> Reply {
    Ok(shown(call, &call.world()?))
}

pub(super) fn change(call: &ControlRequest<'_>) -> Reply {
    let fake = call.world()?;
    let Settings { strict } = read(call.body())?;
    fake.set_strict(strict);
    Ok(shown(call, &fake))
}

fn shown(call: &ControlRequest<'_>, fake: &Fake) -> Response<Bytes> {
    let strict = fake.strictness().unwrap_or(call.worlds.is_strict());
    json(StatusCode::OK, &Settings { strict })
}
