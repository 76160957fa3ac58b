//! Checks the `Host` header.

use http::header::HOST;
use http::request::Parts;
use http::uri::Authority;
use http::{StatusCode, Version};
use talon_core::ApiError;

/// Checks that a request has exactly one `Host`, as RFC 9112 requires: with two, one component
/// could use the first and another the last. Only HTTP/1.0 may omit it.
///
/// # Errors
/// 400 when `Host` is missing, repeated, or not a host.
pub(crate) fn check(head: &Parts) -> Result<(), ApiError> {
    let mut hosts = head.headers.get_all(HOST).iter();
    let reason = match (hosts.next(), hosts.next()) {
        (None, _) if head.version < Version::HTTP_11 => return Ok(()),
        (None, _) => "the Host header is missing",
        (Some(_), Some(_)) => "there is more than one Host header",
        (Some(host), None) if is_host(host.as_bytes()) => return Ok(()),
        (Some(_), None) => "the Host header must be a host, with a port perhaps",
    };
    Err(ApiError::new(StatusCode::BAD_REQUEST, format!("Bad request: {reason}")))
}

/// Whether `value` is a host with an optional port. It is empty when the URI has no host.
fn is_host(value: &[u8]) -> bool {
    value.is_empty() || Authority::try_from(value).is_ok_and(|host| !host.as_str().contains('@'))
}
