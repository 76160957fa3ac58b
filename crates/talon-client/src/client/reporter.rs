//! Reports the end of a call to its span and to the observer, also when the call is cancelled.

use talon_core::{Error, OperationInfo, Result};
use tokio::time::Instant;
use tracing::Span;

use crate::observer::{CallReport, Observer};
use crate::trace;

/// A running call. Dropping it without a result reports a cancellation.
#[derive(Debug)]
pub(super) struct Reporter<'a> {
    observer: Option<&'a dyn Observer>,
    operation: &'a OperationInfo,
    span: &'a Span,
    start: Instant,
    has_ended: bool,
    /// Attempts so far.
    pub(super) attempts: u32,
}

impl<'a> Reporter<'a> {
    pub(super) fn begin(
        observer: Option<&'a dyn Observer>,
        operation: &'a OperationInfo,
        span: &'a Span,
    ) -> Self {
        Self { observer, operation, span, start: Instant::now(), has_ended: false, attempts: 0 }
    }

    pub(super) fn end<T>(mut self, result: &Result<T>) {
        self.has_ended = true;
        trace::record_outcome(self.span, self.attempts, result);
        self.report(result.as_ref().err());
    }

    fn report(&self, error: Option<&Error>) {
        if let Some(observer) = self.observer {
            observer.on_call(&CallReport {
                operation: self.operation,
                attempts: self.attempts,
                duration: self.start.elapsed(),
                error: error.map(Error::kind),
                stop_reason: error.and_then(Error::stop_reason),
                cancelled: !self.has_ended,
            });
        }
    }
}

impl Drop for Reporter<'_> {
    fn drop(&mut self) {
        if !self.has_ended {
            trace::record_cancellation(self.span, self.attempts);
            self.report(None);
        }
    }
}
