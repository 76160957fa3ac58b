//! Requests over HTTP without a socket.

use http::{Request, StatusCode};
use serde_json::Value;
use talon_core::Operation;
use talon_fake::FakeService;
use talon_server::{Answer, Service as _};

/// A request with headers and a body; the key is `demo-key` unless the headers say otherwise.
pub(crate) fn request(
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Request<bytes::Bytes> {
    let mut request = Request::builder().method(method).uri(path);
    if !headers.iter().any(|(name, _)| *name == "authorization") {
        request = request.header("authorization", "ApiKey-v1 demo-key");
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(body.to_owned().into()).expect("a request")
}

/// The request of an operation.
pub(crate) fn call<O: Operation>(operation: &O, headers: &[(&str, &str)]) -> Request<bytes::Bytes> {
    let written = operation.to_http().expect("it can be written");
    let body = std::str::from_utf8(written.body()).expect("JSON is UTF-8");
    request(written.method().as_str(), &written.uri().to_string(), headers, body)
}

/// The whole reply to a request.
pub(crate) async fn send(
    service: &FakeService,
    request: Request<bytes::Bytes>,
) -> http::Response<bytes::Bytes> {
    match service.handle(request).await {
        Answer::Reply(reply) => reply,
        other => panic!("no whole reply: {other:?}"),
    }
}

/// Status and JSON of the reply to a request.
pub(crate) async fn ask(
    service: &FakeService,
    method: &str,
    path: &str,
    body: &str,
) -> (StatusCode, Value) {
    let reply = send(service, request(method, path, &[], body)).await;
    (reply.status(), serde_json::from_slice(reply.body()).unwrap_or_default())
}
