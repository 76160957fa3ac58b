//! Sends a request again until it succeeds or a retry is not allowed.

use std::future::Future;
use std::pin::pin;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{Request, Response};
use talon_core::operation::RetrySafety;
use talon_core::{Error, OperationInfo, Result, StopReason};
use tokio::time::Instant;

use super::exchange::{AnyRequest, ReadReply};
use super::{Inner, runtime};
use crate::attempt_error::AttemptError;
use crate::observer::AttemptReport;
use crate::retry::{Decision, RetryContext, RetryPolicy, decide, retry_after};
use crate::transport::check_cost;
use crate::{Transport, TransportError, content_encoding, trace};

/// When a call has to end; `None` when that is beyond the range of the clock.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deadline(Option<Instant>);

impl Deadline {
    pub(super) fn after(duration: Duration) -> Self {
        Self(Instant::now().checked_add(duration))
    }

    pub(super) fn time_left(self) -> Duration {
        self.0.map_or(Duration::MAX, |end| end.saturating_duration_since(Instant::now()))
    }
}

/// What the attempts of a call share.
pub(super) struct RetryLoop<'a> {
    pub(super) inner: &'a Inner<dyn Transport>,
    pub(super) request: &'a dyn AnyRequest,
    pub(super) read: &'a mut ReadReply<'a>,
    pub(super) policy: &'a RetryPolicy,
    pub(super) attempt_timeout: Duration,
    pub(super) deadline: Deadline,
    pub(super) attempts: &'a mut u32,
    /// Whether an attempt may have been applied. A later refusal does not change that.
    pub(super) may_be_applied: bool,
}

impl RetryLoop<'_> {
    /// Sends `request`, and then new ones of `encode`, until an attempt succeeds or the decision is
    /// to stop.
    pub(super) async fn run(
        &mut self,
        mut request: Request<Bytes>,
        encode: &(dyn Fn() -> Result<Request<Bytes>> + Send + Sync),
    ) -> Result<()> {
        loop {
            let failure = match self.attempt(request).await {
                Ok(()) => {
                    self.inner.budget.deposit();
                    return Ok(());
                }
                Err(failure) => failure,
            };
            self.may_be_applied |= failure.may_be_applied;
            match self.decide(&failure) {
                Decision::Retry { after } => {
                    trace::retry(*self.attempts, after, &failure.error);
                    tokio::time::sleep(after).await;
                    request = encode()?;
                }
                Decision::Stop(reason) => return Err(self.give_up(failure.error, reason)),
            }
        }
    }

    async fn attempt(&mut self, request: Request<Bytes>) -> Result<(), AttemptError> {
        *self.attempts += 1;
        let span = trace::attempt_span(self.info(), &self.inner.base_url, *self.attempts);
        let start = Instant::now();
        let sent = {
            let sending = pin!(self.send(request));
            trace::in_span(&span, sending).await
        };
        let status = sent.as_ref().ok().map(Response::status);
        // The reply is moved into its decoder, so an observer needs a copy of the headers.
        let headers = match &sent {
            Ok(reply) if self.inner.observer.is_some() => Some(reply.headers().clone()),
            _ => None,
        };
        let result = sent.and_then(|reply| self.read(reply));
        let error = result.as_ref().err().map(|failure| &failure.error);
        trace::record_attempt(&span, status, error);
        self.inner.observe(|observer| {
            observer.on_attempt(&AttemptReport {
                operation: self.info(),
                number: *self.attempts,
                duration: start.elapsed(),
                status,
                headers: headers.as_ref(),
                error: error.map(Error::kind),
            });
        });
        result
    }

    fn info(&self) -> &OperationInfo {
        self.request.info()
    }

    /// Sends and decompresses, within the time of the attempt.
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, AttemptError> {
        let sending = pin!(async {
            let reply = self.inner.transport.send(request).await?;
            let reply = content_encoding::decode(reply).await?;
            // Of a large refusal the codec reads only the beginning.
            if reply.status().is_success() {
                check_cost(reply.body()).await?;
            }
            Ok(reply)
        });
        match runtime::catch_missing_io(with_timeout(self.attempt_time(), sending)).await {
            Ok(sent) => sent.map_err(|error| AttemptError::from_transport(self.info(), error)),
            Err(missing) => Err(AttemptError::from_runtime(self.info(), missing)),
        }
    }

    fn read(&mut self, reply: Response<Bytes>) -> Result<(), AttemptError> {
        let wait = retry_after(reply.headers(), now);
        let read = (self.read)(reply);
        read.map_err(|error| AttemptError::from_reply(self.info(), error, wait))
    }

    /// Time for the next attempt: all that is left when there can be no further one.
    fn attempt_time(&self) -> Duration {
        let time_left = self.deadline.time_left();
        let is_last = *self.attempts >= self.policy.max_attempts || !self.is_repeat_safe();
        if is_last { time_left } else { time_left.min(self.attempt_timeout) }
    }

    fn is_repeat_safe(&self) -> bool {
        self.info().retry != RetrySafety::Unsafe || self.info().idempotency_key
    }

    fn decide(&self, failure: &AttemptError) -> Decision {
        let context = RetryContext {
            attempts: *self.attempts,
            outcome: failure.outcome,
            repeat_is_safe: self.is_repeat_safe(),
            time_left: self.deadline.time_left(),
            jitter: self.inner.next_jitter(),
        };
        match decide(self.policy, &context) {
            Decision::Retry { .. } if !self.inner.budget.withdraw() => {
                Decision::Stop(StopReason::BudgetSpent)
            }
            decision => decision,
        }
    }

    fn give_up(&self, error: Error, reason: StopReason) -> Error {
        let error = error.into_builder().operation(self.info().id);
        let error = error.attempts(*self.attempts).stop_reason(reason);
        let changes = self.info().retry != RetrySafety::ReadOnly;
        let error = if self.may_be_applied && changes { error.possibly_applied() } else { error };
        error.build()
    }
}

async fn with_timeout<R>(
    time: Duration,
    sending: impl Future<Output = Result<R, TransportError>>,
) -> Result<R, TransportError> {
    match tokio::time::timeout(time, sending).await {
        Ok(sent) => sent,
        Err(elapsed) => Err(TransportError::timeout(elapsed)),
    }
}

#[allow(
    clippy::disallowed_methods,
    reason = "a `Retry-After` may be a date, of a reply without one"
)]
fn now() -> SystemTime {
    SystemTime::now()
}
