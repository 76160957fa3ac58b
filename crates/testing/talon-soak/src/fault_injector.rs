//! A service that injects faults into some of its requests.

use std::collections::BTreeMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderValue, Request, Response, StatusCode};
use talon_core::dispatch::Route;
use talon_server::{Answer, Service, async_trait};

use crate::Fault;

/// Delay of slow requests: longer than an attempt may take, and shorter than a call.
pub(crate) const DELAY: Duration = Duration::from_millis(700);

/// What the service did.
#[derive(Debug, Default)]
pub(crate) struct ServiceLog {
    /// How often each fault was injected.
    pub(crate) faults: BTreeMap<Fault, u64>,
    /// How often each request of an operation without `Idempotency-Key` was applied, by path and
    /// body.
    pub(crate) applied: BTreeMap<(String, Bytes), u64>,
    /// How often each request was received, by its fingerprint.
    seen: BTreeMap<u64, u64>,
}

/// Forwards requests to a service, and injects faults into some requests or replies.
#[derive(Debug)]
pub(crate) struct FaultInjector<S> {
    inner: S,
    seed: u64,
    percent: u32,
    record: Arc<Mutex<ServiceLog>>,
}

impl<S: Service> FaultInjector<S> {
    pub(crate) fn new(inner: S, seed: u64, percent: u32) -> Self {
        Self { inner, seed, percent, record: Arc::default() }
    }

    pub(crate) fn record(&self) -> Arc<Mutex<ServiceLog>> {
        Arc::clone(&self.record)
    }

    /// The fault of this request, if it gets one. Depends on the request and on how often it was
    /// sent, not on time.
    fn choose_fault(&self, request: &Request<Bytes>) -> Option<Fault> {
        let mut hasher = DefaultHasher::new();
        (self.seed, request.method(), request.uri().path(), request.body()).hash(&mut hasher);
        let fingerprint = hasher.finish();
        let mut record = lock(&self.record);
        let times = record.seen.entry(fingerprint).or_default();
        *times += 1;
        let mut chance = fastrand::Rng::with_seed(fingerprint.wrapping_add(*times));
        if chance.u32(0..100) >= self.percent {
            return None;
        }
        let fault = chance.choice(Fault::ALL)?;
        *record.faults.entry(fault).or_default() += 1;
        Some(fault)
    }

    async fn apply(&self, request: Request<Bytes>) -> Answer {
        let change = unkeyed_change(&request);
        let answer = self.inner.handle(request).await;
        if let (Some(change), Answer::Reply(reply)) = (change, &answer)
            && reply.status().is_success()
        {
            *lock(&self.record).applied.entry(change).or_default() += 1;
        }
        answer
    }
}

#[async_trait]
impl<S: Service> Service for FaultInjector<S> {
    async fn handle(&self, request: Request<Bytes>) -> Answer {
        let Some(fault) = self.choose_fault(&request) else { return self.apply(request).await };
        match fault {
            Fault::Unavailable => refusal(StatusCode::SERVICE_UNAVAILABLE, Some("0")),
            Fault::TooManyRequests => {
                let past = "Thu, 01 Jan 1970 00:00:00 GMT";
                refusal(StatusCode::TOO_MANY_REQUESTS, Some(past))
            }
            Fault::Conflict => refusal(StatusCode::CONFLICT, None),
            Fault::InternalError => refusal(StatusCode::INTERNAL_SERVER_ERROR, None),
            Fault::CloseBefore => Answer::HangUp,
            Fault::DelayBefore => {
                tokio::time::sleep(DELAY).await;
                self.apply(request).await
            }
            Fault::DelayAfter => {
                let answer = self.apply(request).await;
                tokio::time::sleep(DELAY).await;
                answer
            }
            after => corrupt_reply(after, self.apply(request).await),
        }
    }
}

fn corrupt_reply(fault: Fault, answer: Answer) -> Answer {
    match (fault, answer) {
        (Fault::TruncatedReply, Answer::Reply(reply)) => Answer::CutOff(reply),
        (Fault::InvalidJson, Answer::Reply(reply)) => {
            let page = Bytes::from_static(b"<html>Log in to our free network</html>");
            Answer::Reply(reply.map(|_| page))
        }
        (Fault::BadGateway, _) => refusal(StatusCode::BAD_GATEWAY, None),
        (Fault::ProxyUnavailable, _) => refusal(StatusCode::SERVICE_UNAVAILABLE, None),
        _ => Answer::HangUp,
    }
}

fn refusal(status: StatusCode, retry_after: Option<&'static str>) -> Answer {
    let mut reply = Response::new(Bytes::from_static(b"{\"message\":\"a fault\"}"));
    *reply.status_mut() = status;
    let headers = reply.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if let Some(wait) = retry_after {
        headers.insert(RETRY_AFTER, HeaderValue::from_static(wait));
    }
    Answer::Reply(reply)
}

/// Path and body of a change without `Idempotency-Key`, which the service applies again when
/// repeated.
fn unkeyed_change(request: &Request<Bytes>) -> Option<(String, Bytes)> {
    let route = Route::find(request.method(), request.uri().path()).ok()?;
    let changes = !request.method().is_safe() && !route.info().idempotency_key;
    changes.then(|| (request.uri().path().to_owned(), request.body().clone()))
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
