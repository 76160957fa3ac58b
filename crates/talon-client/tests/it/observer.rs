//! Reports to an `Observer`.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use talon_client::observer::{AttemptReport, CallReport, Observer};
use talon_client::{Client, ClientConfig};
use talon_core::StopReason;
use talon_core::http::Request;
use talon_core::prelude::*;

use crate::stub_transport::{BASE, KEY, StubReply, StubTransport};

#[derive(Debug, Default)]
struct Reports {
    attempts: Mutex<Vec<Attempt>>,
    calls: Mutex<Vec<Call>>,
}

/// What is kept of the report of an attempt.
#[derive(Clone, Debug)]
struct Attempt {
    number: u32,
    duration: Duration,
    status: Option<u16>,
    retry_after: Option<String>,
    error: Option<ErrorKind>,
}

/// What is kept of the report of a call.
#[derive(Clone, Debug)]
struct Call {
    operation: &'static str,
    attempts: u32,
    duration: Duration,
    error: Option<ErrorKind>,
    stop_reason: Option<StopReason>,
    cancelled: bool,
}

impl Observer for Reports {
    fn on_attempt(&self, report: &AttemptReport<'_>) {
        let header = report.headers.and_then(|headers| headers.get("retry-after"));
        self.attempts.lock().expect("no test panics").push(Attempt {
            number: report.number,
            duration: report.duration,
            status: report.status.map(|status| status.as_u16()),
            retry_after: header.map(|wait| wait.to_str().expect("ASCII").to_owned()),
            error: report.error,
        });
    }

    fn on_call(&self, report: &CallReport<'_>) {
        self.calls.lock().expect("no test panics").push(Call {
            operation: report.operation.id,
            attempts: report.attempts,
            duration: report.duration,
            error: report.error,
            stop_reason: report.stop_reason,
            cancelled: report.cancelled,
        });
    }
}

fn observed(replies: &[StubReply]) -> (Client<StubTransport>, Arc<Reports>) {
    let reports = Arc::new(Reports::default());
    let config = ClientConfig::new(BASE).api_key(KEY).observer(reports.clone());
    (Client::new(config, StubTransport::script(replies)).expect("a valid configuration"), reports)
}

#[tokio::test(start_paused = true)]
async fn attempts_and_calls_are_reported() {
    let (client, reports) =
        observed(&[StubReply::Never, StubReply::RetryAfter(503, "1"), StubReply::Reply(200, "{}")]);

    client.call(GetCustomerInventory::new("anna")).await.unwrap();

    let attempts = reports.attempts.lock().unwrap().clone();
    let told: Vec<_> =
        attempts.iter().map(|report| (report.number, report.status, report.error)).collect();
    assert_eq!(
        told,
        [
            (1, None, Some(ErrorKind::Timeout)),
            (2, Some(503), Some(ErrorKind::Api)),
            (3, Some(200), None),
        ],
    );
    assert_eq!(attempts[0].duration, Duration::from_millis(2500));
    let waits: Vec<_> = attempts.iter().map(|report| report.retry_after.as_deref()).collect();
    assert_eq!(waits, [None, Some("1"), None]);
    let calls = reports.calls.lock().unwrap().clone();
    assert_eq!((calls.len(), calls[0].attempts), (1, 3));
    assert_eq!((calls[0].operation, calls[0].error), ("getCustomerInventory", None));
    assert!(calls[0].duration > Duration::from_millis(3500));
}

#[tokio::test(start_paused = true)]
async fn a_failure_is_reported_with_its_reason() {
    let (client, reports) = observed(&[StubReply::Reply(400, "")]);

    client.call(GetCustomerInventory::new("anna")).await.unwrap_err();
    client.call(GetCustomerInventory::new("..")).await.unwrap_err();

    let calls = reports.calls.lock().unwrap().clone();
    let told: Vec<_> =
        calls.iter().map(|report| (report.attempts, report.error, report.stop_reason)).collect();
    assert_eq!(
        told,
        [(1, Some(ErrorKind::Api), Some(StopReason::Final)), (0, Some(ErrorKind::Encode), None)],
    );
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_is_reported_as_cancelled() {
    let (client, reports) = observed(&[StubReply::Never]);

    let call = client.call(GetCustomerInventory::new("anna"));
    assert!(tokio::time::timeout(Duration::from_secs(1), call).await.is_err());

    let calls = reports.calls.lock().unwrap().clone();
    let told: Vec<_> =
        calls.iter().map(|report| (report.attempts, report.error, report.cancelled)).collect();
    assert_eq!(told, [(1, None, true)]);
    assert_eq!(calls[0].duration, Duration::from_secs(1));
    assert!(reports.attempts.lock().unwrap().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_call_that_has_ended_is_not_cancelled() {
    let (client, reports) = observed(&[StubReply::Reply(200, "{}"), StubReply::Reply(400, "")]);

    client.call(GetCustomerInventory::new("anna")).await.unwrap();
    client.call(GetCustomerInventory::new("anna")).await.unwrap_err();
    drop(client.call(GetCustomerInventory::new("never begun")));

    let calls = reports.calls.lock().unwrap().clone();
    assert_eq!(calls.iter().map(|report| report.cancelled).collect::<Vec<_>>(), [false, false]);
}

#[tokio::test]
async fn a_raw_call_is_reported_without_its_path() {
    let (client, reports) = observed(&[StubReply::Reply(200, "{}")]);

    let request = Request::get("/v1/of/anna").body(bytes::Bytes::new()).unwrap();
    client.call_raw(request).await.unwrap();

    let calls = reports.calls.lock().unwrap().clone();
    assert_eq!((calls[0].operation, calls[0].attempts), ("raw", 1));
}
