//! Payloads of the service's own documentation, where someone keeps them.
//!
//! The folder is named by `TALON_PAYLOADS`; its `index.json` lists the files.

use std::path::{Path, PathBuf};

use http::{Request, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use talon_conformance::fixture::Codec;
use talon_conformance::json::lost;
use talon_core::{ApiError, Error};

use crate::corpus::{bytes, value};

#[derive(Deserialize)]
struct Entry {
    file: String,
    operation: String,
    kind: String,
    status: Option<u16>,
}

/// The folder, if it is there.
fn folder() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/payloads");
    let folder = std::env::var_os("TALON_PAYLOADS").map_or_else(beside, PathBuf::from);
    if folder.join("index.json").is_file() {
        return Some(folder);
    }
    eprintln!("SKIPPED: no payloads, {} has no index.json", folder.display());
    None
}

fn read(file: &Path) -> Value {
    let text = std::fs::read(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    serde_json::from_slice(&text).unwrap_or_else(|e| panic!("{}: {e}", file.display()))
}

/// Pointers to what a payload loses on its way through the codec.
fn lost_of(codec: &Codec, entry: &Entry, payload: &Value) -> Result<Vec<String>, Error> {
    match entry.status {
        None => {
            let path = codec.info.path_params().fold(codec.info.path.to_owned(), |path, name| {
                path.replace(&format!("{{{name}}}"), "x")
            });
            let request = Request::builder().method(&codec.info.method).uri(path);
            let request = request.body(bytes(Some(payload))).expect("a path");
            Ok(lost(payload, &value(codec.request_again(&request)?.body())))
        }
        Some(status) => {
            let reply =
                Response::builder().status(status).body(bytes(Some(payload))).expect("a status");
            match codec.reply_again(reply) {
                Ok(again) => Ok(lost(payload, &value(again.body()))),
                Err(error) if status >= 400 => Ok(lost_of_refusal(error, payload)),
                Err(error) => Err(error),
            }
        }
    }
}

/// What a refusal no longer says; bare texts among its problems become titles.
fn lost_of_refusal(error: Error, payload: &Value) -> Vec<String> {
    let refusal: ApiError = error.into_api().expect("a refusal");
    let mut again: Value = serde_json::from_slice(refusal.body()).expect("JSON, as it was sent");
    assert_eq!(&again, payload);
    again["message"] = refusal.message().into();
    again["errors"] = json!(refusal.problems());
    let mut expected = payload.clone();
    let problems = expected["errors"].as_array_mut().map(std::mem::take).unwrap_or_default();
    let said = problems.into_iter().filter(|problem| !problem.is_null() && problem != "");
    expected["errors"] = said
        .map(|problem| if problem.is_string() { json!({"title": problem}) } else { problem })
        .collect();
    lost(&expected, &again)
}

#[test]
fn every_payload_survives() {
    let Some(folder) = folder() else { return };
    let entries: Vec<Entry> = serde_json::from_value(read(&folder.join("index.json"))).unwrap();

    let (mut seen, mut broken) = (0, Vec::new());
    for entry in &entries {
        let Some(codec) = Codec::of(&entry.operation) else { continue };
        assert_eq!(entry.kind == "request", entry.status.is_none(), "{}", entry.file);
        match lost_of(codec, entry, &read(&folder.join(&entry.file))) {
            Ok(lost) if lost.is_empty() => {}
            Ok(lost) => broken.push(format!("{} lost {lost:?}", entry.file)),
            Err(error) => broken.push(format!("{}: {error} {error:?}", entry.file)),
        }
        seen += 1;
    }

    println!("{seen} payloads of our operations");
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    assert!(seen > 0);
}

#[test]
fn every_large_reply_survives() {
    let Some(folder) = folder() else { return };
    let codec = Codec::of("updateCustomerSessionV2").unwrap();

    for size in ["small", "medium", "large"] {
        let payload = read(&folder.join(format!("bench/session-reply-{size}.json")));
        let reply = Response::new(bytes(Some(&payload)));

        let again = codec.reply_again(reply).unwrap_or_else(|e| panic!("{size}: {e} {e:?}"));

        let lost = lost(&payload, &value(again.body()));
        assert!(lost.is_empty(), "{size} lost {lost:?}");
    }
}
