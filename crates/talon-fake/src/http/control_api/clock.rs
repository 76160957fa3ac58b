//! `/_fake/clock`

use bytes::Bytes;
use http::{Response, StatusCode};
use serde::Deserialize;
use serde_json::json;
use talon_core::Timestamp;

use super::body::{Reply, invalid, json, read};
use super::request::ControlRequest;
use crate::Fake;
use crate::control::JsonDuration;
use crate::time::can_be_shown;

/// A call of a method of [`Clock`](crate::Clock).
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Change {
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
    json(StatusCode::OK, &json!({ "now": now, "follows_system": follows_system }))
}

pub(super) fn change(call: &ControlRequest<'_>) -> Reply {
    let fake = call.world()?;
    let clock = fake.clock();
    match read(call.body())? {
        Change::Set(now) if !can_be_shown(now) => {
            return Err(invalid("set", "must be within the years 1 to 9999"));
        }
        Change::Set(now) => clock.set(now),
        Change::Advance(JsonDuration(by)) => clock.advance(by),
        Change::FollowSystem => clock.follow_system(),
    }
    Ok(shown(&fake))
}
