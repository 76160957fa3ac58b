//! Tests of the fixtures: one request and one reply of every operation.

use bytes::Bytes;
use serde_json::Value;
use talon_conformance::codec::Codec;
use talon_conformance::specification::{Exception, findings};
use talon_core::document::find_lost_values;
use talon_samples::fixture;

fn value(body: &Bytes) -> Value {
    if body.is_empty() { Value::Null } else { serde_json::from_slice(body).expect("JSON") }
}

#[test]
fn every_request_fixture_round_trips() {
    for codec in Codec::all() {
        let id = codec.info.id;
        let request = fixture::request(codec.info);

        let again = codec.request_again(&request).unwrap_or_else(|e| panic!("{id}: {e}"));

        assert_eq!((again.method(), again.uri()), (request.method(), request.uri()), "{id}");
        let lost = find_lost_values(&value(request.body()), &value(again.body()));
        assert!(lost.is_empty(), "{id} lost {lost:?}");
    }
}

#[test]
fn every_reply_fixture_round_trips() {
    for codec in Codec::all() {
        let id = codec.info.id;
        let reply = fixture::reply(codec.info);

        let again = codec.reply_again(reply.clone()).unwrap_or_else(|e| panic!("{id}: {e}"));

        assert_eq!(again.status(), reply.status(), "{id}");
        let lost = find_lost_values(&value(reply.body()), &value(again.body()));
        assert!(lost.is_empty(), "{id} lost {lost:?}");
    }
}

#[test]
fn every_reply_has_what_the_specifications_require() {
    for codec in Codec::all() {
        let id = codec.info.id;

        let missing =
            findings(id, &value(fixture::reply(codec.info).body())).into_iter().filter(|finding| {
                finding.problem == "is missing" && Exception::find(finding).is_none()
            });

        assert_eq!(missing.collect::<Vec<_>>(), [], "{id}");
    }
}

#[test]
fn every_fixture_belongs_to_an_operation() {
    let files = std::fs::read_dir(fixture::folder()).unwrap().map(|file| file.unwrap().file_name());
    for name in files.map(|name| name.into_string().unwrap()) {
        let operation = name.strip_suffix(".request.json").or(name.strip_suffix(".reply.json"));

        let known = operation.is_none_or(|operation| Codec::of(operation).is_some());
        assert!(known, "{name}");
    }
}
