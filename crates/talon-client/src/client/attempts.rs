//! The attempts of one call, within one deadline.

use std::future::Future;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{Request, Response};
use talon_core::operation::RetrySafety;
use talon_core::{Error, Operation, OperationInfo, Result, StopReason};
use tokio::time::Instant;
use tracing::Span;

use super::{Inner, runtime};
use crate::failure::Failure;
use crate::observer::AttemptReport;
use crate::retry::{Decision, RetryPolicy, Situation, decide, retry_after};
use crate::transport::check_cost;
use crate::{Transport, TransportError, encoding, trace};

/// When a call must have ended; none when that is further away than the clock can tell.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deadline(Option<Instant>);

impl Deadline {
    pub(super) fn after(duration: Duration) -> Self {
        Self(Instant::now().checked_add(duration))
    }

    pub(super) fn left(self) -> Duration {
        self.0.map_or(Duration::MAX, |end| end.saturating_duration_since(Instant::now()))
    }
}

/// What the attempts of a call have in common, and how many there were.
pub(super) struct Attempts<'a, T> {
    pub(super) inner: &'a Inner<T>,
    pub(super) info: &'static OperationInfo,
    pub(super) policy: &'a RetryPolicy,
    pub(super) attempt_timeout: Duration,
    pub(super) deadline: Deadline,
    pub(super) span: &'a Span,
    pub(super) made: &'a mut u32,
    /// Whether an attempt did not tell if the change was applied: no later refusal undoes that.
    pub(super) left_open: bool,
}

impl<T: Transport> Attempts<'_, T> {
    /// Sends `request`, and what `again` makes of it anew, until there is a reply, or no further
    /// attempt would be right.
    pub(super) async fn run<O: Operation>(
        &mut self,
        mut request: Request<Bytes>,
        again: impl Fn() -> Result<Request<Bytes>>,
    ) -> Result<O::Reply> {
        loop {
            let failure = match self.attempt::<O>(request).await {
                Ok(reply) => {
                    self.inner.budget.refill();
                    return Ok(reply);
                }
                Err(failure) => failure,
            };
            self.left_open |= failure.leaves_open;
            match self.decide(&failure) {
                Decision::Retry { after } => {
                    trace::again(*self.made, after, &failure.error);
                    tokio::time::sleep(after).await;
                    request = again()?;
                }
                Decision::Stop(reason) => return Err(self.give_up(failure.error, reason)),
            }
        }
    }

    async fn attempt<O: Operation>(
        &mut self,
        request: Request<Bytes>,
    ) -> Result<O::Reply, Failure> {
        *self.made += 1;
        trace::attempt(self.span, *self.made);
        let start = Instant::now();
        let sent = self.send(request).await;
        let status = sent.as_ref().ok().map(Response::status);
        let result = sent.and_then(|reply| self.read::<O>(reply));
        self.inner.observe(|observer| {
            let error = result.as_ref().err().map(|failure| failure.error.kind());
            let took = start.elapsed();
            observer.attempt(&AttemptReport {
                operation: self.info,
                number: *self.made,
                took,
                status,
                error,
            });
        });
        result
    }

    /// Sends and unpacks, all within the time of the attempt.
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, Failure> {
        let sending = async {
            let reply = self.inner.transport.send(request).await?;
            trace::status(self.span, reply.status());
            let reply = encoding::decoded(reply).await?;
            // Of a large refusal the codec reads the first words alone.
            if reply.status().is_success() {
                check_cost(reply.body()).await?;
            }
            Ok(reply)
        };
        match runtime::catch_missing_io(within(self.time_for_one(), sending)).await {
            Ok(sent) => sent.map_err(|error| Failure::of_transport(self.info, error)),
            Err(missing) => Err(Failure::of_runtime(self.info, missing)),
        }
    }

    fn read<O: Operation>(&self, reply: Response<Bytes>) -> Result<O::Reply, Failure> {
        let wait = retry_after(reply.headers(), now);
        O::reply_from_http(reply).map_err(|error| Failure::of_reply(self.info, error, wait))
    }

    /// Whoever has no second try is given all the time there is.
    fn time_for_one(&self) -> Duration {
        let left = self.deadline.left();
        let is_last = *self.made >= self.policy.max_attempts || !self.is_safe_to_repeat();
        if is_last { left } else { left.min(self.attempt_timeout) }
    }

    fn is_safe_to_repeat(&self) -> bool {
        self.info.retry != RetrySafety::Unsafe || self.info.idempotency_key
    }

    fn decide(&self, failure: &Failure) -> Decision {
        let situation = Situation {
            attempts: *self.made,
            outcome: failure.outcome,
            safe_to_repeat: self.is_safe_to_repeat(),
            left: self.deadline.left(),
            chance: self.inner.chance(),
        };
        match decide(self.policy, &situation) {
            Decision::Retry { .. } if !self.inner.budget.take() => {
                Decision::Stop(StopReason::BudgetSpent)
            }
            decision => decision,
        }
    }

    fn give_up(&self, error: Error, reason: StopReason) -> Error {
        let error = error.into_builder().operation(self.info.id);
        let error = error.attempts(*self.made).stop_reason(reason);
        let changes = self.info.retry != RetrySafety::ReadOnly;
        let error = if self.left_open && changes { error.possibly_applied() } else { error };
        error.build()
    }
}

async fn within<R>(
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
