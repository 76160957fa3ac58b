//! Execution of a call: permit, fault, operation, record.

use std::sync::Arc;

use bytes::Bytes;
use http::Response;
use talon_core::model::RuleFailureReason;
use talon_core::{ApiError, Error, Operation, Result, Timestamp};

use super::Fake;
use super::permits::Permit;
use crate::control::calls::{CallData, CallOutcome, LogEntry};
use crate::control::faults::Fault;
use crate::operations::Execute;
use crate::state::{Claim, Ticket};
use crate::world::KeyType;

/// Result of a call, before the fault takes effect on the reply.
#[derive(Debug)]
pub(crate) struct Executed<R> {
    pub(crate) result: Result<R>,
    pub(crate) fault: Option<Fault>,
    /// Held until the reply is sent.
    pub(crate) permit: Option<Permit>,
    /// Number of the call in the log.
    pub(crate) number: u64,
}

impl<R> Executed<R> {
    /// Whether the service got the request, whatever happens to its reply.
    pub(crate) fn has_reached_service(&self) -> bool {
        self.permit.is_some() && self.fault.as_ref().is_none_or(Fault::applies_change)
    }
}

/// What the log needs to know of a call in addition to its outcome.
struct CallContext<O> {
    request: Arc<O>,
    /// Whether nothing is stored: the request asks for it, or its API key is for tests.
    is_dry: bool,
    fault: Option<Fault>,
    replayed: bool,
    is_kept: bool,
}

impl Fake {
    /// Executes a request and records it. Calls that read or write the same data are recorded in the
    /// order of their commits: executed in the order of the log, all calls have the same effects.
    ///
    /// A stored reply is returned without executing the request. With a ticket, the reply is stored
    /// in the commit of the request.
    pub(crate) fn execute<O: Execute>(
        &self,
        request: O,
        key_type: KeyType,
        claim: &Claim,
    ) -> Executed<O::Reply> {
        let (stored, ticket) = (claim.stored(), claim.ticket());
        let (permit, fault, refusal) = match Permit::acquire(self, request.subjects()) {
            Ok(permit) => {
                let fault = self.take_fault(&request);
                let refusal = fault.as_ref().and_then(|fault| fault.refusal(&request));
                (Some(permit), fault, refusal)
            }
            Err(refusal) => (None, None, Some(refusal)),
        };
        let call = CallContext {
            is_dry: request.is_dry() || key_type == KeyType::Testing,
            request: Arc::new(request),
            fault,
            replayed: stored.is_some(),
            is_kept: self.log().keeps_any(),
        };
        let outcome = match (refusal, &call.fault, stored) {
            (Some(refusal), ..) => Some(CallOutcome::Refused(refusal)),
            (None, Some(fault), _) if !fault.applies_change() => Some(CallOutcome::NotServed),
            (None, _, stored) => stored.map(outcome_of_stored::<O>),
        };
        let (result, number) = if let Some(outcome) = outcome {
            let entry = call.log_entry(self.state().now(), Vec::new(), || outcome.clone());
            (result_of::<O>(outcome), self.log().record(entry))
        } else {
            self.commit(&call, ticket)
        };
        Executed { result, fault: call.fault, permit, number }
    }

    /// Executes the operation and records the call; returns the result and the number of the call.
    fn commit<O: Execute>(
        &self,
        call: &CallContext<O>,
        ticket: Option<&Ticket>,
    ) -> (Result<O::Reply>, u64) {
        let mut number = 0;
        let describe = |at, result: &Result<O::Reply, ApiError>, failures| {
            let entry = call.log_entry(at, failures, || match result {
                Ok(reply) => CallOutcome::Replied(reply.clone()),
                Err(refusal) => CallOutcome::Refused(refusal.clone()),
            });
            (entry, ticket.and_then(|ticket| Some((ticket, to_http::<O>(result)?))))
        };
        let result =
            self.commit_with_retries(&*call.request, call.is_dry, describe, |(entry, stored)| {
                number = self.log().record(entry);
                if let Some((ticket, reply)) = stored {
                    ticket.store(reply);
                }
            });
        if ticket.is_some() {
            self.note_change();
        }
        (result.map_err(|refusal| O::with_operation(refusal.into())), number)
    }

    /// A call in process: a fault becomes the error that a client would report over HTTP.
    async fn call<O: Execute>(&self, request: O) -> Result<O::Reply> {
        request.check()?;
        let Executed { result, fault, permit, .. } =
            self.execute(request, KeyType::Production, &Claim::NoKey);
        let Some(fault) = fault else { return result };
        fault.wait().await;
        drop(permit);
        fault.apply::<O>(result)
    }
}

impl<O: Execute> CallContext<O> {
    fn log_entry(
        &self,
        at: Timestamp,
        failures: Vec<RuleFailureReason>,
        outcome: impl FnOnce() -> CallOutcome<O::Reply>,
    ) -> LogEntry {
        if !self.is_kept {
            return LogEntry::counted::<O>();
        }
        let request = Arc::clone(&self.request);
        let (dry, fault, replayed) = (self.is_dry, self.fault.clone(), self.replayed);
        let call = CallData { at, dry, request, outcome: outcome(), fault, replayed };
        LogEntry::typed(call, failures)
    }
}

/// The reply over HTTP; `None` if it cannot be encoded.
fn to_http<O: Operation>(result: &Result<O::Reply, ApiError>) -> Option<Response<Bytes>> {
    match result {
        Ok(reply) => O::reply_to_http(reply).ok(),
        Err(refusal) => Some(refusal.to_http()),
    }
}

fn outcome_of_stored<O: Operation>(stored: &Response<Bytes>) -> CallOutcome<O::Reply> {
    match O::reply_from_http(stored.clone()).map_err(Error::into_api) {
        Ok(reply) => CallOutcome::Replied(reply),
        Err(Ok(refusal)) => CallOutcome::Refused(refusal),
        // A reply that was encoded by this crate and cannot be decoded.
        Err(Err(_)) => CallOutcome::NotServed,
    }
}

fn result_of<O: Operation>(outcome: CallOutcome<O::Reply>) -> Result<O::Reply> {
    match outcome {
        CallOutcome::Replied(reply) => Ok(reply),
        CallOutcome::Refused(refusal) => Err(O::with_operation(refusal.into())),
        CallOutcome::NotServed => Err(Error::unimplemented(O::INFO.id)),
    }
}

talon_core::implement_api!(for Fake, |fake, request| fake.call(request).await);
