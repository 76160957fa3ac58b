//! Requests that change something and their replies, as the OpenAPI document describes them.

use std::collections::BTreeSet;

use http::StatusCode;
use serde_json::{Value, json};

use super::open;
use super::openapi::document;
use super::schema::misfits;
use crate::control_equivalence::{requests, routes, used};
use crate::http::ask;

/// A request that is accepted.
type Accepted = (&'static str, &'static str, String);

/// Accepted requests of every route that has a method in Rust, and all shapes of their bodies.
fn accepted() -> Vec<Accepted> {
    let faults = [
        json!({"next": {"trackEvent": {"status": 503}}, "times": 2}),
        json!({"onAny": {"apiError": {"status": 400, "message": "no", "errors": []}}}),
        json!({"onAny": {"tooManyRequests": {"seconds": 2}}, "every": 3}),
        json!({"onAny": {"delay": {"milliseconds": 500}}, "withProbability": [0.1, 42]}),
        json!({"onAny": "dropConnection"}),
        json!({"onAny": "truncatedBody"}),
        json!({"onAny": "garbledBody", "times": null}),
    ];
    let rows = [
        ("/_fake/campaigns/9", json!({"id": 9, "name": "New", "coupons": [{"value": "NEW-1"}]})),
        ("/_fake/coupons/GIFT-1", json!({"value": "GIFT-1", "usageLimit": 2})),
        ("/_fake/profiles/anna", json!({"id": "anna", "attributes": {"Name": "Anna"}})),
        ("/_fake/audiences/3", json!({"id": 3, "name": "VIP", "members": ["anna"]})),
    ];
    let faults = faults.map(|fault| ("POST", "/_fake/faults", fault.to_string()));
    let rows = rows.map(|(path, row)| ("PUT", path, row.to_string()));
    let clock = ("POST", "/_fake/clock", json!("followSystem").to_string());
    requests().into_iter().chain(faults).chain(rows).chain([clock]).collect()
}

/// The template of a path in the document.
fn template<'d>(document: &'d Value, path: &str) -> &'d str {
    let path = path.split('?').next().unwrap_or(path);
    let fits = |template: &&String| {
        let pair = |(known, given): (&str, &str)| known == given || known.starts_with('{');
        template.split('/').count() == path.split('/').count()
            && template.split('/').zip(path.split('/')).all(pair)
    };
    let paths = document["paths"].as_object().expect("paths");
    let exact = paths.keys().find(|template| *template == path);
    exact.or_else(|| paths.keys().find(fits)).expect("it is in the document")
}

fn operation<'d>(document: &'d Value, method: &str, path: &str) -> &'d Value {
    &document["paths"][template(document, path)][method.to_lowercase()]
}

fn body_schema(operation: &Value) -> Option<&Value> {
    operation.pointer("/requestBody/content/application~1json/schema")
}

fn reply_schema<'o>(operation: &'o Value, status: &str) -> Option<&'o Value> {
    operation.get("responses")?.get(status)?.pointer("/content/application~1json/schema")
}

/// Sends a request to a world with a past, and checks a refusal against the document.
async fn send(document: &Value, method: &str, path: &str, body: &str) -> (StatusCode, Value) {
    let (status, reply) = ask(&open(&used().await), method, path, body).await;
    if !status.is_success() {
        let schema = reply_schema(operation(document, method, path), "default");
        let found = misfits(document, schema.expect("a schema"), &reply, "");
        assert_eq!(found, Vec::<String>::new(), "{method} {path} {body}: {reply}");
    }
    (status, reply)
}

#[tokio::test]
async fn accepted_requests_and_their_replies_are_as_the_document_says() {
    let document = document(&used().await).await;
    let mut checked = BTreeSet::new();
    for (method, path, body) in accepted() {
        let operation = operation(&document, method, path);
        match (serde_json::from_str::<Value>(&body), body_schema(operation)) {
            (Ok(sent), Some(schema)) => {
                assert_eq!(misfits(&document, schema, &sent, ""), Vec::<String>::new(), "{body}");
            }
            (Err(_), schema) => {
                let may_be_left_out = operation["requestBody"]["required"] == json!(false);
                assert!(body.is_empty() && (schema.is_none() || may_be_left_out), "{path} {body}");
            }
            (Ok(_), None) => panic!("the document has no body for {method} {path}"),
        }

        let (status, reply) = send(&document, method, path, &body).await;
        assert!(status.is_success(), "{method} {path} {body}: {reply}");
        assert!(operation["responses"][status.as_str()].is_object(), "{method} {path}: {status}");
        match reply_schema(operation, status.as_str()) {
            Some(schema) => {
                let found = misfits(&document, schema, &reply, "");
                assert_eq!(found, Vec::<String>::new(), "{method} {path}: {reply}");
            }
            None => assert_eq!(reply, Value::Null, "{method} {path}"),
        }
        checked.insert((method.to_owned(), template(&document, path).to_owned()));
    }
    let others: Vec<_> = routes().await.into_iter().filter(|it| !checked.contains(it)).collect();
    assert!(others.iter().all(|(method, _)| method == "GET"), "{others:?}");
}

