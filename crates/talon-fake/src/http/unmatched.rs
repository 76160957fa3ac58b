//! Requests that match no operation.

use bytes::Bytes;
use http::request::Parts;
use http::{Method, Response};
use talon_core::dispatch::NoRoute;
use talon_server::{Fallback, NotFound};

use super::{Worlds, untyped};

/// Answers requests that match no operation, and records them.
#[derive(Clone, Debug)]
pub(super) struct Unmatched {
    worlds: Worlds,
}

impl Unmatched {
    pub(super) fn new(worlds: Worlds) -> Self {
        Self { worlds }
    }
}

impl Fallback for Unmatched {
    fn answer(&self, head: &Parts, no_route: &NoRoute) -> Response<Bytes> {
        let reply = NotFound.answer(head, no_route);
        // `OPTIONS` asks for the methods of a path, and calls no operation.
        if head.method != Method::OPTIONS {
            let fake = self.worlds.for_request(&head.headers);
            untyped::record_head(&fake, None, head, &reply);
        }
        reply
    }
}
