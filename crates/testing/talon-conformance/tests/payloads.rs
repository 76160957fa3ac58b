//! Payloads of the service's own documentation, each a test.
//!
//! `TALON_PAYLOADS` names the folder; its `index.json` lists the files, and `today/index.json`
//! those that are newer. Without it the test is reported as ignored.

use std::env;
use std::path::Path;
use std::process::ExitCode;

use bytes::Bytes;
use http::{Request, Response};
use libtest_mimic::{Arguments, Completion, Failed, Trial};
use serde::Deserialize;
use serde_json::{Value, json};
use talon_conformance::codec::Codec;
use talon_core::document::find_lost_values;
use talon_core::{ApiError, Error};

const FOLDER: &str = "TALON_PAYLOADS";

/// Payloads that break their own specification, or mean nothing: what is said of each.
const BROKEN: &[(&str, &str)] = &[
    // An SDK's generator wrote a text for an object, or the layout of a date for a date.
    ("getCustomerAchievementHistory.response.200.1.json", "data[0].completionDate does not fit"),
    (
        "today/getCustomerAchievements.response.200.go2613.json",
        "data[0].currentProgress.completionDate does not fit",
    ),
    (
        "today/getCustomerSession.response.200.go2613.json",
        "customerSession.cartItems[0].product does not fit",
    ),
    (
        "today/createReferralsForMultipleAdvocates.response.201.java2602.json",
        "data[0].attributes does not fit",
    ),
    ("today/getCustomerInventory.response.200.go10.json", "coupons[0].attributes does not fit"),
    ("today/getCustomerInventory.response.200.go2517.json", "coupons[0].attributes does not fit"),
    (
        "today/getCustomerInventory.response.200.go2613.json",
        "achievements[0].achievementEndDate does not fit",
    ),
    (
        "today/getCustomerInventory.response.200.java2602.json",
        "achievements[0].achievementEndDate does not fit",
    ),
    (
        "today/getCustomerSession.response.200.java2602.json",
        "customerSession.attributes does not fit",
    ),
    ("today/returnCartItems.request.go2613.json", "(/return)"),
    ("today/returnCartItems.response.200.go10.json", "awardedGiveaways[0].attributes does not fit"),
    (
        "today/returnCartItems.response.200.go2613.json",
        "achievements[0].currentProgress.completionDate does not fit",
    ),
    (
        "today/returnCartItems.response.200.java2602.json",
        "createdReferrals[0].attributes does not fit",
    ),
    ("today/trackEventV2.request.java2602.json", "(/attributes)"),
    (
        "today/trackEventV2.response.200.go2613.json",
        "achievements[0].currentProgress.completionDate does not fit",
    ),
    (
        "today/trackEventV3.response.200.go2613.json",
        "achievements[0].currentProgress.completionDate does not fit",
    ),
    (
        "today/updateCustomerProfileV2.response.200.go2517.json",
        "awardedGiveaways[0].attributes does not fit",
    ),
    (
        "today/updateCustomerProfileV2.response.200.go2613.json",
        "campaignEligibility[0].eligibility[0].details does not fit",
    ),
    (
        "today/updateCustomerProfileV2.response.200.java2602.json",
        "createdReferrals[0].attributes does not fit",
    ),
    ("today/syncCatalog.request.java2602.json", "(/actions/0)"),
    ("getLoyaltyCardTransactions.response.200.1.json", "data[0].created does not fit"),
    ("today/activateLoyaltyPoints.response.200.go2613.json", "ledgerEntries[0].flags does not fit"),
    ("today/getLoyaltyBalances.response.200.go2613.json", "balance does not fit"),
    ("today/getLoyaltyCardBalances.response.200.go2613.json", "balance does not fit"),
    ("today/getLoyaltyCardPoints.response.200.go10.json", "data[0] does not fit"),
    ("today/getLoyaltyCardPoints.response.200.go2613.json", "data[0].created does not fit"),
    ("today/getLoyaltyCardTransactions.response.200.go2613.json", "data[0].created does not fit"),
    ("today/getLoyaltyProgramProfilePoints.response.200.go10.json", "data[0] does not fit"),
    ("today/getLoyaltyProgramProfileTransactions.response.200.go10.json", "data[0] does not fit"),
    (
        "today/getLoyaltyProgramProfileTransactions.response.200.go2613.json",
        "data[0].created does not fit",
    ),
    ("today/linkLoyaltyCardToProfile.response.200.go2613.json", "ledger does not fit"),
    ("today/linkLoyaltyCardToProfile.response.200.java2602.json", "ledger does not fit"),
    // A number for a text.
    ("today/bestPriorPrice.request.java2602.json", "(/timeframe)"),
    // A card has no attributes in the specification.
    ("today/generateLoyaltyCard.request.go2613.json", r#"lost ["/attributes"]"#),
    // `runRuleEngine` is a parameter of the query.
    ("today/updateCustomerProfileV2.request.segment.json", r#"lost ["/runRuleEngine"]"#),
];

fn main() -> ExitCode {
    let trials =
        env::var_os(FOLDER).map_or_else(without_folder, |folder| with_folder(Path::new(&folder)));
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn without_folder() -> Vec<Trial> {
    let ignored = || Ok(Completion::ignored_with(format!("{FOLDER} is not set")));
    vec![Trial::ignorable_test("every_payload_survives", ignored)]
}

/// A test of each payload of an operation that the API has here, and of large replies.
fn with_folder(folder: &Path) -> Vec<Trial> {
    let mut entries = index(folder, "");
    entries.extend(index(folder, "today/"));
    entries.extend(["small", "medium", "large"].map(|size| Entry {
        file: format!("bench/session-reply-{size}.json"),
        operation: "updateCustomerSessionV2".into(),
        kind: "reply".into(),
        status: Some(200),
    }));
    for (file, _) in BROKEN {
        assert!(entries.iter().any(|entry| entry.file == *file), "{file} is not in the index");
    }
    let known = entries.into_iter().filter(|entry| Codec::of(&entry.operation).is_some());
    let trials: Vec<_> = known.map(|entry| trial(folder, entry)).collect();
    assert!(!trials.is_empty(), "{} has no payload of ours", folder.display());
    trials
}

/// The entries of the index of a folder below the payloads' one.
fn index(folder: &Path, below: &str) -> Vec<Entry> {
    let file = folder.join(format!("{below}index.json"));
    let entries: Vec<Entry> = serde_json::from_value(read(&file)).expect("a list of files");
    let located = entries.into_iter().map(|entry| {
        let file = format!("{below}{}", entry.file);
        Entry { file, ..entry }
    });
    located.collect()
}

fn trial(folder: &Path, entry: Entry) -> Trial {
    let folder = folder.to_owned();
    Trial::test(entry.file.clone(), move || survives(&folder, &entry))
}

fn survives(folder: &Path, entry: &Entry) -> Result<(), Failed> {
    assert_eq!(entry.kind == "request", entry.status.is_none(), "{}", entry.file);
    let codec = Codec::of(&entry.operation).expect("only known operations are tried");
    let complaint = match lost_of(codec, entry, &read(&folder.join(&entry.file))) {
        Ok(lost) if lost.is_empty() => None,
        Ok(lost) => Some(format!("lost {lost:?}")),
        Err(error) => Some(error.to_string()),
    };
    let expected = BROKEN.iter().find(|(file, _)| *file == entry.file).map(|(_, said)| *said);
    match (complaint, expected) {
        (None, None) => Ok(()),
        (Some(complaint), Some(expected)) if complaint.ends_with(expected) => Ok(()),
        (complaint, expected) => Err(format!("{complaint:?}, expected: {expected:?}").into()),
    }
}

#[derive(Deserialize)]
struct Entry {
    file: String,
    operation: String,
    kind: String,
    status: Option<u16>,
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
                path.replace(&format!("{{{name}}}"), "1")
            });
            let request = Request::builder().method(&codec.info.method).uri(path);
            let request = request.body(bytes(Some(payload))).expect("a path");
            Ok(find_lost_values(payload, &value(codec.request_again(&request)?.body())))
        }
        Some(status) => {
            // The specification gives a 204 an example, but HTTP gives it no body.
            let payload = if status == 204 { &Value::Null } else { payload };
            let body = if status == 204 { Bytes::new() } else { bytes(Some(payload)) };
            let reply = Response::builder().status(status).body(body).expect("a status");
            match codec.reply_again(reply) {
                Ok(again) => Ok(find_lost_values(payload, &value(again.body()))),
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
    find_lost_values(&expected, &again)
}

fn bytes(body: Option<&Value>) -> Bytes {
    body.map_or_else(Bytes::new, |body| body.to_string().into())
}

fn value(body: &Bytes) -> Value {
    if body.is_empty() { Value::Null } else { serde_json::from_slice(body).expect("JSON") }
}
