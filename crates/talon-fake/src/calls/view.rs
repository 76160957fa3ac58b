//! A call as method, path and JSON.

use bytes::Bytes;
use serde_json::Value;
use talon_core::Operation;

use super::{Made, Outcome, RecordedCall, Stray};

pub(super) fn of<O: Operation>(number: u64, call: &Made<O>) -> RecordedCall {
    let (path, body) = match call.request.to_http() {
        Ok(request) => (request.uri().to_string(), json(request.body())),
        // It was served, so it can be written; and if not, the template is worth a line.
        Err(_) => (O::INFO.path.to_owned(), None),
    };
    let reply = match &call.outcome {
        Outcome::Replied(reply) => O::reply_to_http(reply).ok(),
        Outcome::Refused(refusal) => Some(refusal.to_http()),
        Outcome::NotServed => None,
    };
    RecordedCall {
        number,
        at: call.at,
        operation: Some(O::INFO.id),
        method: O::INFO.method.to_string(),
        path,
        body,
        dry: call.dry,
        status: reply.as_ref().map(|reply| reply.status().as_u16()),
        reply: reply.and_then(|reply| json(reply.body())),
        fault: call.fault.clone(),
        replayed: call.replayed,
    }
}

pub(super) fn of_stray(number: u64, stray: &Stray) -> RecordedCall {
    let Stray { at, operation, method, path, status } = stray.clone();
    RecordedCall {
        number,
        at,
        operation,
        method,
        path,
        body: None,
        dry: false,
        status: Some(status.as_u16()),
        reply: None,
        fault: None,
        replayed: false,
    }
}

fn json(body: &Bytes) -> Option<Value> {
    talon_core::json::value_from_slice(body).ok()
}
