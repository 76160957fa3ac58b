//! Requests as the record of calls has them.

use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Extensions, Request};

use crate::control::calls::HttpDetails;

/// When a request arrived; a server adds it to the extensions of the request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arrival(Instant);

impl Arrival {
    #[cfg(feature = "serve")]
    pub(super) fn now() -> Self {
        Self(Instant::now())
    }

    /// The arrival of a request; now where nothing else is known.
    pub(super) fn of(extensions: &Extensions) -> Self {
        extensions.get().copied().unwrap_or_else(|| Self(Instant::now()))
    }

    pub(super) fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

/// What the record has of a request over HTTP.
pub(super) fn details(request: &Request<Bytes>, arrival: Arrival) -> HttpDetails {
    let duration = Some(arrival.elapsed());
    HttpDetails::new(request.uri(), request.headers(), request.body(), duration)
}
