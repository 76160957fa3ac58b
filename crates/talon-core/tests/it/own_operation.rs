//! An operation that the crate lacks, declared outside of it.

use serde::{Deserialize, Serialize};
use talon_core::bytes::Bytes;
use talon_core::http::{HeaderValue, Method, Request, Response, StatusCode};
use talon_core::operation::{AuthScheme, CommaSeparated, Conflict, RetrySafety, Subject};
use talon_core::prelude::*;
use talon_core::{OperationInfo, Result, operation};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Visit {
    spent: Amount,
}

/// Uses every member of a declaration.
#[derive(Clone, Debug, PartialEq)]
struct RecordVisit {
    store: String,
    session_id: SessionId,
    tags: CommaSeparated<String>,
    visit: Visit,
}

operation! { RecordVisit -> Option<Visit> {
    id: "recordVisit",
    request: PUT "/v1/stores/{store}/visits/{sessionId}",
    path: { store = "store", session_id = "sessionId" },
    query: { tags = "tags" },
    body: visit,
    success: [OK, NO_CONTENT],
    auth: [ApiKey, Signature],
    retry: Unsafe,
    idempotency_key: true,
    conflict: Parallel,
    bad_request: ErrorResponseWithStatus,
    subjects: [session_id],
} }

fn request() -> RecordVisit {
    RecordVisit {
        store: "Mitte/1".to_owned(),
        session_id: "cart-1".into(),
        tags: CommaSeparated::from_iter(["a".to_owned(), "b".to_owned()]),
        visit: Visit { spent: "12.50".parse().expect("an amount") },
    }
}

#[test]
fn a_declared_operation_is_encoded_and_decoded() {
    let http = request().to_http().unwrap();

    assert_eq!(http.method(), Method::PUT);
    assert_eq!(http.uri(), "/v1/stores/Mitte%2F1/visits/cart-1?tags=a%2Cb");
    assert_eq!(http.body(), r#"{"spent":12.5}"#);
    assert_eq!(RecordVisit::from_http(&http).unwrap(), request());
    assert_eq!(request().subjects(), [Subject::Session("cart-1".into())]);
}

#[test]
fn its_properties_are_those_of_the_declaration() {
    let info = RecordVisit::INFO;

    assert_eq!((info.id, info.has_body, info.idempotency_key), ("recordVisit", true, true));
    assert_eq!((info.retry, info.conflict), (RetrySafety::Unsafe, Conflict::Parallel));
    assert_eq!(info.auth, [AuthScheme::ApiKey, AuthScheme::Signature]);
    assert_eq!(info.success, [StatusCode::OK, StatusCode::NO_CONTENT]);
    assert_eq!(info.query, ["tags"]);
}

#[test]
fn errors_keep_the_headers_of_the_reply() {
    for (status, body) in [(404, ""), (200, "{"), (302, "")] {
        let reply = Response::builder().status(status).header("x-request-id", "7");

        let reply = reply.body(Bytes::from_static(body.as_bytes())).unwrap();
        let error = RecordVisit::reply_from_http(reply).unwrap_err();

        let id = error.headers().and_then(|headers| headers.get("x-request-id"));
        assert_eq!(id, Some(&HeaderValue::from_static("7")), "{status}");
        let debug = format!("{error:?}");
        assert!(debug.contains("x-request-id") && !debug.contains("\"7\""), "{debug}");
    }
}

/// An operation without `operation!`.
#[derive(Clone, Debug, PartialEq)]
struct Ping;

impl Operation for Ping {
    type Reply = ();

    const INFO: &'static OperationInfo = &OperationInfo::new("ping", Method::GET, "/v1/ping")
        .success(&[StatusCode::NO_CONTENT])
        .retry(RetrySafety::ReadOnly);

    fn write(&self, _: &mut talon_core::operation::RequestWriter) -> Result<()> {
        Ok(())
    }

    fn read(_: &talon_core::operation::RequestReader<'_>) -> Result<Self> {
        Ok(Self)
    }
}

#[test]
fn an_operation_can_be_implemented_by_hand() {
    let http: Request<Bytes> = Ping.to_http().unwrap();

    assert_eq!((http.uri().path(), http.body().len()), ("/v1/ping", 0));
    assert_eq!(Ping::from_http(&http).unwrap(), Ping);
    let reply = Ping::reply_to_http(&()).unwrap();
    assert_eq!(Ping::reply_from_http(reply).unwrap(), ());
}
