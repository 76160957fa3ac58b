//! Whether the server is handling a request of a connection.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Counts the starts and ends of requests on one connection: even while the client sends a head,
/// odd while the server handles the request.
#[derive(Clone, Debug, Default)]
pub(crate) struct RequestState(Arc<AtomicUsize>);

/// A request that is handled, from its head until its reply is there and its body is read.
#[derive(Debug)]
pub(crate) struct RequestGuard(RequestState);

impl RequestState {
    /// A request has started; it ends when the guard is dropped.
    pub(crate) fn begin(&self) -> RequestGuard {
        self.advance();
        RequestGuard(self.clone())
    }

    /// The number of starts and ends so far.
    pub(crate) fn count(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }

    fn advance(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

impl Drop for RequestGuard {
    fn drop(&mut self) {
        self.0.advance();
    }
}
