//! Hooks for metrics.

use std::fmt::Debug;
use std::time::Duration;

use http::StatusCode;
use talon_core::{ErrorKind, OperationInfo, StopReason};

/// Is told of every attempt and every call; turns them into metrics of any kind.
///
/// Set with [`ClientConfig::observer`](crate::ClientConfig::observer). Reports hold what the spans
/// hold: never an id, a body, a query or a key.
///
/// ```
/// use std::sync::Mutex;
/// use std::time::Duration;
/// use talon_client::observer::{CallReport, Observer};
///
/// /// Keeps the longest call.
/// #[derive(Debug, Default)]
/// struct Longest(Mutex<Duration>);
///
/// impl Observer for Longest {
///     fn on_call(&self, report: &CallReport) {
///         let mut longest = self.0.lock().expect("nobody panics with the lock");
///         *longest = (*longest).max(report.duration);
///     }
/// }
/// ```
///
/// # Contract
/// Methods are called on the caller's task, between its awaits: they must be quick and not panic.
pub trait Observer: Debug + Send + Sync + 'static {
    /// An attempt has ended; one in the middle of which the call was dropped has not. Does nothing
    /// unless overridden.
    fn on_attempt(&self, report: &AttemptReport) {
        let _ = report;
    }

    /// A call has ended, after its last attempt or without any, or its future was dropped. Does
    /// nothing unless overridden.
    fn on_call(&self, report: &CallReport) {
        let _ = report;
    }
}

/// One attempt.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AttemptReport {
    /// What was called.
    pub operation: &'static OperationInfo,
    /// Which attempt of its call, from 1.
    pub number: u32,
    /// Time from sending to the whole reply, decoded.
    pub duration: Duration,
    /// Status of the reply, if there was one.
    pub status: Option<StatusCode>,
    /// How it failed; `None` for a success.
    pub error: Option<ErrorKind>,
}

/// One call.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CallReport {
    /// What was called.
    pub operation: &'static OperationInfo,
    /// How often the request was sent; 0 when it failed before that.
    pub attempts: u32,
    /// Time from the call to its result, with pauses and waiting for the limit.
    pub duration: Duration,
    /// How it failed; `None` for a success, and for a call that was abandoned.
    pub error: Option<ErrorKind>,
    /// Why there was no further attempt, of a call that failed.
    pub stop_reason: Option<StopReason>,
    /// Whether the caller dropped the call's future before there was a result. What was sent may
    /// still be applied.
    pub cancelled: bool,
}
