//! Whom a request says it is for.

use http::header::HOST;
use http::request::Parts;
use http::uri::Authority;
use http::{StatusCode, Version};
use talon_core::ApiError;

/// Checks that a request has one `Host`, as RFC 9112 asks of a server: who looks at the first and
/// who looks at the last one of two would be told different things. Only HTTP/1.0 may leave it out.
///
/// # Errors
/// 400 when there is none, another one, or one that names no host.
pub(crate) fn check(head: &Parts) -> Result<(), ApiError> {
    let mut hosts = head.headers.get_all(HOST).iter();
    let wrong = match (hosts.next(), hosts.next()) {
        (None, _) if head.version < Version::HTTP_11 => return Ok(()),
        (None, _) => "the Host header is missing",
        (Some(_), Some(_)) => "there is more than one Host header",
        (Some(host), None) if is_host(host.as_bytes()) => return Ok(()),
        (Some(_), None) => "the Host header must be a host, with a port perhaps",
    };
    Err(ApiError::new(StatusCode::BAD_REQUEST, format!("Bad request: {wrong}")))
}

/// Whether it is a host, with a port perhaps; an empty one is what a URI without a host has.
fn is_host(value: &[u8]) -> bool {
    value.is_empty() || Authority::try_from(value).is_ok_and(|host| !host.as_str().contains('@'))
}
