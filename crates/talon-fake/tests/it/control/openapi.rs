//! The OpenAPI document of the control API, and what is read as it says.

use std::collections::BTreeSet;

use http::StatusCode;
use serde_json::{Value, json};
use talon_core::prelude::*;
use talon_fake::world::LedgerEntry;
use talon_fake::{Fake, Fault, LoyaltyProgram, World};

use super::open;
use super::schema::misfits;
use crate::http::{ask, call, request, send};
use crate::shop::{profile, update};

/// The demo after some calls, with a row of each kind.
async fn used() -> Fake {
    let world = World::demo()
        .loyalty_program(LoyaltyProgram::new(7))
        .ledger_entry(LedgerEntry::new(7, "anna", 50));
    let talon = Fake::new(world).expect("a world");
    let service = open(&talon);
    let mut paid = update("cart-1");
    paid.request.customer_session.coupon_codes = Some(vec!["SUMMER10".into(), "WELCOME5".into()]);
    paid.request.customer_session.state = Some(SessionState::Closed);
    send(&service, call(&paid, &[("x-shop", "berlin")])).await;
    talon.faults().next::<TrackEvent>(Fault::delay(std::time::Duration::from_secs(1)));
    talon.faults().on_any(Fault::status(503)).every(2);
    send(&service, call(&profile("ben"), &[])).await;
    send(&service, call(&profile("cleo"), &[])).await;
    send(&service, request("PUT", "/v2/customer_session/x", &[], "{}")).await;
    send(&service, request("PUT", "/v2/customer_sessions/x", &[], r#"{"y": 1}"#)).await;
    ask(&service, "PUT", "/_fake/audiences/1", r#"{"name": "Newsletter", "members": ["anna"]}"#)
        .await;
    talon.create_referral(CreateReferral::new(NewReferral::new(1, "anna"))).await.expect("a code");
    talon
}

pub(super) async fn document(talon: &Fake) -> Value {
    let (status, document) = ask(&open(talon), "GET", "/_fake/openapi.json", "").await;
    assert_eq!(status, StatusCode::OK);
    document
}

/// Ids for the templates of paths.
fn path_of(template: &str, uuid: &str) -> String {
    [
        ("{number}", "1"),
        ("{campaignId}", "1"),
        ("{value}", "SUMMER10"),
        ("{profileId}", "anna"),
        ("{sessionId}", "cart-1"),
        ("{audienceId}", "1"),
        ("{achievementId}", "1"),
        ("{catalogId}", "1"),
        ("{transactionUUID}", uuid),
    ]
    .iter()
    .fold(template.to_owned(), |path, (name, id)| path.replace(name, id))
}

#[tokio::test]
async fn every_read_route_replies_as_the_document_says() {
    let talon = used().await;
    let document = document(&talon).await;
    let (_, entries) = ask(&open(&talon), "GET", "/_fake/ledgerEntries", "").await;
    let uuid = entries["data"][0]["transaction"]["transactionUUID"].as_str().expect("a UUID");
    let (_, referrals) = ask(&open(&talon), "GET", "/_fake/referrals", "").await;
    let code = referrals["data"][0]["referral"]["code"].as_str().expect("a code");
    let mut checked = 0;
    for (template, methods) in document["paths"].as_object().expect("paths") {
        let Some(schema) = methods.pointer("/get/responses/200/content/application~1json/schema")
        else {
            continue;
        };
        let path = path_of(template, uuid).replace("{code}", code);
        let (status, reply) = ask(&open(&talon), "GET", &path, "").await;
        assert_eq!(status, StatusCode::OK, "{path}: {reply}");
        assert_eq!(misfits(&document, schema, &reply, ""), Vec::<String>::new(), "{path}: {reply}");
        if let Some(data) = reply.get("data").and_then(Value::as_array) {
            assert!(!data.is_empty(), "{path} has no row to check");
        }
        checked += 1;
    }
    assert!(checked > 25, "{checked}");
}

#[tokio::test]
async fn a_reply_that_does_not_fit_is_found() {
    let talon = used().await;
    let document = document(&talon).await;
    let schema = &document["components"]["schemas"]["StateSummary"];
    let (_, mut state) = ask(&open(&talon), "GET", "/_fake/state", "").await;
    assert_eq!(misfits(&document, schema, &state, ""), Vec::<String>::new());

    state["changes"] = json!("many");
    state["counts"]["coupons"] = json!(null);
    state.as_object_mut().expect("an object").remove("now");

    assert_eq!(misfits(&document, schema, &state, "").len(), 3);
}

#[tokio::test]
async fn every_route_is_in_the_document_once_and_complete() {
    let talon = used().await;
    let document = document(&talon).await;
    let mut ids = BTreeSet::new();
    let mut routes = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().expect("paths") {
        for (method, operation) in methods.as_object().expect("methods") {
            let id = operation["operationId"].as_str().expect("an id");
            assert!(ids.insert(id.to_owned()), "{id} is there twice");
            assert!(operation["summary"].as_str().is_some_and(|text| text.ends_with('.')), "{id}");
            let has_body = operation.get("requestBody").is_some();
            assert_eq!(has_body, matches!(method.as_str(), "put" | "post"), "{id}");
            let named: BTreeSet<_> = operation["parameters"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|it| it["in"] == "path")
                .map(|it| format!("{{{}}}", it["name"].as_str().unwrap()))
                .collect();
            let wanted: BTreeSet<_> =
                path.split('/').filter(|it| it.starts_with('{')).map(str::to_owned).collect();
            assert_eq!(named, wanted, "{id}");
            routes.insert((method.to_uppercase(), path.clone()));
        }
    }
    assert_eq!(routes, crate::control_equivalence::routes().await);
    assert_eq!(document["openapi"], "3.1.0");
}

/// Names of members in the schemas of a document.
fn members<'d>(value: &'d Value, found: &mut BTreeSet<&'d str>) {
    match value {
        Value::Object(schema) => {
            let properties = schema.get("properties").and_then(Value::as_object);
            found.extend(properties.into_iter().flatten().map(|(name, _)| name.as_str()));
            schema.values().for_each(|value| members(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| members(value, found)),
        _ => {}
    }
}

#[tokio::test]
async fn names_of_members_and_parameters_are_in_camel_case() {
    let document = document(&used().await).await;
    let mut names = BTreeSet::new();
    members(&document, &mut names);
    let operations = document["paths"].as_object().expect("paths").values();
    let operations = operations.flat_map(|methods| methods.as_object().expect("methods").values());
    let parameters = operations.flat_map(|it| it["parameters"].as_array().expect("parameters"));
    names.extend(parameters.filter_map(|parameter| parameter["name"].as_str()));

    let is_camel_case = |name: &str| {
        name.starts_with(|it: char| it.is_ascii_lowercase())
            && name.chars().all(|it| it.is_ascii_alphanumeric())
    };
    let others: Vec<_> = names.iter().filter(|name| !is_camel_case(name)).collect();
    // As in refusals of the Integration API.
    assert_eq!(others, [&"StatusCode"]);
    assert!(names.len() > 150, "{}", names.len());
}

/// Every reference leads somewhere; requests and replies have schemas of their own.
#[tokio::test]
async fn every_reference_of_the_document_leads_to_a_schema() {
    let document = document(&used().await).await;
    let text = document.to_string();
    let mut references = 0;
    for rest in text.split("\"$ref\":\"#").skip(1) {
        let pointer = rest.split('"').next().expect("an end");
        assert!(document.pointer(pointer).is_some(), "{pointer}");
        references += 1;
    }
    assert!(references > 50, "{references}");
    let schemas = &document["components"]["schemas"];
    for name in ["WorldRequest", "CampaignRequest", "SessionRow", "AnyCallRecord", "FaultUsage"] {
        assert!(schemas[name]["type"] == "object", "{name}: {}", schemas[name]);
    }
}
