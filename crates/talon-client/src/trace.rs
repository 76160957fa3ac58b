//! One span per call, from an allow-list: never ids, bodies, queries or keys.

use http::StatusCode;
use talon_core::{Error, ErrorKind, OperationInfo, Result};
use tracing::Span;
use tracing::field::Empty;

/// The span of a call.
pub(crate) fn call(info: &OperationInfo) -> Span {
    tracing::info_span!(
        "talon.call",
        operation = info.id,
        method = info.method.as_str(),
        path = info.path,
        attempt = Empty,
        status = Empty,
        outcome = Empty,
    )
}

/// Notes which attempt is under way.
pub(crate) fn attempt(span: &Span, number: u32) {
    span.record("attempt", number);
}

/// Notes the status of a reply.
pub(crate) fn status(span: &Span, status: StatusCode) {
    span.record("status", status.as_u16());
}

/// Notes how the call ended.
pub(crate) fn outcome<T>(span: &Span, result: &Result<T>) {
    let outcome = match result.as_ref().map_err(Error::kind) {
        Ok(_) => "ok",
        Err(ErrorKind::Config) => "config",
        Err(ErrorKind::Encode) => "encode",
        Err(ErrorKind::Connect) => "connect",
        Err(ErrorKind::Timeout) => "timeout",
        Err(ErrorKind::Interrupted) => "interrupted",
        Err(ErrorKind::Api) => "api",
        Err(ErrorKind::Decode) => "decode",
        Err(ErrorKind::Unimplemented) => "unimplemented",
        Err(_) => "other",
    };
    span.record("outcome", outcome);
}
