//! Timers that are cheap to start and stop.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep_until};

/// A timeout that can be started, stopped and started again.
///
/// Most timeouts are stopped long before they expire. So the tokio timer stays where it was set,
/// and is moved only when it fires: starting and stopping does not touch the runtime.
#[derive(Debug)]
pub(crate) struct Timer {
    timeout: Duration,
    deadline: Option<Instant>,
    sleep: Option<Pin<Box<Sleep>>>,
}

impl Timer {
    pub(crate) fn new(timeout: Duration) -> Self {
        Self { timeout, deadline: None, sleep: None }
    }

    /// Starts, unless it is running. A deadline beyond the range of the clock never expires.
    pub(crate) fn start(&mut self) {
        if self.deadline.is_none() {
            self.deadline = Instant::now().checked_add(self.timeout);
        }
    }

    pub(crate) fn stop(&mut self) {
        self.deadline = None;
    }

    /// Ready with an error of kind `TimedOut` once it has expired; pending while it is stopped.
    pub(crate) fn poll_expired(&mut self, context: &mut Context<'_>) -> Poll<io::Error> {
        let Some(deadline) = self.deadline else { return Poll::Pending };
        let sleep = self.sleep.get_or_insert_with(|| Box::pin(sleep_until(deadline)));
        if sleep.deadline() > deadline {
            sleep.as_mut().reset(deadline);
        }
        loop {
            ready!(sleep.as_mut().poll(context));
            if sleep.deadline() >= deadline {
                return Poll::Ready(io::ErrorKind::TimedOut.into());
            }
            sleep.as_mut().reset(deadline);
        }
    }
}
