//! Arbitrary requests to a server.

use bytes::Bytes;
use http::{Request, Response};
use talon_core::dispatch::{Route, dispatch};
use talon_core::{ApiError, Operation};
use talon_fake::{Fake, World};
use talon_samples::for_each_sample;

use talon_samples::immediate;

use crate::script;

/// The fake answers every request of a script, never with a 5xx. A client can decode the reply.
///
/// # Panics
/// When the property does not hold.
pub fn check(script: &[u8]) {
    let fake = Fake::new(World::demo()).expect("the demo world is valid");
    for request in script::read(script) {
        let response = immediate(dispatch(&fake, &request));
        check_response(&request, response);
    }
}

fn check_response(request: &Request<Bytes>, response: Response<Bytes>) {
    let status = response.status();
    let call = format!("{} {}", request.method(), request.uri());
    assert!(!status.is_server_error(), "{call} was answered {status}: {:?}", response.body());
    if status.is_client_error() {
        let refusal = ApiError::from_response(status, response.into_body());
        assert!(!refusal.message().is_empty(), "the refusal of {call} has no message");
    } else if let Ok(route) = Route::find(request.method(), request.uri().path()) {
        check_reply(route.info().id, response);
    }
}

/// Decodes a reply by its operation.
fn check_reply(id: &str, response: Response<Bytes>) {
    for_each_sample!(|O| {
        if id == O::INFO.id {
            O::reply_from_http(response).expect("a client can read it");
            return;
        }
    });
    unreachable!("{id} is in the list of operations");
}
