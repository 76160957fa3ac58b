//! Bodies of replies, of which some break off.

use std::fmt;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};

/// A body that is sent whole, or promised whole and sent in part.
#[derive(Debug)]
pub(crate) struct ReplyBody {
    /// What is still to be sent.
    rest: Bytes,
    /// What is promised beyond `rest` and never sent.
    missing: usize,
    /// Whether `rest` had its chance to reach the socket.
    flushed: bool,
}

/// A service asked to close the connection.
#[derive(Debug)]
pub(crate) struct HungUp;

impl ReplyBody {
    pub(crate) fn whole(body: Bytes) -> Self {
        Self { rest: body, missing: 0, flushed: false }
    }

    /// The first half of `body`, of which at least one byte is missing.
    pub(crate) fn half(body: &Bytes) -> Self {
        let rest = body.slice(..body.len() / 2);
        Self { missing: body.len() - rest.len(), rest, flushed: false }
    }
}

impl Body for ReplyBody {
    type Data = Bytes;
    type Error = HungUp;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, HungUp>>> {
        if !self.rest.is_empty() {
            return Poll::Ready(Some(Ok(Frame::data(mem::take(&mut self.rest)))));
        }
        if self.missing == 0 {
            return Poll::Ready(None);
        }
        if !mem::replace(&mut self.flushed, true) {
            // An error makes hyper forget what it has buffered; while the body waits, it writes.
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(HungUp)))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.missing == 0
    }

    fn size_hint(&self) -> SizeHint {
        let promised = self.rest.len() + self.missing;
        SizeHint::with_exact(u64::try_from(promised).unwrap_or(u64::MAX))
    }
}

impl fmt::Display for HungUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the service asked to close the connection")
    }
}

impl std::error::Error for HungUp {}
