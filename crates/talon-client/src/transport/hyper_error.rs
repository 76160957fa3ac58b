//! Classifies errors of hyper and h2, for all transports over them.
//!
//! Both functions search the sources of any error, so no type of hyper or h2 is in a signature.

use std::error::Error;
use std::io;

use super::TransportErrorKind;

/// Classifies an error that occurred before the head of a reply; `None` when it is not known.
///
/// [`Unprocessed`](TransportErrorKind::Unprocessed) is a request that was never written, a stream
/// that the server refused (`REFUSED_STREAM`), and a stream above the last one of its `GOAWAY`.
///
/// ```
/// use std::io::{Error, ErrorKind};
/// use talon_client::TransportErrorKind;
/// use talon_client::transport::hyper_error;
///
/// let malformed = Error::from(ErrorKind::InvalidData);
/// assert_eq!(hyper_error::classify_request_error(&malformed), Some(TransportErrorKind::Decode));
/// assert_eq!(hyper_error::classify_request_error(&Error::from(ErrorKind::ConnectionReset)), None);
/// ```
pub fn classify_request_error(error: &(dyn Error + 'static)) -> Option<TransportErrorKind> {
    causes(error).find_map(classify)
}

/// Classifies an error that occurred in the body of a reply; `None` when it is not known.
///
/// Never [`Unprocessed`](TransportErrorKind::Unprocessed): a server that has started to reply has
/// processed the request.
pub fn classify_body_error(error: &(dyn Error + 'static)) -> Option<TransportErrorKind> {
    classify_request_error(error).filter(|kind| *kind != TransportErrorKind::Unprocessed)
}

fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&cause| cause.source())
}

fn classify(cause: &(dyn Error + 'static)) -> Option<TransportErrorKind> {
    if let Some(error) = cause.downcast_ref::<hyper::Error>() {
        return classify_hyper(error);
    }
    if let Some(error) = cause.downcast_ref::<h2::Error>() {
        return classify_h2(error);
    }
    // Invalid framing of a body; hyper has no predicate for it.
    let kind = cause.downcast_ref::<io::Error>().map(io::Error::kind);
    let is_malformed =
        matches!(kind, Some(io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput));
    is_malformed.then_some(TransportErrorKind::Decode)
}

fn classify_hyper(error: &hyper::Error) -> Option<TransportErrorKind> {
    // First: when the request was not written, the reason does not matter.
    if error.is_canceled() {
        Some(TransportErrorKind::Unprocessed)
    } else if error.is_timeout() {
        Some(TransportErrorKind::Timeout)
    } else if error.is_parse() {
        Some(TransportErrorKind::Decode)
    } else {
        None
    }
}

fn classify_h2(error: &h2::Error) -> Option<TransportErrorKind> {
    // h2 reports the server's `GOAWAY` only for streams above its last one; the others continue
    // until the connection ends.
    let is_refused = error.is_go_away()
        || error.is_reset() && error.reason() == Some(h2::Reason::REFUSED_STREAM);
    if error.is_remote() && is_refused {
        Some(TransportErrorKind::Unprocessed)
    } else if error.is_library() {
        // h2 itself resets a stream or connection only for a violation of the protocol.
        Some(TransportErrorKind::Decode)
    } else {
        None
    }
}
