//! Cross-origin requests: web pages of any origin may call the API, as they may call the service.
//!
//! A page needs an API key as well, which browsers do not add themselves: there are no cookies.

use std::collections::BTreeSet;

use bytes::Bytes;
use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_HEADERS,
    ACCESS_CONTROL_REQUEST_METHOD, ORIGIN, VARY,
};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode};
use talon_server::Answer;

const ANY: HeaderValue = HeaderValue::from_static("*");

/// All methods of the API, for every path, so that a page can read a 404 or 405.
const METHODS: HeaderValue = HeaderValue::from_static("DELETE, GET, HEAD, OPTIONS, POST, PUT");

/// Headers that a page may send, in addition to those that it asks for.
const HEADERS: &[&str] =
    &["accept", "authorization", "content-signature", "content-type", "idempotency-key"];

/// Seconds for which a browser may cache the answer.
const MAX_AGE: HeaderValue = HeaderValue::from_static("600");

/// The reply to a preflight request.
pub(super) fn preflight(method: &Method, headers: &HeaderMap) -> Option<Response<Bytes>> {
    let asks = headers.contains_key(ORIGIN) && headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD);
    if method != Method::OPTIONS || !asks {
        return None;
    }
    let mut reply = Response::default();
    *reply.status_mut() = StatusCode::NO_CONTENT;
    let allowed = reply.headers_mut();
    allowed.insert(ACCESS_CONTROL_ALLOW_METHODS, METHODS);
    allowed.insert(ACCESS_CONTROL_ALLOW_HEADERS, allowed_headers(headers));
    allowed.insert(ACCESS_CONTROL_MAX_AGE, MAX_AGE);
    allowed.insert(VARY, HeaderValue::from(ACCESS_CONTROL_REQUEST_HEADERS));
    Some(reply)
}

/// Allows pages to read an answer.
pub(super) fn allow(mut answer: Answer) -> Answer {
    if let Answer::Reply(reply) | Answer::CutOff(reply) = &mut answer {
        allow_reply(reply);
    }
    answer
}

/// Allows pages to read a reply.
pub(super) fn allow_reply(reply: &mut Response<Bytes>) {
    reply.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, ANY);
    reply.headers_mut().insert(ACCESS_CONTROL_EXPOSE_HEADERS, ANY);
}

fn allowed_headers(headers: &HeaderMap) -> HeaderValue {
    let asked = headers.get_all(ACCESS_CONTROL_REQUEST_HEADERS).iter();
    let asked = asked.filter_map(|names| names.to_str().ok()).flat_map(|names| names.split(','));
    // Invalid names of headers are left out.
    let asked = asked.filter_map(|name| name.trim().parse::<HeaderName>().ok());
    let known = HEADERS.iter().map(|name| HeaderName::from_static(name));
    let names: BTreeSet<String> = known.chain(asked).map(|name| name.to_string()).collect();
    let names = names.into_iter().collect::<Vec<_>>().join(", ");
    HeaderValue::from_str(&names).expect("names of headers are ASCII")
}
