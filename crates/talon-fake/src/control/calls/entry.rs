//! An entry of the log of calls.

use std::any::Any;
use std::borrow::Cow;
use std::sync::Arc;

use talon_core::operations::{UpdateCustomerSession, UpdateCustomerSessionV2};
use talon_core::{Operation, SessionId};

use super::any::CallDetails;
use super::encoded::{EncodedCall, EncodedReply};
use super::{AnyCallRecord, CallData, CallOutcome, HttpDetails, UntypedCall};
use crate::state::RuleFailures;

/// An entry of the log. The number of a call follows from the position of its entry.
#[derive(Clone, Debug)]
pub(crate) struct LogEntry {
    pub(super) operation: Option<&'static str>,
    pub(super) body_bytes: usize,
    /// `None` for a call that is only counted.
    pub(super) call: Option<LoggedCall>,
    /// `None` for a call in process.
    pub(super) http: Option<Arc<HttpDetails>>,
    /// Why rules did not apply.
    pub(super) failures: Option<Arc<RuleFailures>>,
}

#[derive(Clone, Debug)]
pub(crate) enum LoggedCall {
    /// A [`CallData`] of some operation, and the function that describes it without its type.
    Typed(Arc<dyn Any + Send + Sync>, Describe),
    /// A call over HTTP that was executed.
    Encoded(Arc<EncodedCall>),
    Untyped(Arc<UntypedCall>),
}

type Describe = fn(u64, &dyn Any, CallDetails<'_>) -> Option<AnyCallRecord>;

impl LogEntry {
    pub(crate) fn typed<O: Operation>(call: CallData<O>, failures: Option<RuleFailures>) -> Self {
        let call = LoggedCall::Typed(Arc::new(call), |number, call, details| {
            let call = call.downcast_ref::<CallData<O>>()?;
            Some(AnyCallRecord::from_typed(number, call, details))
        });
        Self { call: Some(call), failures: failures.map(Arc::new), ..Self::counted::<O>() }
    }

    /// Counts a call without keeping it.
    pub(crate) fn counted<O: Operation>() -> Self {
        Self::new(Some(O::INFO.id), None)
    }

    pub(crate) fn untyped(call: UntypedCall) -> Self {
        Self::new(call.operation, Some(LoggedCall::Untyped(Arc::new(call))))
    }

    fn new(operation: Option<&'static str>, call: Option<LoggedCall>) -> Self {
        Self { operation, body_bytes: 0, call, http: None, failures: None }
    }

    pub(super) fn failure_count(&self) -> usize {
        self.failures.as_ref().map_or(0, |failures| failures.len())
    }

    pub(super) fn describe(&self, number: u64) -> Option<AnyCallRecord> {
        let details =
            CallDetails { http: self.http.as_deref(), rule_failures: self.failures.as_deref() };
        match self.call.as_ref()? {
            LoggedCall::Typed(call, describe) => describe(number, &**call, details),
            LoggedCall::Encoded(call) => call.describe(number, details),
            LoggedCall::Untyped(call) => Some(AnyCallRecord::from_untyped(number, call, details)),
        }
    }

    pub(super) fn data<O: Operation>(&self) -> Option<Cow<'_, CallData<O>>> {
        match self.call.as_ref()? {
            LoggedCall::Typed(call, _) => call.downcast_ref().map(Cow::Borrowed),
            LoggedCall::Encoded(call) => call.decode(self.http.as_deref()?).map(Cow::Owned),
            LoggedCall::Untyped(_) => None,
        }
    }

    /// Keeps an executed call as it was sent; returns the call as a value.
    pub(super) fn encode(&mut self, reply: EncodedReply) -> Option<LoggedCall> {
        let LoggedCall::Typed(call, _) = self.call.as_ref()? else { return None };
        let encode = reply.encode;
        let encoded = encode(&**call, reply, self.evaluated_session().cloned())?;
        self.call.replace(LoggedCall::Encoded(Arc::new(encoded)))
    }

    /// The session that a call evaluated and stored.
    pub(super) fn evaluated_session(&self) -> Option<&SessionId> {
        let call = match self.call.as_ref()? {
            LoggedCall::Typed(call, _) => call,
            LoggedCall::Encoded(call) => return call.evaluated_session(),
            LoggedCall::Untyped(_) => return None,
        };
        if let Some(call) = call.downcast_ref::<CallData<UpdateCustomerSessionV2>>() {
            let is_stored = !call.dry && matches!(*call.outcome, CallOutcome::Replied(_));
            return is_stored.then_some(&call.request.session_id);
        }
        let call = call.downcast_ref::<CallData<UpdateCustomerSession>>()?;
        let is_stored = !call.dry && matches!(*call.outcome, CallOutcome::Replied(_));
        is_stored.then_some(&call.request.session_id)
    }
}
