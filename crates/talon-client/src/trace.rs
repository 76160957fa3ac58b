//! One span for each call, with an allow-list of fields: no ids, bodies, queries or keys.

use std::time::Duration;

use http::StatusCode;
use talon_core::{Error, ErrorKind, OperationInfo, Result};
use tracing::Span;
use tracing::field::Empty;

/// Creates the span of a call.
pub(crate) fn call_span(info: &OperationInfo) -> Span {
    tracing::info_span!(
        "talon.call",
        operation = info.id,
        method = info.method.as_str(),
        path = info.path,
        attempt = Empty,
        status = Empty,
        outcome = Empty,
        stop_reason = Empty,
    )
}

/// Records the number of the current attempt.
pub(crate) fn record_attempt(span: &Span, number: u32) {
    span.record("attempt", number);
}

/// Logs that there will be a further attempt.
pub(crate) fn retry(attempt: u32, pause: Duration, error: &Error) {
    tracing::debug!(attempt, pause_ms = pause.as_millis(), cause = kind_name(error), "retrying");
}

/// Records the status of a reply.
pub(crate) fn record_status(span: &Span, status: StatusCode) {
    span.record("status", status.as_u16());
}

/// Records the result of the call.
pub(crate) fn record_outcome<T>(span: &Span, result: &Result<T>) {
    span.record("outcome", result.as_ref().map_or_else(kind_name, |_| "ok"));
    if let Some(reason) = result.as_ref().err().and_then(Error::stop_reason) {
        span.record("stop_reason", tracing::field::display(reason));
    }
}

/// Records that the future of the call was dropped.
pub(crate) fn record_cancellation(span: &Span) {
    span.record("outcome", "cancelled");
}

fn kind_name(error: &Error) -> &'static str {
    match error.kind() {
        ErrorKind::Config => "config",
        ErrorKind::Encode => "encode",
        ErrorKind::Connect => "connect",
        ErrorKind::Unprocessed => "unprocessed",
        ErrorKind::Timeout => "timeout",
        ErrorKind::Interrupted => "interrupted",
        ErrorKind::Api => "api",
        ErrorKind::Decode => "decode",
        ErrorKind::Unimplemented => "unimplemented",
        _ => "other",
    }
}
