//! Reports of attempts and calls, for metrics.

use std::fmt::{self, Debug};
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use talon_core::{ErrorKind, OperationInfo, StopReason};

/// Gets a report of every attempt and every call.
///
/// Set with [`ClientConfig::observer`](crate::ClientConfig::observer). Like spans, reports contain
/// no id, body, query or key. Only [`headers`](AttemptReport::headers) is text of the service.
///
/// ```
/// use std::sync::Mutex;
/// use std::time::Duration;
/// use talon_client::observer::{CallReport, Observer};
///
/// /// Keeps the duration of the longest call.
/// #[derive(Debug, Default)]
/// struct Longest(Mutex<Duration>);
///
/// impl Observer for Longest {
///     fn on_call(&self, report: &CallReport<'_>) {
///         let mut longest = self.0.lock().expect("no code panics with the lock");
///         *longest = (*longest).max(report.duration);
///     }
/// }
/// ```
///
/// # Contract
/// Methods are called in the task of the caller: they must not block and not panic.
pub trait Observer: Debug + Send + Sync + 'static {
    /// Called after each attempt, but not after one during which the call was cancelled. Does
    /// nothing by default.
    fn on_attempt(&self, report: &AttemptReport<'_>) {
        let _ = report;
    }

    /// Called at the end of each call: after its last attempt, after an error before the first one,
    /// or when its future is dropped. Does nothing by default.
    fn on_call(&self, report: &CallReport<'_>) {
        let _ = report;
    }
}

/// Report of one attempt.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct AttemptReport<'a> {
    /// The operation. A raw call has the id `raw` and no path.
    pub operation: &'a OperationInfo,
    /// Number of the attempt in its call, from 1.
    pub number: u32,
    /// Time from sending the request to the decoded reply.
    pub duration: Duration,
    /// Status of the reply, if there was one.
    pub status: Option<StatusCode>,
    /// Headers of the reply, if there was one: the id of the request, limits of the rate. `Debug`
    /// shows their names.
    pub headers: Option<&'a HeaderMap>,
    /// Kind of the error; `None` for a success.
    pub error: Option<ErrorKind>,
}

impl fmt::Debug for AttemptReport<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<_> = self.headers.iter().flat_map(|headers| headers.keys()).collect();
        f.debug_struct("AttemptReport")
            .field("operation", &self.operation.id)
            .field("number", &self.number)
            .field("duration", &self.duration)
            .field("status", &self.status)
            .field("headers", &headers)
            .field("error", &self.error)
            .finish()
    }
}

/// Report of one call.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct CallReport<'a> {
    /// The operation. A raw call has the id `raw` and no path.
    pub operation: &'a OperationInfo,
    /// Number of attempts; 0 when the call failed before the first one.
    pub attempts: u32,
    /// Time from the start of the call to its result, including pauses and waiting for a permit.
    pub duration: Duration,
    /// Kind of the error; `None` for a success and for a cancelled call.
    pub error: Option<ErrorKind>,
    /// Of a failed call: why there was no further attempt.
    pub stop_reason: Option<StopReason>,
    /// Whether the caller dropped the future of the call before it had a result. A request that was
    /// sent may still be applied.
    pub cancelled: bool,
}