/// Bodies that the document refuses: with an unknown member, without each required one, and with each
/// one of another type.
fn wrong(document: &Value, schema: &Value, sent: &Value) -> Vec<Value> {
    let mut wrong = Vec::new();
    let mut change = |name: &str, value: Option<Value>| {
        let mut changed = sent.clone();
        let members = changed.as_object_mut().expect("an object");
        match value {
            Some(value) => members.insert(name.to_owned(), value),
            None => members.remove(name),
        };
        if !misfits(document, schema, &changed, "").is_empty() {
            wrong.push(changed);
        }
    };
    change("noSuchMember", Some(json!(1)));
    for name in sent.as_object().expect("an object").keys() {
        change(name, None);
        change(name, Some(json!([[0]])));
        change(name, Some(json!({ "noSuchMember": true })));
    }
    wrong
}

#[tokio::test]
async fn what_the_document_does_not_allow_is_refused() {
    let document = document(&used().await).await;
    let mut refused = BTreeSet::new();
    for (method, path, body) in accepted() {
        let operation = operation(&document, method, path);
        let sent = serde_json::from_str(&body).ok().filter(Value::is_object);
        let (Some(sent), Some(schema)) = (sent, body_schema(operation)) else { continue };
        for body in wrong(&document, schema, &sent) {
            let (status, reply) = send(&document, method, path, &body.to_string()).await;
            assert_eq!(status, StatusCode::BAD_REQUEST, "{method} {path} {body}: {reply}");
            assert!(reply["errors"][0]["source"].is_object(), "{method} {path} {body}: {reply}");
            refused.insert((method, template(&document, path)));
        }
    }
    let bodies = document["paths"].as_object().expect("paths").iter();
    let bodies = bodies.flat_map(|(path, methods)| {
        let methods = methods.as_object().expect("methods").iter();
        let with_body = methods.filter(|(_, operation)| body_schema(operation).is_some());
        with_body.map(|(method, _)| (method.to_uppercase(), path.as_str()))
    });
    let unchecked: Vec<_> =
        bodies.filter(|(method, path)| !refused.contains(&(method.as_str(), *path))).collect();
    // A snapshot is any object for the document.
    assert_eq!(unchecked, [("PUT".to_owned(), "/_fake/snapshot")]);
}

#[tokio::test]
async fn the_id_of_a_row_is_that_of_the_path_and_may_be_left_out() {
    let document = document(&used().await).await;
    for (path, member, same, other, rest) in [
        ("/_fake/campaigns/9", "id", json!(9), json!(10), json!({"name": "New"})),
        ("/_fake/coupons/GIFT-1", "value", json!("GIFT-1"), json!("GIFT-2"), json!({})),
        ("/_fake/profiles/anna", "id", json!("anna"), json!("ben"), json!({})),
        ("/_fake/audiences/3", "id", json!(3), json!("3"), json!({"name": "VIP"})),
    ] {
        let schema = body_schema(operation(&document, "PUT", path)).expect("a body");
        let described = schema["properties"][member]["description"].as_str().expect("a text");
        assert!(described.contains("that of the path"), "{path}: {described}");
        let mut with_id = rest.clone();
        with_id[member] = same;
        for body in [&rest, &with_id] {
            assert_eq!(misfits(&document, schema, body, ""), Vec::<String>::new(), "{path} {body}");
            let (status, reply) = send(&document, "PUT", path, &body.to_string()).await;
            assert_eq!(status, StatusCode::NO_CONTENT, "{path} {body}: {reply}");
        }

        with_id[member] = other;
        let (status, reply) = send(&document, "PUT", path, &with_id.to_string()).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{path} {with_id}");
        let error = &reply["errors"][0];
        assert_eq!(error["source"]["pointer"], format!("/{member}"), "{reply}");
        let details = error["details"].as_str().expect("details");
        assert!(details.starts_with("must be that of the path, "), "{details}");
    }
}

#[tokio::test]
async fn refusals_of_rows_that_are_not_there_are_as_the_document_says() {
    let document = document(&used().await).await;
    let paths = document["paths"].as_object().expect("paths");
    let mut checked = 0;
    for (template, methods) in paths.iter().filter(|(template, _)| template.contains('{')) {
        let path = template.split('{').next().expect("a prefix").to_owned() + "999";
        for method in ["get", "delete"].into_iter().filter(|it| methods.get(it).is_some()) {
            let (status, reply) = send(&document, &method.to_uppercase(), &path, "").await;
            assert_eq!(status, StatusCode::NOT_FOUND, "{method} {path}: {reply}");
            checked += 1;
        }
    }
    assert!(checked > 12, "{checked}");
}
