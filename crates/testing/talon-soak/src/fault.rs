//! What goes wrong with a request.

use std::fmt;

/// One way for a request to go wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Fault {
    /// 503 with `Retry-After`; nothing is applied.
    Unavailable,
    /// 429 with a date in `Retry-After`; nothing is applied.
    TooMany,
    /// 409; nothing is applied.
    Conflict,
    /// 500; nothing is applied.
    Broken,
    /// Closed without a reply; nothing is applied.
    HangUpBefore,
    /// Applied, and answered, long after the client has given up.
    SlowBefore,
    /// Applied, then closed without a reply.
    HangUpAfter,
    /// Applied, and answered long after the client has given up.
    SlowAfter,
    /// Applied, and answered with half a reply.
    CutOff,
    /// Applied, and answered with what is no JSON.
    Garbled,
    /// Applied, and answered with a proxy's 502.
    BadGateway,
    /// Applied, and answered with a proxy's 503, which does not say when to come back.
    LostByProxy,
}

impl Fault {
    /// Every fault.
    pub const ALL: [Self; 12] = [
        Self::Unavailable,
        Self::TooMany,
        Self::Conflict,
        Self::Broken,
        Self::HangUpBefore,
        Self::SlowBefore,
        Self::HangUpAfter,
        Self::SlowAfter,
        Self::CutOff,
        Self::Garbled,
        Self::BadGateway,
        Self::LostByProxy,
    ];
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Unavailable => "503 with Retry-After, not applied",
            Self::TooMany => "429 with Retry-After, not applied",
            Self::Conflict => "409, not applied",
            Self::Broken => "500, not applied",
            Self::HangUpBefore => "hang-up, not applied",
            Self::SlowBefore => "applied too late",
            Self::HangUpAfter => "hang-up, applied",
            Self::SlowAfter => "answered too late, applied",
            Self::CutOff => "half a reply, applied",
            Self::Garbled => "no JSON, applied",
            Self::BadGateway => "502, applied",
            Self::LostByProxy => "503 of a proxy, applied",
        })
    }
}
