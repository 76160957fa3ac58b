//! Bodies of the control API.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Response, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use talon_core::{ApiError, Problem};

use crate::world::member_of;

pub(super) fn json(status: StatusCode, value: &impl Serialize) -> Response<Bytes> {
    let Ok(body) = serde_json::to_vec(value) else {
        return ApiError::new(StatusCode::INTERNAL_SERVER_ERROR, "It has no JSON form").to_http();
    };
    let mut reply = Response::new(body.into());
    *reply.status_mut() = status;
    reply.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    reply
}

pub(super) fn no_content() -> Response<Bytes> {
    let mut reply = Response::default();
    *reply.status_mut() = StatusCode::NO_CONTENT;
    reply
}

/// The body as a `T`, or a refusal that says where it does not fit.
pub(super) fn read<T: DeserializeOwned>(body: &Bytes) -> Result<T, ApiError> {
    if body.trim_ascii_start().starts_with(b"[") {
        return Err(invalid("", "must be an object, not a list"));
    }
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut deserializer)
        .map_err(|error| invalid(&member_of(&error), error.inner().to_string()))?;
    deserializer.end().map_err(|error| invalid("", error.to_string()))?;
    Ok(value)
}

/// The refusal of a body; `member` is a path such as `campaigns[0].name`.
pub(super) fn invalid(member: &str, details: impl Into<String>) -> ApiError {
    let members = member.split(['.', '[', ']']).filter(|part| !part.is_empty());
    let pointer = members.flat_map(|part| ["/", part]).collect::<String>();
    ApiError::invalid(Problem::at(pointer, "Invalid", details))
}
