//! A request and a reply of each operation as they travel.

use std::path::PathBuf;

use bytes::Bytes;
use http::{Request, Response};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use talon_core::OperationInfo;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FixtureRequest {
    method: String,
    path: String,
    body: Option<Box<RawValue>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FixtureReply {
    status: u16,
    body: Option<Box<RawValue>>,
}

/// Folder of the fixtures.
pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// The request of an operation.
///
/// # Panics
/// When there is no such fixture, or it is no request; the message names the file.
pub fn request(operation: &OperationInfo) -> Request<Bytes> {
    let FixtureRequest { method, path, body } = read(operation, "request");
    let request = Request::builder().method(&*method).uri(path).body(bytes(body));
    request.unwrap_or_else(|error| panic!("{}.request.json: {error}", operation.id))
}

/// The reply of an operation.
///
/// # Panics
/// When there is no such fixture, or it is no reply; the message names the file.
pub fn reply(operation: &OperationInfo) -> Response<Bytes> {
    let FixtureReply { status, body } = read(operation, "reply");
    let reply = Response::builder().status(status).body(bytes(body));
    reply.unwrap_or_else(|error| panic!("{}.reply.json: {error}", operation.id))
}

fn read<T: DeserializeOwned>(operation: &OperationInfo, kind: &str) -> T {
    let file = folder().join(format!("{}.{kind}.json", operation.id));
    let text = std::fs::read_to_string(&file);
    let text = text.unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn bytes(body: Option<Box<RawValue>>) -> Bytes {
    body.map_or_else(Bytes::new, |body| String::from(Box::<str>::from(body)).into())
}
