//! Streams that HTTP/2 refuses unprocessed: only the client retries them.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use talon_client::observer::{AttemptReport, Observer};
use talon_client::{ClientConfig, RetryBudget, RetryPolicy, Transport};
use talon_core::StopReason;
use talon_core::prelude::*;

use super::{Connect, config};
use crate::authority::Authority;
use crate::http2::frames::{self, END_STREAM, frame, kind};
use crate::http2::server::{Http2Reply, Http2Request, Http2Server};

/// Bytes that refuse a stream, and whether the server closes the connection afterwards.
type Refusal = (fn(u32) -> Vec<u8>, bool);

/// All ways to refuse a stream unprocessed.
const REFUSALS: [Refusal; 4] = [
    (|stream| frames::reset(stream, frames::REFUSED_STREAM), false),
    (|stream| frames::go_away(stream.saturating_sub(2), frames::NO_ERROR), false),
    (|stream| frames::go_away(stream.saturating_sub(2), frames::NO_ERROR), true),
    (|_| frames::go_away(0, frames::ENHANCE_YOUR_CALM), true),
];

async fn start(
    script: impl Fn(usize, &Http2Request) -> Http2Reply + Send + Sync + 'static,
) -> (Http2Server, ClientConfig) {
    let authority = Authority::new();
    let server = Http2Server::start(authority.server("localhost", &["h2"]), script).await;
    let config = config(&server.url()).root_certificates(authority.pem());
    (server, config)
}

fn event(session: &str) -> TrackEvent {
    TrackEvent::new(NewEvent::new("paid", session))
}

fn event_reply(stream: u32) -> Http2Reply {
    let head = frames::head(stream, &frames::header(":status", "201"));
    let body = talon_core::json::to_vec(&IntegrationState::default()).expect("a reply");
    let body = frame(kind::DATA, END_STREAM, stream, &body);
    Http2Reply { bytes: [head, body].concat(), close: false }
}

/// Without retries the request is sent once, and the error says that it was not applied.
pub async fn refused_streams_are_not_retried_by_the_transport<T: Transport>(connect: Connect<T>) {
    for (refuse, close) in REFUSALS {
        let (server, config) =
            start(move |_, request| Http2Reply { bytes: refuse(request.stream), close }).await;
        let client = connect(config).expect("a valid configuration");

        let error = client.call(event("cart-1")).await.expect_err("a refused stream");

        assert_eq!(error.kind(), ErrorKind::Unprocessed, "{error:?}");
        assert!(!error.may_have_been_applied());
        assert_eq!((error.attempts(), server.requests().len()), (1, 1));
        assert_eq!(error.stop_reason(), Some(StopReason::AttemptsUsedUp));
    }
}

/// With retries, even operations that are not idempotent are retried.
pub async fn refused_streams_are_retried_by_the_client<T: Transport>(connect: Connect<T>) {
    for (refuse, close) in REFUSALS {
        let (server, config) = start(move |before, request| match before {
            0 | 1 => Http2Reply { bytes: refuse(request.stream), close },
            _ => event_reply(request.stream),
        })
        .await;
        let client = connect(config.retry(RetryPolicy::default())).expect("a valid configuration");

        client.call(event("cart-1")).await.expect("the third is answered");

        assert_eq!(server.requests().len(), 3);
    }
}

/// When a server refuses all streams, there are three attempts, and the error says that nothing was
/// applied.
pub async fn endless_refused_streams_are_reported_as_not_applied<T: Transport>(
    connect: Connect<T>,
) {
    for (refuse, close) in REFUSALS {
        let (server, config) =
            start(move |_, request| Http2Reply { bytes: refuse(request.stream), close }).await;
        let client = connect(config.retry(RetryPolicy::default())).expect("a valid configuration");

        let error = client.call(event("cart-1")).await.expect_err("a refused stream");

        assert_eq!(error.kind(), ErrorKind::Unprocessed, "{error:?}");
        assert!(!error.may_have_been_applied());
        assert_eq!((error.attempts(), server.requests().len()), (3, 3));
        assert_eq!(error.stop_reason(), Some(StopReason::AttemptsUsedUp));
    }
}

