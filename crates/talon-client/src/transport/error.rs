//! Errors of transports.

use std::error::Error;
use std::fmt;

type Source = Box<dyn Error + Send + Sync>;

/// Error of a [`Transport`](super::Transport): there is no complete reply.
///
/// ```
/// use std::io::{Error, ErrorKind};
/// use talon_client::{TransportError, TransportErrorKind};
///
/// /// Converts an error of an HTTP library.
/// fn convert(error: Error) -> TransportError {
///     match error.kind() {
///         ErrorKind::ConnectionRefused => TransportError::connect(error),
///         ErrorKind::TimedOut => TransportError::timeout(error),
///         ErrorKind::ConnectionReset => TransportError::interrupted(error),
///         // In doubt, the request may have been processed.
///         _ => TransportError::other(error),
///     }
/// }
///
/// let error = convert(ErrorKind::TimedOut.into());
/// assert_eq!(error.kind(), TransportErrorKind::Timeout);
/// assert_eq!(error.to_string(), "no reply in time");
/// ```
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Source,
}

/// Kind of a [`TransportError`]: whether the service may have processed the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection could be opened: DNS, network or certificate. The request was not sent.
    Connect,
    /// The service refused the request before it processed it (HTTP/2: `REFUSED_STREAM`, or
    /// `GOAWAY` with a last stream below this one), or the connection closed before the request was
    /// written.
    Unprocessed,
    /// No reply in time. The request may have been processed.
    Timeout,
    /// The connection broke after sending began. The request may have been processed.
    Interrupted,
    /// The reply is not valid HTTP, or too large. The request may have been processed.
    Decode,
    /// Any other error. The request may have been processed.
    Other,
}

impl TransportError {
    /// Creates an error. `source` must contain nothing of the request, such as its URI.
    pub fn new(kind: TransportErrorKind, source: impl Into<Source>) -> Self {
        Self { kind, source: source.into() }
    }

    /// Creates an error of kind [`Connect`](TransportErrorKind::Connect).
    pub fn connect(source: impl Into<Source>) -> Self {
        Self::new(TransportErrorKind::Connect, source)
    }

    /// Creates an error of kind [`Unprocessed`](TransportErrorKind::Unprocessed).
    ///
    /// Only when the library knows it; otherwise the error is [`interrupted`](Self::interrupted).
    pub fn unprocessed(source: impl Into<Source>) -> Self {
        Self::new(TransportErrorKind::Unprocessed, source)
    }

    /// Creates an error of kind [`Timeout`](TransportErrorKind::Timeout).
    pub fn timeout(source: impl Into<Source>) -> Self {
        Self::new(TransportErrorKind::Timeout, source)
    }

    /// Creates an error of kind [`Interrupted`](TransportErrorKind::Interrupted).
    pub fn interrupted(source: impl Into<Source>) -> Self {
        Self::new(TransportErrorKind::Interrupted, source)
    }

    /// Creates an error of kind [`Decode`](TransportErrorKind::Decode).
    pub fn decode(source: impl Into<Source>) -> Self {
        Self::new(TransportErrorKind::Decode, source)
    }

    /// Creates an error of kind [`Other`](TransportErrorKind::Other).
    pub fn other(source: impl Into<Source>) -> Self {
        Self::new(TransportErrorKind::Other, source)
    }

    /// Kind of the error.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            TransportErrorKind::Connect => "no connection",
            TransportErrorKind::Unprocessed => "request not processed",
            TransportErrorKind::Timeout => "no reply in time",
            TransportErrorKind::Interrupted => "connection lost",
            TransportErrorKind::Decode => "unreadable reply",
            TransportErrorKind::Other => "transport failed",
        })
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}
