//! Arbitrary values of `Retry-After`.

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

/// The longest `Retry-After` that the client respects.
const MAX_WAIT: Duration = Duration::from_secs(20);

/// The longest backoff that is added to it.
const MAX_BACKOFF: Duration = Duration::from_millis(10);

/// The client does not retry earlier than `Retry-After`, and does not wait longer than its maximum.
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
    let busy = BusyTransport { retry_after, date, sent: Mutex::default() };
    let (stopped, sent) = call_twice(busy);
    match sent[..] {
        [_] => {
            assert_eq!(stopped, Some(StopReason::WaitTooLong));
            assert!(asked.is_none_or(|asked| asked > MAX_WAIT), "it must wait {asked:?}");
        }
        [first, second] => {
            let pause = second.duration_since(first);
            // The clock counts in whole milliseconds, and rounds up.
            assert!(pause <= MAX_WAIT + MAX_BACKOFF + Duration::from_millis(1), "{pause:?}");
            assert!(
                asked.is_none_or(|asked| pause >= asked),
                "{pause:?} is shorter than {asked:?}"
            );
        }
        _ => panic!("{} attempts of 2", sent.len()),
    }
}

/// The pause of the header, if it does not depend on the system clock.
fn asked(retry_after: &HeaderValue, date: Option<&HeaderValue>) -> Option<Duration> {
    let text = retry_after.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(u64::from_str(text).unwrap_or(u64::MAX)));
    }
    let then = httpdate::parse_http_date(text).ok()?;
    let now = httpdate::parse_http_date(date?.to_str().ok()?).ok()?;
    Some(then.duration_since(now).unwrap_or_default())
}

/// The reason why a call of two attempts stopped, and the times of its attempts.
fn call_twice(busy: BusyTransport) -> (Option<StopReason>, Vec<Instant>) {
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
    let client = Client::new(config, busy).expect("the configuration is valid");
    // The paused clock advances whenever all tasks wait.
    let mut runtime = Builder::new_current_thread();
    let runtime = runtime.enable_time().start_paused(true).build().expect("a runtime");
    let reply = runtime.block_on(client.call(TrackEvent::sample("cart-1")));
    let error = reply.expect_err("no reply is a success");
    let sent = client.transport().sent.lock().expect("the lock is not poisoned").clone();
    (error.stop_reason(), sent)
}

/// Answers every request with 429 and the same two headers.
#[derive(Debug)]
struct BusyTransport {
    retry_after: HeaderValue,
    date: Option<HeaderValue>,
    sent: Mutex<Vec<Instant>>,
}

#[async_trait]
impl Transport for BusyTransport {
    async fn send(&self, _: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        self.sent.lock().expect("the lock is not poisoned").push(Instant::now());
        let mut reply = Response::new(Bytes::from_static(b"{}"));
        *reply.status_mut() = StatusCode::TOO_MANY_REQUESTS;
        reply.headers_mut().insert(RETRY_AFTER, self.retry_after.clone());
        if let Some(date) = &self.date {
            reply.headers_mut().insert(DATE, date.clone());
        }
        Ok(reply)
    }
}
