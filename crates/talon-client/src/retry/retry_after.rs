//! The header `Retry-After`.

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::{DATE, RETRY_AFTER};

/// Reads `Retry-After`, in seconds or as a date; `None` when it is missing or invalid.
///
/// A date is compared with the `Date` of the reply, so that a difference between the clocks does
/// not matter, and with `now` only when there is no `Date`.
pub(crate) fn retry_after(
    headers: &HeaderMap,
    now: impl FnOnce() -> SystemTime,
) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number that is too large is the longest wait.
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let then = httpdate::parse_http_date(text).ok()?;
    let now = date(headers).unwrap_or_else(now);
    Some(then.duration_since(now).unwrap_or_default())
}

fn date(headers: &HeaderMap) -> Option<SystemTime> {
    httpdate::parse_http_date(headers.get(DATE)?.to_str().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: &str = "Sun, 01 Mar 2026 12:00:00 GMT";

    fn seconds(headers: &[(&'static str, &str)]) -> Option<u64> {
        let headers = headers.iter().map(|(name, value)| {
            (http::HeaderName::from_static(name), value.parse().expect("a header"))
        });
        let now = httpdate::parse_http_date(NOON).expect("a date");
        retry_after(&headers.collect(), || now).map(|wait| wait.as_secs())
    }

    #[test]
    fn seconds_and_dates_are_read() {
        for (text, wait) in [
            ("0", Some(0)),
            ("7", Some(7)),
            (" 7 ", Some(7)),
            ("99999999999999999999999", Some(u64::MAX)),
            ("Sun, 01 Mar 2026 12:00:30 GMT", Some(30)),
            // The two older forms of a date.
            ("Sunday, 01-Mar-26 12:00:30 GMT", Some(30)),
            ("Sun Mar  1 12:00:30 2026", Some(30)),
            ("Sun, 01 Mar 2026 11:59:00 GMT", Some(0)),
            ("", None),
            ("-1", None),
            ("1.5", None),
            ("soon", None),
            ("Sun, 31 Feb 2026 12:00:30 GMT", None),
        ] {
            assert_eq!(seconds(&[("retry-after", text)]), wait, "{text}");
        }
    }

    #[test]
    fn the_clock_of_the_service_counts() {
        let date = ("date", "Sun, 01 Mar 2026 17:00:00 GMT");

        assert_eq!(seconds(&[("retry-after", "Sun, 01 Mar 2026 17:00:09 GMT"), date]), Some(9));
        assert_eq!(seconds(&[("retry-after", "3"), date]), Some(3));
    }

    #[test]
    fn without_the_header_there_is_no_wait() {
        assert_eq!(seconds(&[]), None);
    }
}
