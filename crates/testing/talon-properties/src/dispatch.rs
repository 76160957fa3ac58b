//! Requests to a server, whatever they are.

use bytes::Bytes;
use http::{Request, Response};
use talon_core::dispatch::{Route, dispatch};
use talon_core::{ApiError, Operation};
use talon_fake::{Fake, World};
use talon_samples::for_each_sample;

use crate::{immediate, script};

/// The fake answers every request of a script, never with a 5xx, and with what a client can read.
///
/// # Panics
/// When the property does not hold.
pub fn check(script: &[u8]) {
    let fake = Fake::new(World::demo()).expect("the demo world is fit");
    for request in script::read(script) {
        let response = immediate(dispatch(&fake, &request));
        check_answer(&request, response);
    }
}

fn check_answer(request: &Request<Bytes>, response: Response<Bytes>) {
    let status = response.status();
    let call = format!("{} {}", request.method(), request.uri());
    assert!(!status.is_server_error(), "{call} was answered {status}: {:?}", response.body());
    if status.is_client_error() {
        let refusal = ApiError::from_response(status, response.into_body());
        assert!(!refusal.message().is_empty(), "{call} was refused without a word");
    } else if let Ok(route) = Route::find(request.method(), request.uri().path()) {
        check_reply(route.info().id, response);
    }
}

/// Reads a reply as its operation does.
fn check_reply(id: &str, response: Response<Bytes>) {
    for_each_sample!(|O| {
        if id == O::INFO.id {
            O::reply_from_http(response).expect("a client can read it");
            return;
        }
    });
    unreachable!("{id} is in the list of operations");
}
