//! Tracing events of a served fake, and what they must not contain.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard};

use talon_fake::Fault;
use talon_server::Service as _;
use tracing_subscriber::fmt::MakeWriter;

use crate::http::{call, request};
use crate::shop::{pay, talon};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn bytes(&self) -> MutexGuard<'_, Vec<u8>> {
        self.0.lock().expect("no test panics while it writes")
    }

    fn lines(&self) -> Vec<String> {
        let text = String::from_utf8(self.bytes().clone()).expect("traces are text");
        text.lines().map(str::to_owned).collect()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes().write(bytes)
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

const SESSION: &str = "operation=\"updateCustomerSessionV2\" method=PUT route=\"/v2/customer_sessions/{customerSessionId}\"";

#[tokio::test]
async fn every_request_emits_one_event_without_ids_bodies_and_keys() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .without_time();
    let _guard = tracing::subscriber::set_default(subscriber.with_writer(log.clone()).finish());
    let talon = talon();
    let service = talon.service();

    service.handle(call(&pay("secret-cart"), &[("idempotency-key", "secret-key")])).await;
    service.handle(call(&pay("secret-cart"), &[("idempotency-key", "another-key")])).await;
    service.handle(call(&pay("cart-2"), &[("authorization", "ApiKey-v1 secret")])).await;
    talon.faults().on_any(Fault::lose_reply());
    service.handle(call(&pay("cart-2"), &[])).await;
    talon.faults().on_any(Fault::truncated_body());
    service.handle(call(&pay("cart-3"), &[])).await;
    service.handle(request("SECRET", "/secret?secret=secret", &[], "secret")).await;

    let events: Vec<_> = log.lines();
    let expected = [
        format!("answered {SESSION} status=200"),
        format!("answered {SESSION} status=400"),
        format!("answered {SESSION} status=401"),
        format!("closed the connection without a reply {SESSION}"),
        format!("cut off the reply {SESSION} status=200"),
        "no operation takes the request status=404".to_owned(),
    ];
    assert_eq!(events.len(), expected.len(), "{events:#?}");
    for (event, expected) in events.iter().zip(&expected) {
        assert!(event.ends_with(expected), "{event} has no {expected}");
    }
    for secret in ["secret", "SECRET", "demo-key", "another-key", "TENOFF", "anna", "cart-"] {
        assert!(!events.iter().any(|event| event.contains(secret)), "{secret} in {events:#?}");
    }
}
