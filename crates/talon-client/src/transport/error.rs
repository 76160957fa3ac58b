//! Why no reply arrived.

use std::error::Error;
use std::fmt;

type Source = Box<dyn Error + Send + Sync>;

/// Why a [`Transport`](super::Transport) has no reply.
///
/// ```
/// use std::io::{Error, ErrorKind};
/// use talon_client::{TransportError, TransportErrorKind};
///
/// /// What a transport makes of an error of the library below it.
/// fn without_reply(error: Error) -> TransportError {
///     match error.kind() {
///         ErrorKind::ConnectionRefused => TransportError::connect(error),
///         ErrorKind::TimedOut => TransportError::timeout(error),
///         ErrorKind::ConnectionReset => TransportError::interrupted(error),
///         // In doubt, the request may have been processed.
///         _ => TransportError::other(error),
///     }
/// }
///
/// let error = without_reply(ErrorKind::TimedOut.into());
/// assert_eq!(error.kind(), TransportErrorKind::Timeout);
/// assert_eq!(error.to_string(), "no reply in time");
/// ```
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Source,
}

/// Sort of a [`TransportError`]: whether the request may have reached the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection, of any reason: name, network, certificate. The request was not sent.
    Connect,
    /// The service refused the request before it began with it, or the connection closed before the
    /// request was written. Nothing was processed: HTTP/2's `GOAWAY` below the stream, and
    /// `REFUSED_STREAM`.
    Unprocessed,
    /// No reply in time. The request may have been processed.
    Timeout,
    /// The connection broke after sending began. The request may have been processed.
    Interrupted,
    /// What arrived is no HTTP reply, or too large. The request may have been processed.
    Decode,
    /// None of the others. The request may have been processed.
    Other,
}

impl TransportError {
    /// An error of `kind`; `source` must say nothing of the request, its URI included.
    pub fn new(kind: TransportErrorKind, source: impl Into<Source>) -> Self {
        Self { kind, source: source.into() }
    }

    /// No connection; the request was not sent.
    pub fn connect(source: impl Into<Source>) -> Self {
        Self::new(TransportErrorKind::Connect, source)
    }

    /// The request was refused or dropped before the service began with it.
    ///
    /// Only for what is known: in doubt, it is [`interrupted`](Self::interrupted).
    pub fn unprocessed(source: impl Into<Source>) -> Self {
        Self::new(TransportErrorKind::Unprocessed, source)
    }

    /// No reply in time.
    pub fn timeout(source: impl Into<Source>) -> Self {
        Self::new(TransportErrorKind::Timeout, source)
    }

    /// The connection broke after sending began.
    pub fn interrupted(source: impl Into<Source>) -> Self {
        Self::new(TransportErrorKind::Interrupted, source)
    }

    /// What arrived is no HTTP reply, or too large.
    pub fn decode(source: impl Into<Source>) -> Self {
        Self::new(TransportErrorKind::Decode, source)
    }

    /// None of the others.
    pub fn other(source: impl Into<Source>) -> Self {
        Self::new(TransportErrorKind::Other, source)
    }

    /// Sort of the error.
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
