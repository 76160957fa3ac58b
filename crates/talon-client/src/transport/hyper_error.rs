//! What the errors of hyper and h2 mean, the same for every transport over them.
//!
//! None of their types is in a signature: both functions look through the causes of any error.

use std::error::Error;
use std::io;

use super::TransportErrorKind;

/// What an error says that came in place of a reply; `None` where it leaves that open.
///
/// [`Unprocessed`](TransportErrorKind::Unprocessed) is what never left this machine, a stream that
/// the server refused (`REFUSED_STREAM`), and one beyond the last that its `GOAWAY` covers.
///
/// ```
/// use std::io::{Error, ErrorKind};
/// use talon_client::TransportErrorKind;
/// use talon_client::transport::hyper_error;
///
/// let misframed = Error::from(ErrorKind::InvalidData);
/// assert_eq!(hyper_error::classify_request_error(&misframed), Some(TransportErrorKind::Decode));
/// assert_eq!(hyper_error::classify_request_error(&Error::from(ErrorKind::ConnectionReset)), None);
/// ```
pub fn classify_request_error(error: &(dyn Error + 'static)) -> Option<TransportErrorKind> {
    causes(error).find_map(classify)
}

/// What an error says that came after the head of a reply, in its body; `None` where it leaves that
/// open.
///
/// A server that began to reply has begun with the request, whatever it says then.
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
    // The end of a body that cannot be told; hyper has no predicate for that.
    let kind = cause.downcast_ref::<io::Error>().map(io::Error::kind);
    let is_misframed =
        matches!(kind, Some(io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput));
    is_misframed.then_some(TransportErrorKind::Decode)
}

fn classify_hyper(error: &hyper::Error) -> Option<TransportErrorKind> {
    // Before all others: why the connection broke does not matter to what was not written.
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
    // h2 ends only those streams with a `GOAWAY` of the server that are beyond its last one; the
    // others go on, and end with the connection.
    let is_refused = error.is_go_away()
        || error.is_reset() && error.reason() == Some(h2::Reason::REFUSED_STREAM);
    if error.is_remote() && is_refused {
        Some(TransportErrorKind::Unprocessed)
    } else if error.is_library() {
        // What h2 itself ends a stream or connection for is a breach of the protocol.
        Some(TransportErrorKind::Decode)
    } else {
        None
    }
}
