//! Spans: one for each call, and in it one for each attempt, by the conventions of OpenTelemetry.
//!
//! Their fields are an allow-list: no ids, bodies, queries or keys.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::time::Duration;

use http::{Method, StatusCode};
use talon_core::{Error, ErrorKind, OperationInfo, Result};
use tracing::Span;
use tracing::field::{Empty, display};

use crate::config::BaseUrl;

/// Creates the span of a call.
pub(crate) fn call_span(info: &OperationInfo) -> Span {
    tracing::info_span!(
        "talon.call",
        "otel.name" = info.id,
        operation = info.id,
        attempts = Empty,
        outcome = Empty,
        stop_reason = Empty,
        "error.type" = Empty,
        "otel.status_code" = Empty,
    )
}

/// Creates the span of an attempt, an HTTP client span within the span of its call.
pub(crate) fn attempt_span(info: &OperationInfo, server: &BaseUrl, number: u32) -> Span {
    tracing::info_span!(
        "talon.attempt",
        "otel.kind" = "client",
        "otel.name" = display(SpanName(info)),
        "http.request.method" = method(&info.method),
        "url.template" = (!info.path.is_empty()).then_some(info.path),
        "server.address" = server.host(),
        "server.port" = server.port(),
        "http.request.resend_count" = (number > 1).then(|| number - 1),
        "http.response.status_code" = Empty,
        "error.type" = Empty,
        "otel.status_code" = Empty,
    )
}

/// Polls a future within a span, as `Instrument` does. The future is not moved: it holds a whole call.
pub(crate) async fn in_span<F: Future>(span: &Span, mut future: Pin<&mut F>) -> F::Output {
    poll_fn(|context| {
        let _entered = span.enter();
        future.as_mut().poll(context)
    })
    .await
}

/// Method and path template, or the method alone.
struct SpanName<'a>(&'a OperationInfo);

impl fmt::Display for SpanName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match method(&self.0.method) {
            "_OTHER" => "HTTP",
            method => method,
        })?;
        if self.0.path.is_empty() { Ok(()) } else { write!(f, " {}", self.0.path) }
    }
}

/// A method of RFC 9110 or RFC 5789; any other may be a text with many values.
fn method(method: &Method) -> &str {
    match *method {
        Method::GET
        | Method::PUT
        | Method::POST
        | Method::DELETE
        | Method::PATCH
        | Method::HEAD
        | Method::OPTIONS => method.as_str(),
        _ => "_OTHER",
    }
}

/// Logs that there will be a further attempt.
pub(crate) fn retry(attempt: u32, pause: Duration, error: &Error) {
    tracing::debug!(attempt, pause_ms = pause.as_millis(), cause = kind_name(error), "retrying");
}

/// Records the result of an attempt.
pub(crate) fn record_attempt(span: &Span, status: Option<StatusCode>, error: Option<&Error>) {
    if let Some(status) = status {
        span.record("http.response.status_code", status.as_u16());
    }
    record_error(span, error);
}

/// Records the result of the call.
pub(crate) fn record_outcome<T>(span: &Span, attempts: u32, result: &Result<T>) {
    let error = result.as_ref().err();
    span.record("attempts", attempts);
    span.record("outcome", error.map_or("ok", kind_name));
    if let Some(reason) = error.and_then(Error::stop_reason) {
        span.record("stop_reason", display(reason));
    }
    record_error(span, error);
}

/// Records that the future of the call was dropped.
pub(crate) fn record_cancellation(span: &Span, attempts: u32) {
    span.record("attempts", attempts);
    span.record("outcome", "cancelled");
}

/// The type of an error is its status, or its kind if there is none.
fn record_error(span: &Span, error: Option<&Error>) {
    let Some(error) = error else { return };
    span.record("otel.status_code", "ERROR");
    match error.status() {
        Some(status) => span.record("error.type", status.as_str()),
        None => span.record("error.type", kind_name(error)),
    };
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
