//! Bodies of the control API.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Response, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use talon_core::document::Document;
use talon_core::{ApiError, Problem};

/// Result of a request.
pub(super) type Reply = Result<Response<Bytes>, ApiError>;

pub(super) fn json(status: StatusCode, value: &impl Serialize) -> Response<Bytes> {
    let Ok(body) = talon_core::json::to_vec(value) else {
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

/// Decodes a body. The refusal names the place of an error, with line and column.
pub(super) fn read<T: DeserializeOwned>(body: &Bytes) -> Result<T, ApiError> {
    let text = text(body)?;
    // Snapshots are large: a valid body is parsed once, and only an invalid one again with places.
    // That reader is compiled for the state file too, and would read a list as an object.
    let is_list = text.trim_start().starts_with('[');
    if let Some(value) = talon_json::from_slice_compact(body).ok().filter(|_| !is_list) {
        return Ok(value);
    }
    let read = Document::parse(text).and_then(|document| document.decode());
    read.map_err(|error| ApiError::invalid(error.to_problem()))
}

/// Decodes a body as text.
pub(super) fn text(body: &Bytes) -> Result<&str, ApiError> {
    std::str::from_utf8(body).map_err(|_| invalid("", "the body is no UTF-8"))
}

/// The refusal of a body because of a member, such as `campaigns[0].name`.
pub(super) fn invalid(member: &str, details: impl Into<String>) -> ApiError {
    let members = member.split(['.', '[', ']']).filter(|part| !part.is_empty());
    let pointer = members.flat_map(|part| ["/", part]).collect::<String>();
    ApiError::invalid(Problem::at(pointer, "Invalid", details))
}
