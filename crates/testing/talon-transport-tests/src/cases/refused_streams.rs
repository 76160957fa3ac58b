//! HTTP/2 says when it has not processed a request: it is sent again, by the client alone.

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
use crate::http2::raw::{Answer, Arrived, Server};

/// What a server says for a stream, and whether it hangs up then.
type Refusal = (fn(u32) -> Vec<u8>, bool);

/// A server that has not processed a request.
const REFUSALS: [Refusal; 4] = [
    (|stream| frames::reset(stream, frames::REFUSED_STREAM), false),
    (|stream| frames::go_away(stream.saturating_sub(2), frames::NO_ERROR), false),
    (|stream| frames::go_away(stream.saturating_sub(2), frames::NO_ERROR), true),
    (|_| frames::go_away(0, frames::ENHANCE_YOUR_CALM), true),
];

async fn start(
    script: impl Fn(usize, &Arrived) -> Answer + Send + Sync + 'static,
) -> (Server, ClientConfig) {
    let authority = Authority::new();
    let server = Server::start(authority.server("localhost", &["h2"]), script).await;
    let config = config(&server.url()).root_certificates(authority.pem());
    (server, config)
}

fn event(session: &str) -> TrackEvent {
    TrackEvent::new(NewEvent::new("paid", session))
}

fn event_reply(stream: u32) -> Answer {
    let head = frames::head(stream, &frames::header(":status", "201"));
    let body = talon_core::json::to_vec(&IntegrationState::default()).expect("a reply");
    let body = frame(kind::DATA, END_STREAM, stream, &body);
    Answer { bytes: [head, body].concat(), hangs_up: false }
}

/// Without retries the transport sends it once, and the caller is told that nothing happened.
pub async fn are_told_and_not_sent_again_by_the_transport<T: Transport>(connect: Connect<T>) {
    for (refuse, hangs_up) in REFUSALS {
        let (server, config) =
            start(move |_, request| Answer { bytes: refuse(request.stream), hangs_up }).await;
        let client = connect(config).expect("a fit configuration");

        let error = client.call(event("cart-1")).await.expect_err("a refused stream");

        assert_eq!(error.kind(), ErrorKind::Unprocessed, "{error:?}");
        assert!(!error.may_have_been_applied());
        assert_eq!((error.attempts(), server.requests().len()), (1, 1));
        assert_eq!(error.stop_reason(), Some(StopReason::AttemptsUsedUp));
    }
}

/// With retries even what is unsafe to repeat is sent again.
pub async fn are_sent_again_by_the_client<T: Transport>(connect: Connect<T>) {
    for (refuse, hangs_up) in REFUSALS {
        let (server, config) = start(move |before, request| match before {
            0 | 1 => Answer { bytes: refuse(request.stream), hangs_up },
            _ => event_reply(request.stream),
        })
        .await;
        let client = connect(config.retry(RetryPolicy::default())).expect("a fit configuration");

        client.call(event("cart-1")).await.expect("the third is answered");

        assert_eq!(server.requests().len(), 3);
    }
}

/// With the default policy a server that refuses all is asked three times, and the caller is told
/// that nothing was applied.
pub async fn without_end_are_told_as_not_applied<T: Transport>(connect: Connect<T>) {
    for (refuse, hangs_up) in REFUSALS {
        let (server, config) =
            start(move |_, request| Answer { bytes: refuse(request.stream), hangs_up }).await;
        let client = connect(config.retry(RetryPolicy::default())).expect("a fit configuration");

        let error = client.call(event("cart-1")).await.expect_err("a refused stream");

        assert_eq!(error.kind(), ErrorKind::Unprocessed, "{error:?}");
        assert!(!error.may_have_been_applied());
        assert_eq!((error.attempts(), server.requests().len()), (3, 3));
        assert_eq!(error.stop_reason(), Some(StopReason::AttemptsUsedUp));
    }
}

/// Each is paid for: a server that refuses all is not sent three times as much.
pub async fn are_paid_from_the_budget<T: Transport>(connect: Connect<T>) {
    let (server, config) = start(|_, request| Answer {
        bytes: frames::reset(request.stream, frames::REFUSED_STREAM),
        hangs_up: false,
    })
    .await;
    let budget = RetryBudget { burst: 2, percent_of_successes: 20 };
    let config = config.retry(RetryPolicy::default()).retry_budget(budget);
    let client = connect(config).expect("a fit configuration");

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
struct Attempts(AtomicU32);

impl Observer for Attempts {
    fn on_attempt(&self, _: &AttemptReport) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// Calls at once, each of its own session.
const CALLERS: usize = 64;
/// Calls of each caller, one after another.
const ROUNDS: usize = 4;
/// Requests that a connection is good for.
const RECYCLED_AFTER: usize = 25;

/// A server that recycles connections under load: nothing is lost, and nothing is applied twice.
pub async fn of_recycled_connections_lose_nothing<T: Transport>(connect: Connect<T>) {
    let (server, config) = start(recycle).await;
    let observer = Arc::new(Attempts::default());
    let policy = RetryPolicy { max_attempts: 20, ..RetryPolicy::default() };
    let config = config
        .retry(policy)
        .retry_budget(RetryBudget { burst: 10_000, percent_of_successes: 100 })
        .observer(Arc::clone(&observer) as Arc<dyn Observer>);
    let client = Arc::new(connect(config).expect("a fit configuration"));

    let callers: Vec<_> = (0..CALLERS)
        .map(|caller| {
            let client = Arc::clone(&client);
            tokio::spawn(async move {
                for round in 0..ROUNDS {
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
    assert_eq!(applied.len(), CALLERS * ROUNDS);
    assert!(applied.values().all(|times| *times == 1), "{applied:?}");
    assert!(requests.len() > CALLERS * ROUNDS, "none was refused");
    // What the server saw was counted as an attempt; what was never written it did not see.
    assert!(observer.0.load(Ordering::Relaxed) as usize >= requests.len());
}

/// Answers the first requests of a connection, those of the lowest streams, and no later ones.
fn recycle(_: usize, request: &Arrived) -> Answer {
    let last = u32::try_from(2 * RECYCLED_AFTER - 1).expect("a small number");
    let end = || Answer { bytes: frames::go_away(last, frames::NO_ERROR), hangs_up: false };
    match (is_processed(request), request.stream == last) {
        (true, false) => event_reply(request.stream),
        (true, true) => {
            let Answer { bytes, hangs_up } = event_reply(request.stream);
            Answer { bytes: [end().bytes, bytes].concat(), hangs_up }
        }
        (false, _) => Answer { bytes: Vec::new(), hangs_up: false },
    }
}

fn is_processed(request: &Arrived) -> bool {
    (request.stream as usize) < 2 * RECYCLED_AFTER
}

fn session(request: &Arrived) -> String {
    let body = String::from_utf8_lossy(&request.body);
    let value = body.split("\"sessionId\":\"").nth(1).expect("a session");
    value.split('"').next().expect("its end").to_owned()
}
