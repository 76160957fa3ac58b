//! Spans of calls, and what they must not contain.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use talon_client::{ApplicationKey, Client, ClientConfig};
use talon_core::prelude::*;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::FmtSpan;

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
async fn a_span_has_operation_and_outcome() {
    let log = log_of(StubReply::Reply(503, "")).await;

    for field in [
        "talon.call",
        r#"operation="updateCustomerSession""#,
        r#"method="PUT""#,
        r#"path="/v1/customer_sessions/{customerSessionId}""#,
        "attempt=1",
        "status=503",
        r#"outcome="api""#,
        "retrying",
        r#"cause="api""#,
        "attempt=3",
        "stop_reason=no attempt is left",
    ] {
        assert!(log.contains(field), "{field} is missing in {log}");
    }
}

#[tokio::test(start_paused = true)]
async fn ids_bodies_queries_and_keys_are_not_logged() {
    let reply = StubReply::Reply(200, r#"{"said":"anna"}"#);
    let failure = StubReply::Fail(talon_client::TransportErrorKind::Interrupted);
    for reply in [reply, failure, StubReply::Reply(400, r#"{"message":"anna"}"#)] {
        let log = log_of(reply).await;

        assert!(!log.is_empty());
        for secret in [KEY, "anna", "cart-of", "dry", "signature", "ApiKey"] {
            assert!(!log.contains(secret), "{secret} is in {log}");
        }
    }
}
