//! The body of a reply, which may be truncated on purpose.

use std::fmt;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};

/// A body that is sent completely, or announced with its full length and truncated.
#[derive(Debug)]
pub(crate) struct ReplyBody {
    /// Bytes that are still to be sent.
    rest: Bytes,
    /// Bytes that are announced and never sent.
    missing: usize,
    /// Whether hyper had a chance to write `rest` to the socket.
    flushed: bool,
}

/// The service asked to close the connection.
#[derive(Debug)]
pub(crate) struct ConnectionClosed;

impl ReplyBody {
    pub(crate) fn complete(body: Bytes) -> Self {
        Self { rest: body, missing: 0, flushed: false }
    }

    /// The first half of `body`, of which at least one byte is missing.
    pub(crate) fn truncated(body: &Bytes) -> Self {
        let rest = body.slice(..body.len() / 2);
        Self { missing: body.len() - rest.len(), rest, flushed: false }
    }
}

impl Body for ReplyBody {
    type Data = Bytes;
    type Error = ConnectionClosed;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, ConnectionClosed>>> {
        if !self.rest.is_empty() {
            return Poll::Ready(Some(Ok(Frame::data(mem::take(&mut self.rest)))));
        }
        if self.missing == 0 {
            return Poll::Ready(None);
        }
        if !mem::replace(&mut self.flushed, true) {
            // hyper drops its buffer on an error, and flushes it while the body is pending.
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(ConnectionClosed)))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.missing == 0
    }

    fn size_hint(&self) -> SizeHint {
        let length = self.rest.len() + self.missing;
        SizeHint::with_exact(u64::try_from(length).unwrap_or(u64::MAX))
    }
}

impl fmt::Display for ConnectionClosed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the service asked to close the connection")
    }
}

impl std::error::Error for ConnectionClosed {}
