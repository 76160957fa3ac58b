//! The fixtures: one request and one reply of every operation.

use std::path::{Path, PathBuf};

use bytes::Bytes;
use http::{Request, Response};
use serde::Deserialize;
use serde_json::Value;
use talon_conformance::fixture::Codec;
use talon_conformance::json::lost;
use talon_conformance::specification::{Exception, findings};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FixtureRequest {
    method: String,
    path: String,
    body: Option<Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FixtureReply {
    status: u16,
    body: Option<Value>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../talon-samples/fixtures")
}

fn fixture<T: for<'de> Deserialize<'de>>(codec: &Codec, what: &str) -> T {
    let file = folder().join(format!("{}.{what}.json", codec.info.id));
    let text = std::fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", file.display()))
}

pub(crate) fn bytes(body: Option<&Value>) -> Bytes {
    body.map_or_else(Bytes::new, |body| body.to_string().into())
}

pub(crate) fn value(body: &Bytes) -> Value {
    if body.is_empty() { Value::Null } else { serde_json::from_slice(body).expect("JSON") }
}

#[test]
fn every_request_survives() {
    for codec in Codec::all() {
        let id = codec.info.id;
        let FixtureRequest { method, path, body } = fixture(codec, "request");
        let request =
            Request::builder().method(&*method).uri(&*path).body(bytes(body.as_ref())).unwrap();

        let again = codec.request_again(&request).unwrap_or_else(|e| panic!("{id}: {e}"));

        assert_eq!((again.method(), again.uri()), (request.method(), request.uri()), "{id}");
        let lost = lost(&body.unwrap_or_default(), &value(again.body()));
        assert!(lost.is_empty(), "{id} lost {lost:?}");
    }
}

#[test]
fn every_reply_survives() {
    for codec in Codec::all() {
        let id = codec.info.id;
        let FixtureReply { status, body } = fixture(codec, "reply");
        let reply = Response::builder().status(status).body(bytes(body.as_ref())).unwrap();

        let again = codec.reply_again(reply).unwrap_or_else(|e| panic!("{id}: {e}"));

        assert_eq!(again.status(), status, "{id}");
        let lost = lost(&body.unwrap_or_default(), &value(again.body()));
        assert!(lost.is_empty(), "{id} lost {lost:?}");
    }
}

#[test]
fn every_reply_has_what_the_specifications_require() {
    for codec in Codec::all() {
        let id = codec.info.id;
        let reply: FixtureReply = fixture(codec, "reply");
        let Some(body) = reply.body else { continue };

        let missing = findings(id, &body)
            .into_iter()
            .filter(|finding| finding.problem == "is missing" && Exception::of(finding).is_none());

        assert_eq!(missing.collect::<Vec<_>>(), [], "{id}");
    }
}

#[test]
fn no_file_is_of_no_operation() {
    let files = std::fs::read_dir(folder()).unwrap().map(|file| file.unwrap().file_name());
    for name in files.map(|name| name.into_string().unwrap()) {
        let operation = name.strip_suffix(".request.json").or(name.strip_suffix(".reply.json"));

        let known = operation.is_none_or(|operation| Codec::of(operation).is_some());
        assert!(known, "{name}");
    }
}
