//! Record of requests that are answered before they are decoded.

use bytes::Bytes;
use http::{Request, Response};
use talon_core::OperationInfo;

use super::arrival::{Arrival, details};
use crate::Fake;
#[cfg(feature = "serve")]
use crate::control::calls::NearMiss;
use crate::control::calls::{HttpDetails, LogEntry, UnknownMember, UntypedCall};

/// Records a request of an operation that was refused before it was executed.
pub(super) fn record_refusal(
    fake: &Fake,
    operation: &OperationInfo,
    request: &Request<Bytes>,
    reply: &Response<Bytes>,
    unknown_members: Vec<UnknownMember>,
) {
    let call = UntypedCall {
        at: fake.clock().now(),
        operation: Some(operation.id),
        method: request.method().clone(),
        status: reply.status(),
        reply: reply.body().clone(),
        unknown_members,
        near: None,
    };
    record(fake, call, details(request, Arrival::of(request.extensions())));
}

/// Records a request that was refused by its head alone, before its body arrived.
#[cfg(feature = "serve")]
pub(super) fn record_head(
    fake: &Fake,
    operation: Option<&OperationInfo>,
    head: &http::request::Parts,
    reply: &Response<Bytes>,
) {
    let near = || NearMiss::of(&head.method, head.uri.path());
    let call = UntypedCall {
        at: fake.clock().now(),
        operation: operation.map(|operation| operation.id),
        method: head.method.clone(),
        status: reply.status(),
        reply: reply.body().clone(),
        unknown_members: Vec::new(),
        near: if operation.is_none() { near() } else { None },
    };
    let duration = head.extensions.get::<Arrival>().map(|arrival| arrival.elapsed());
    record(fake, call, HttpDetails::new(&head.uri, &head.headers, &[], duration));
}

fn record(fake: &Fake, call: UntypedCall, http: HttpDetails) {
    let bytes = http.body().len() + call.reply.len();
    let number = fake.record(LogEntry::untyped(call));
    fake.record_http(number, http, None, bytes);
}
