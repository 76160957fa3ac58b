//! Faults of requests.

use std::fmt;

/// A fault that the service injects into one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Fault {
    /// 503 with `Retry-After`; nothing is applied.
    Unavailable,
    /// 429 with a date in `Retry-After`; nothing is applied.
    TooManyRequests,
    /// 409; nothing is applied.
    Conflict,
    /// 500; nothing is applied.
    InternalError,
    /// The connection is closed without a reply; nothing is applied.
    CloseBefore,
    /// Applied after the attempt has timed out.
    DelayBefore,
    /// Applied; then the connection is closed without a reply.
    CloseAfter,
    /// Applied; the reply is sent after the attempt has timed out.
    DelayAfter,
    /// Applied; half of the reply is sent.
    TruncatedReply,
    /// Applied; the reply is HTML in place of JSON.
    InvalidJson,
    /// Applied; the reply is 502, as from a proxy.
    BadGateway,
    /// Applied; the reply is 503 without `Retry-After`, as from a proxy.
    ProxyUnavailable,
}

impl Fault {
    /// Every fault.
    pub const ALL: [Self; 12] = [
        Self::Unavailable,
        Self::TooManyRequests,
        Self::Conflict,
        Self::InternalError,
        Self::CloseBefore,
        Self::DelayBefore,
        Self::CloseAfter,
        Self::DelayAfter,
        Self::TruncatedReply,
        Self::InvalidJson,
        Self::BadGateway,
        Self::ProxyUnavailable,
    ];
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Unavailable => "503 with Retry-After, not applied",
            Self::TooManyRequests => "429 with Retry-After, not applied",
            Self::Conflict => "409, not applied",
            Self::InternalError => "500, not applied",
            Self::CloseBefore => "closed, not applied",
            Self::DelayBefore => "applied too late",
            Self::CloseAfter => "closed, applied",
            Self::DelayAfter => "replied too late, applied",
            Self::TruncatedReply => "half a reply, applied",
            Self::InvalidJson => "no JSON, applied",
            Self::BadGateway => "502, applied",
            Self::ProxyUnavailable => "503 of a proxy, applied",
        })
    }
}
