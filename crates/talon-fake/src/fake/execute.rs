//! Execution of a call: permit, fault, operation, record.

use std::sync::Arc;

use bytes::Bytes;
use http::Response;
use talon_core::{Error, Operation, Result, Timestamp};

use super::Fake;
use super::permits::Permit;
use super::retry::Attempts;
use crate::control::calls::{CallData, CallOutcome, LogEntry};
use crate::control::faults::Fault;
use crate::operations::Execute;
use crate::state::{Claim, RuleFailures, Ticket, Transaction};
use crate::world::KeyType;

/// Outcome of a call, before the fault takes effect on the reply.
#[derive(Debug)]
pub(crate) struct Executed<R> {
    /// Shared with the log, which would otherwise have a copy.
    pub(crate) outcome: Arc<CallOutcome<R>>,
    /// The reply over HTTP, if it was encoded in order to be stored.
    pub(crate) encoded: Option<Response<Bytes>>,
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
        let (outcome, encoded, number) = if let Some(outcome) = outcome {
            let outcome = Arc::new(outcome);
            let entry = call.log_entry(self.state().now(), None, &outcome);
            (outcome, None, self.record(entry))
        } else {
            let (attempt, number) = self.commit(&call, ticket);
            (attempt.outcome, attempt.encoded, number)
        };
        Executed { outcome, encoded, fault: call.fault, permit, number }
    }

    /// Executes the operation and records the call; returns the attempt that was committed, and the
    /// number of the call.
    fn commit<O: Execute>(
        &self,
        call: &CallContext<O>,
        ticket: Option<&Ticket>,
    ) -> (Attempt<O::Reply>, u64) {
        let mut attempts = TypedAttempts {
            fake: self,
            call,
            ticket,
            latest: None,
            number: 0,
            forgotten: Vec::new(),
        };
        self.commit_with_retries(call.is_dry, &mut attempts);
        if ticket.is_some() {
            self.note_change();
        }
        let latest = attempts.latest.expect("a request is executed at least once");
        (latest, attempts.number)
    }

    /// A call in process: a fault becomes the error that a client would report over HTTP.
    async fn call<O: Execute>(&self, request: O) -> Result<O::Reply> {
        request.check()?;
        let Executed { outcome, fault, permit, .. } =
            self.execute(request, KeyType::Production, &Claim::NoKey);
        let result = result_of::<O>(Arc::unwrap_or_clone(outcome));
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
        failures: Option<RuleFailures>,
        outcome: &Arc<CallOutcome<O::Reply>>,
    ) -> LogEntry {
        if !self.is_kept {
            return LogEntry::counted::<O>();
        }
        let (request, outcome) = (Arc::clone(&self.request), Arc::clone(outcome));
        let (dry, fault, replayed) = (self.is_dry, self.fault.clone(), self.replayed);
        LogEntry::typed(CallData { at, dry, request, outcome, fault, replayed }, failures)
    }
}

/// The executions of a request.
struct TypedAttempts<'a, O: Execute> {
    fake: &'a Fake,
    call: &'a CallContext<O>,
    ticket: Option<&'a Ticket>,
    latest: Option<Attempt<O::Reply>>,
    /// Number of the call in the log.
    number: u64,
    /// Calls that the log keeps no longer, dropped without the locks of the commit.
    forgotten: Vec<LogEntry>,
}

/// One execution of a request, and its record.
struct Attempt<R> {
    outcome: Arc<CallOutcome<R>>,
    entry: Option<LogEntry>,
    /// The reply that is stored for the ticket.
    encoded: Option<Response<Bytes>>,
}

impl<O: Execute> Attempts for TypedAttempts<'_, O> {
    fn execute(&mut self, transaction: &mut Transaction<'_>) -> bool {
        let at = transaction.now;
        let result = self.call.request.execute(transaction);
        let result = transaction.check_readable().and(result);
        let outcome = Arc::new(match result {
            Ok(reply) => CallOutcome::Replied(reply),
            Err(refusal) => CallOutcome::Refused(O::INFO.in_schema(refusal)),
        });
        let failures = transaction.take_failures();
        let entry = Some(self.call.log_entry(at, failures, &outcome));
        let encoded = self.ticket.and_then(|_| outcome.to_http::<O>());
        let is_success = matches!(*outcome, CallOutcome::Replied(_));
        self.latest = Some(Attempt { outcome, entry, encoded });
        is_success
    }

    fn keep(&mut self) {
        let Some(latest) = &mut self.latest else { return };
        if let Some(entry) = latest.entry.take() {
            (self.number, self.forgotten) = self.fake.log().record(entry);
        }
        if let (Some(ticket), Some(reply)) = (self.ticket, &latest.encoded) {
            ticket.store(reply.clone());
        }
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
