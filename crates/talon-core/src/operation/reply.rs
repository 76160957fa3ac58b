//! Replies: from HTTP to values, and back.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use talon_json::Options;

use super::success::forbids_body;
use super::{OperationInfo, RetrySafety};
use crate::json;
use crate::{ApiError, Error, ErrorKind, Result};

/// JSON of `()` and `None`, which stand for a reply without a body.
const NULL: &[u8] = b"null";

/// Longest reply, in bytes, that is read once more to find the path of what does not fit.
///
/// Replies may be large and hostile; of a longer one the error has the line and the column.
const MAX_LOCATED: usize = 2 << 20;

/// Decodes a reply: an absent body is read as `null`.
pub(super) fn read<T: DeserializeOwned>(
    info: &OperationInfo,
    response: http::Response<Bytes>,
) -> Result<T> {
    let (head, body) = response.into_parts();
    if head.status.is_client_error() || head.status.is_server_error() {
        let refusal = Error::from(ApiError::from_response(head.status, body));
        return Err(refusal.into_builder().headers(head.headers).build());
    }
    if !info.success.contains(&head.status) {
        let message = format!("was answered with the unexpected status {}", head.status.as_u16());
        let error = Error::builder(ErrorKind::Decode, message).body(body);
        return Err(error.headers(head.headers).build());
    }
    let is_empty = body.is_empty() || forbids_body(head.status);
    let json = if is_empty { NULL } else { &body[..] };
    Options::new().max_located(MAX_LOCATED).from_slice(json).map_err(|error| {
        let place = if is_empty { "it is empty".to_owned() } else { error.to_string() };
        let message = format!("was answered, but the reply cannot be read: {place}");
        let error = Error::builder(ErrorKind::Decode, message)
            .source(error.into_cause())
            .body(body)
            .headers(head.headers);
        if info.retry == RetrySafety::ReadOnly { error } else { error.possibly_applied() }.build()
    })
}

/// Encodes a reply: `null` has no body, and selects the status that forbids one if it is declared.
pub(super) fn write<T: Serialize>(
    info: &OperationInfo,
    reply: &T,
) -> Result<http::Response<Bytes>> {
    with_body(info, json::to_vec(reply)?)
}

/// The reply with this JSON.
fn with_body(info: &OperationInfo, json: Vec<u8>) -> Result<http::Response<Bytes>> {
    let status = |has_body: bool| {
        info.success.iter().copied().find(|status| forbids_body(*status) != has_body)
    };
    let is_null = json == NULL;
    let without_body = status(false).filter(|_| is_null);
    let Some(status) = without_body.or_else(|| status(true)) else {
        let message = "has a reply, but declares no status that has a body";
        return Err(Error::new(ErrorKind::Encode, message));
    };
    if is_null {
        return Ok(response(status, Bytes::new()));
    }
    let mut response = response(status, json.into());
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, json);
    Ok(response)
}

fn response(status: StatusCode, body: Bytes) -> http::Response<Bytes> {
    let mut response = http::Response::new(body);
    *response.status_mut() = status;
    response
}
