//! Spans of calls, and what they must not contain.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use http::Request;
use talon_client::{ApplicationKey, Client, ClientConfig};
use talon_core::prelude::*;
use tracing::Subscriber;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing_subscriber::Layer;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::layer::{Context, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt;

use crate::stub_transport::{BASE, KEY, StubReply, StubTransport};

/// Everything that was logged.
#[derive(Clone, Debug, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().expect("no test panics")).into_owned()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no test panics").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// The log of one change that was answered with `reply`, at the finest level.
async fn log_of(reply: StubReply) -> String {
    // Spans that another test's thread is just making known, without a subscriber, stay switched
    // off for ours; so they are made known before it is.
    call(reply).await;
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_span_events(FmtSpan::FULL)
        .with_ansi(false)
        .with_writer(log.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);

    call(reply).await;

    log.text()
}

async fn call(reply: StubReply) {
    let key = ApplicationKey::new(KEY).expect("hexadecimal");
    let config = ClientConfig::new(BASE).api_key(KEY).application_key(7, key);
    let client = Client::new(config, StubTransport::new(reply)).expect("a valid configuration");
    let mut request = UpdateCustomerSession::new("cart-of-anna", NewCustomerSession::default());
    request.session.profile_id = Some("anna@example.org".into());

    let _ = client.call(request.dry(true)).await;
}

#[tokio::test(start_paused = true)]
async fn the_log_of_a_call_names_operation_and_outcome() {
    let log = log_of(StubReply::Reply(503, "")).await;

    for field in [
        "talon.call",
        r#"operation="updateCustomerSession""#,
        "talon.attempt",
        "otel.name=PUT /v1/customer_sessions/{customerSessionId}",
        "http.response.status_code=503",
        r#"outcome="api""#,
        "retrying",
        r#"cause="api""#,
        "attempts=3",
        "stop_reason=no attempt is left",
    ] {
        assert!(log.contains(field), "{field} is missing in {log}");
    }
}

#[tokio::test(start_paused = true)]
async fn ids_bodies_queries_and_keys_are_not_logged() {
    let reply = StubReply::Reply(200, r#"{"said":"anna"}"#);
    let failure = StubReply::Fail(talon_client::TransportErrorKind::Interrupted);
    let header = StubReply::With(403, ("set-cookie", "of=anna"), "");
    for reply in [reply, failure, header, StubReply::Reply(400, r#"{"message":"anna"}"#)] {
        let log = log_of(reply).await;

        assert!(log.contains("talon.attempt"));
        for secret in [KEY, "anna", "cart-of", "dry", "signature", "ApiKey"] {
            assert!(!log.contains(secret), "{secret} is in {log}");
        }
    }
}

/// A span as a subscriber gets it.
#[derive(Clone, Debug, Default)]
struct RecordedSpan {
    name: &'static str,
    parent: Option<String>,
    fields: BTreeMap<&'static str, String>,
}

impl Visit for RecordedSpan {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.fields.insert(field.name(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.fields.insert(field.name(), value.to_owned());
    }
}

/// Keeps every span that was closed.
#[derive(Clone, Debug, Default)]
struct Spans(Arc<Mutex<Vec<RecordedSpan>>>);

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Spans {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let span = context.span(id).expect("it is new");
        let mut recorded = RecordedSpan { name: span.name(), ..RecordedSpan::default() };
        recorded.parent = span.parent().map(|parent| parent.name().to_owned());
        attributes.record(&mut recorded);
        span.extensions_mut().insert(recorded);
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        let span = context.span(id).expect("it is open");
        if let Some(recorded) = span.extensions_mut().get_mut::<RecordedSpan>() {
            values.record(recorded);
        }
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let span = context.span(&id).expect("it is being closed");
        if let Some(recorded) = span.extensions_mut().remove::<RecordedSpan>() {
            self.0.lock().expect("no test panics").push(recorded);
        }
    }
}

/// The spans of a call over `replies`, in the order in which they were closed.
async fn spans_of(replies: &[StubReply], raw: bool) -> Vec<RecordedSpan> {
    let call = async |replies: &[StubReply]| {
        let config = ClientConfig::new("https://demo.talon.one:8443/gate").api_key(KEY);
        let client = Client::new(config, StubTransport::script(replies)).expect("valid");
        if raw {
            let request = Request::builder().method("PURGE").uri("/v1/of/anna");
            let request = request.body(bytes::Bytes::new()).expect("a request");
            client.call_raw(request).await.map(drop)
        } else {
            client.call(GetCustomerInventory::new("anna")).await.map(drop)
        }
    };
    // See `log_of`.
    let _ = call(replies).await;
    let spans = Spans::default();
    let _guard = tracing_subscriber::registry().with(spans.clone()).set_default();

    let _ = call(replies).await;

    let closed = spans.0.lock().expect("no test panics");
    closed.clone()
}

fn fields(fields: &[(&'static str, &str)]) -> BTreeMap<&'static str, String> {
    fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
}

#[tokio::test(start_paused = true)]
async fn each_attempt_is_an_http_client_span_within_that_of_the_call() {
    let replies = [
        StubReply::Never,
        StubReply::RetryAfter(503, "1"),
        StubReply::Reply(200, r#"{"coupons":[]}"#),
    ];

    let spans = spans_of(&replies, false).await;

    let [first, second, third, call] = spans.as_slice() else { panic!("{spans:?}") };
    let attempt = fields(&[
        ("otel.kind", "client"),
        ("otel.name", "GET /v1/customer_profiles/{integrationId}/inventory"),
        ("http.request.method", "GET"),
        ("url.template", "/v1/customer_profiles/{integrationId}/inventory"),
        ("server.address", "demo.talon.one"),
        ("server.port", "8443"),
    ]);
    for (span, own) in [
        (first, &[("error.type", "timeout"), ("otel.status_code", "ERROR")][..]),
        (
            second,
            &[
                ("http.request.resend_count", "1"),
                ("http.response.status_code", "503"),
                ("error.type", "503"),
                ("otel.status_code", "ERROR"),
            ],
        ),
        (third, &[("http.request.resend_count", "2"), ("http.response.status_code", "200")]),
    ] {
        let expected: BTreeMap<_, _> = attempt.clone().into_iter().chain(fields(own)).collect();
        assert_eq!((span.name, span.parent.as_deref()), ("talon.attempt", Some("talon.call")));
        assert_eq!(span.fields, expected);
    }
    assert_eq!((call.name, &call.parent), ("talon.call", &None));
    let expected = [
        ("otel.name", "getCustomerInventory"),
        ("operation", "getCustomerInventory"),
        ("attempts", "3"),
        ("outcome", "ok"),
    ];
    assert_eq!(call.fields, fields(&expected));
}

#[tokio::test(start_paused = true)]
async fn a_call_that_fails_has_the_type_of_its_error() {
    let spans = spans_of(&[StubReply::Reply(404, "{}")], false).await;

    let [attempt, call] = spans.as_slice() else { panic!("{spans:?}") };
    assert_eq!(attempt.fields["http.response.status_code"], "404");
    let expected = [
        ("otel.name", "getCustomerInventory"),
        ("operation", "getCustomerInventory"),
        ("attempts", "1"),
        ("outcome", "api"),
        ("stop_reason", "a repeat would not help"),
        ("error.type", "404"),
        ("otel.status_code", "ERROR"),
    ];
    assert_eq!(call.fields, fields(&expected));
}

#[tokio::test(start_paused = true)]
async fn a_raw_call_has_no_template_and_no_method_of_its_own() {
    let spans = spans_of(&[StubReply::Reply(200, "{}")], true).await;

    let [attempt, call] = spans.as_slice() else { panic!("{spans:?}") };
    let expected = [
        ("otel.kind", "client"),
        ("otel.name", "HTTP"),
        ("http.request.method", "_OTHER"),
        ("server.address", "demo.talon.one"),
        ("server.port", "8443"),
        ("http.response.status_code", "200"),
    ];
    assert_eq!(attempt.fields, fields(&expected));
    assert_eq!(call.fields["operation"], "raw");
}
