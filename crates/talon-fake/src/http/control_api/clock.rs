//! `/_fake/clock`

use bytes::Bytes;
use http::{Response, StatusCode};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use talon_core::Timestamp;

use super::body::{Reply, invalid, json, read};
use super::request::ControlRequest;
use crate::Fake;
use crate::control::JsonDuration;
use crate::time::can_be_shown;

/// What the clock shows.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ClockState {
    now: Timestamp,
    /// Whether it follows the clock of the machine.
    follows_system: bool,
}

/// A call of a method of `Clock`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) enum ClockChange {
    Set(Timestamp),
    Advance(JsonDuration),
    FollowSystem,
}

pub(super) fn show(call: &ControlRequest<'_>) -> Reply {
    Ok(shown(&call.world()?))
}

fn shown(fake: &Fake) -> Response<Bytes> {
    let clock = fake.clock();
    let (now, follows_system) = (clock.now(), clock.follows_system());
    json(StatusCode::OK, &ClockState { now, follows_system })
}

pub(super) fn change(call: &ControlRequest<'_>) -> Reply {
    let fake = call.world()?;
    let clock = fake.clock();
    match read(call.body())? {
        ClockChange::Set(now) if !can_be_shown(now) => {
            return Err(invalid("set", "must be within the years 1 to 9999"));
        }
        ClockChange::Set(now) => clock.set(now),
        ClockChange::Advance(JsonDuration(by)) => clock.advance(by),
        ClockChange::FollowSystem => clock.follow_system(),
    }
    Ok(shown(&fake))
}
