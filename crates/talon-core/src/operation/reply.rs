//! Replies out of and into values.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use talon_json::Options;

use super::{OperationInfo, RetrySafety};
use crate::json;
use crate::{ApiError, Error, ErrorKind, Result};

/// How the absence of a body reads and writes: `()` and `None` are `null` in JSON.
const NULL: &[u8] = b"null";

/// Longest reply, in bytes, that is read once more to find the path of what does not fit.
///
/// Replies may be large and hostile; of a longer one the error has the line and the column.
const MAX_LOCATED: usize = 2 << 20;

pub(super) fn read<T: DeserializeOwned>(
    info: &OperationInfo,
    response: http::Response<Bytes>,
) -> Result<T> {
    let (head, body) = response.into_parts();
    if head.status.is_client_error() || head.status.is_server_error() {
        return Err(ApiError::from_response(head.status, body).into());
    }
    if !info.success.contains(&head.status) {
        let message = format!("was answered with the unexpected status {}", head.status.as_u16());
        return Err(Error::builder(ErrorKind::Decode, message).body(body).build());
    }
    let is_empty = body.is_empty() || head.status == StatusCode::NO_CONTENT;
    let json = if is_empty { NULL } else { &body[..] };
    Options::new().max_located(MAX_LOCATED).from_slice(json).map_err(|error| {
        let place = if is_empty { "it is empty".to_owned() } else { error.to_string() };
        let message = format!("was answered, but the reply cannot be read: {place}");
        let error =
            Error::builder(ErrorKind::Decode, message).source(error.into_cause()).body(body);
        if info.retry == RetrySafety::ReadOnly { error } else { error.possibly_applied() }.build()
    })
}

pub(super) fn write<T: Serialize>(
    info: &OperationInfo,
    reply: &T,
) -> Result<http::Response<Bytes>> {
    let json = Bytes::from(json::to_vec(reply)?);
    let is_nothing = json == NULL;
    let (first, last) = (info.success.first(), info.success.last());
    let status = if is_nothing { last } else { first };
    let mut response = http::Response::new(if is_nothing { Bytes::new() } else { json });
    *response.status_mut() = status.copied().unwrap_or(StatusCode::OK);
    if !is_nothing {
        let json = HeaderValue::from_static("application/json");
        response.headers_mut().insert(CONTENT_TYPE, json);
    }
    Ok(response)
}