/// Retries of refused streams use the budget: an outage is not amplified.
pub async fn retries_of_refused_streams_are_taken_from_the_budget<T: Transport>(
    connect: Connect<T>,
) {
    let (server, config) = start(|_, request| Http2Reply {
        bytes: frames::reset(request.stream, frames::REFUSED_STREAM),
        close: false,
    })
    .await;
    let budget = RetryBudget { burst: 2, percent_of_successes: 20 };
    let config = config.retry(RetryPolicy::default()).retry_budget(budget);
    let client = connect(config).expect("a valid configuration");

    let mut attempts = 0;
    for _ in 0..5 {
        let error = client.call(event("cart-1")).await.expect_err("a refused stream");
        assert_eq!(error.kind(), ErrorKind::Unprocessed);
        attempts += error.attempts() as usize;
    }

    assert_eq!((attempts, server.requests().len()), (7, 7));
}

/// Counts attempts.
#[derive(Debug, Default)]
struct AttemptCounter(AtomicU32);

impl Observer for AttemptCounter {
    fn on_attempt(&self, _: &AttemptReport) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// Concurrent callers.
const CALLERS: usize = 64;
/// Sequential calls of each caller.
const CALLS_EACH: usize = 4;
/// Requests that the server processes on one connection.
const MAX_REQUESTS: usize = 25;

/// A server that recycles connections under load: no call is lost, and none is applied twice.
pub async fn recycled_connections_lose_no_call<T: Transport>(connect: Connect<T>) {
    let (server, config) = start(recycle).await;
    let observer = Arc::new(AttemptCounter::default());
    let policy = RetryPolicy { max_attempts: 20, ..RetryPolicy::default() };
    let config = config
        .retry(policy)
        .retry_budget(RetryBudget { burst: 10_000, percent_of_successes: 100 })
        .observer(Arc::clone(&observer) as Arc<dyn Observer>);
    let client = Arc::new(connect(config).expect("a valid configuration"));

    let callers: Vec<_> = (0..CALLERS)
        .map(|caller| {
            let client = Arc::clone(&client);
            tokio::spawn(async move {
                for round in 0..CALLS_EACH {
                    client.call(event(&format!("cart-{caller}-{round}"))).await.expect("a reply");
                }
            })
        })
        .collect();
    for caller in callers {
        caller.await.expect("no panic");
    }

    let requests = server.requests();
    let mut applied = BTreeMap::<_, usize>::new();
    for request in requests.iter().filter(|request| is_processed(request)) {
        *applied.entry(session(request)).or_default() += 1;
    }
    assert_eq!(applied.len(), CALLERS * CALLS_EACH);
    assert!(applied.values().all(|times| *times == 1), "{applied:?}");
    assert!(requests.len() > CALLERS * CALLS_EACH, "none was refused");
    // Every request that the server received was an attempt; attempts that were never written were
    // not received.
    assert!(observer.0.load(Ordering::Relaxed) as usize >= requests.len());
}

/// Replies to the first requests of a connection, those of the lowest streams, and to no later
/// ones.
fn recycle(_: usize, request: &Http2Request) -> Http2Reply {
    let last = u32::try_from(2 * MAX_REQUESTS - 1).expect("a small number");
    let end = || Http2Reply { bytes: frames::go_away(last, frames::NO_ERROR), close: false };
    match (is_processed(request), request.stream == last) {
        (true, false) => event_reply(request.stream),
        (true, true) => {
            let Http2Reply { bytes, close } = event_reply(request.stream);
            Http2Reply { bytes: [end().bytes, bytes].concat(), close }
        }
        (false, _) => Http2Reply { bytes: Vec::new(), close: false },
    }
}

fn is_processed(request: &Http2Request) -> bool {
    (request.stream as usize) < 2 * MAX_REQUESTS
}

fn session(request: &Http2Request) -> String {
    let body = String::from_utf8_lossy(&request.body);
    let value = body.split("\"sessionId\":\"").nth(1).expect("a session");
    value.split('"').next().expect("its end").to_owned()
}
