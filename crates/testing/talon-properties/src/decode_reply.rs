//! Decoding of arbitrary replies.

use bytes::Bytes;
use http::{Response, StatusCode};
use talon_core::{ApiError, Operation};
use talon_samples::for_each_sample;

/// No operation panics on `body`. A decoded reply can be encoded and decoded again to an equal value.
///
/// # Panics
/// When the property does not hold.
pub fn check(body: &[u8]) {
    let body = Bytes::copy_from_slice(body);
    assert_refusal_round_trips(&body);
    for_each_sample!(|O| assert_reply_round_trips::<O>(&body));
}

fn assert_reply_round_trips<O: Operation>(body: &Bytes) {
    for status in O::INFO.success {
        let reply = match O::reply_from_http(response(*status, body)) {
            Ok(reply) => reply,
            Err(error) => {
                assert!(error.to_string().contains(O::INFO.id), "{error}");
                continue;
            }
        };
        let written = O::reply_to_http(&reply).expect("a reply that was read can be written");
        let again = O::reply_from_http(written.clone()).expect("what was written can be read");
        let rewritten = O::reply_to_http(&again).expect("a reply that was read can be written");
        assert_eq!(written.body(), rewritten.body(), "{} changes", O::INFO.id);
    }
}

fn assert_refusal_round_trips(body: &Bytes) {
    let refusal = ApiError::from_response(StatusCode::NOT_FOUND, body.clone());
    let sent = refusal.to_http();
    let again = ApiError::from_response(sent.status(), sent.into_body());
    assert_eq!(refusal, again);
}

fn response(status: StatusCode, body: &Bytes) -> Response<Bytes> {
    let mut response = Response::new(body.clone());
    *response.status_mut() = status;
    response
}
