//! What a reply says of coming back, whatever it says.

use std::str::FromStr;
use std::sync::Mutex;
use std::time::Duration;

use bytes::Bytes;
use http::header::{DATE, RETRY_AFTER};
use http::{HeaderValue, Request, Response, StatusCode};
use talon_client::{Client, ClientConfig, RetryPolicy, Transport, TransportError};
use talon_core::operations::TrackEvent;
use talon_core::{StopReason, async_trait};
use talon_samples::Sample;
use tokio::runtime::Builder;
use tokio::time::Instant;

/// Longest `Retry-After` that is waited for.
const MAX_WAIT: Duration = Duration::from_secs(20);

/// Longest pause that is added to it.
const MAX_BACKOFF: Duration = Duration::from_millis(10);

/// A client that is told to come back does so no earlier, and never waits longer than it may.
///
/// The first line is the value of `Retry-After`, the second that of `Date`.
///
/// # Panics
/// When the property does not hold.
pub fn check(input: &[u8]) {
    let mut lines = input.splitn(2, |byte| *byte == b'\n');
    let mut header = || HeaderValue::from_bytes(lines.next()?).ok();
    let Some(retry_after) = header() else { return };
    let date = header();
    let asked = asked(&retry_after, date.as_ref());
    let busy = Busy { retry_after, date, sent: Mutex::default() };
    let (stopped, sent) = told_to_come_back(busy);
    match sent[..] {
        [_] => {
            assert_eq!(stopped, Some(StopReason::WaitTooLong));
            assert!(asked.is_none_or(|asked| asked > MAX_WAIT), "it could wait {asked:?}");
        }
        [first, second] => {
            let pause = second.duration_since(first);
            // The clock counts in whole milliseconds, and rounds up.
            assert!(pause <= MAX_WAIT + MAX_BACKOFF + Duration::from_millis(1), "{pause:?}");
            assert!(asked.is_none_or(|asked| pause >= asked), "{pause:?} is not {asked:?}");
        }
        _ => panic!("{} attempts of 2", sent.len()),
    }
}

/// How long the header says, where that does not depend on the clock of this machine.
fn asked(retry_after: &HeaderValue, date: Option<&HeaderValue>) -> Option<Duration> {
    let text = retry_after.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(u64::from_str(text).unwrap_or(u64::MAX)));
    }
    let then = httpdate::parse_http_date(text).ok()?;
    let now = httpdate::parse_http_date(date?.to_str().ok()?).ok()?;
    Some(then.duration_since(now).unwrap_or_default())
}

/// Why a call ended that was answered so twice, and when it was sent.
fn told_to_come_back(busy: Busy) -> (Option<StopReason>, Vec<Instant>) {
    let retry = RetryPolicy {
        max_attempts: 2,
        max_retry_after: MAX_WAIT,
        max_backoff: MAX_BACKOFF,
        ..RetryPolicy::default()
    };
    let config = ClientConfig::new("http://localhost")
        .api_key("key")
        .deadline(Duration::from_secs(3600))
        .retry(retry);
    let client = Client::new(config, busy).expect("the configuration is fit");
    // Time passes at once, when there is nothing to do but to wait.
    let mut runtime = Builder::new_current_thread();
    let runtime = runtime.enable_time().start_paused(true).build().expect("a runtime");
    let reply = runtime.block_on(client.call(TrackEvent::sample("cart-1")));
    let error = reply.expect_err("no reply is a success");
    let sent = client.transport().sent.lock().expect("nobody panics with it").clone();
    (error.stop_reason(), sent)
}

/// Answers every request with the same two headers.
#[derive(Debug)]
struct Busy {
    retry_after: HeaderValue,
    date: Option<HeaderValue>,
    sent: Mutex<Vec<Instant>>,
}

#[async_trait]
impl Transport for Busy {
    async fn send(&self, _: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        self.sent.lock().expect("nobody panics with it").push(Instant::now());
        let mut reply = Response::new(Bytes::from_static(b"{}"));
        *reply.status_mut() = StatusCode::TOO_MANY_REQUESTS;
        reply.headers_mut().insert(RETRY_AFTER, self.retry_after.clone());
        if let Some(date) = &self.date {
            reply.headers_mut().insert(DATE, date.clone());
        }
        Ok(reply)
    }
}
