//! Calls over HTTP as the log keeps them: as they were sent.
//!
//! As values, a request and its reply have hundreds of parts, which are no longer in any cache when
//! the call is forgotten. Both are decoded when the log is read.

use std::any::TypeId;
use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use talon_core::{Operation, SessionId, Timestamp};

use super::any::CallDetails;
use super::{AnyCallRecord, CallData, CallOutcome, HttpDetails};
use crate::control::faults::Fault;

/// A call that the service executed. Its request is in the [`HttpDetails`] of the entry.
#[derive(Debug)]
pub(crate) struct EncodedCall {
    at: Timestamp,
    dry: bool,
    fault: Option<Fault>,
    replayed: bool,
    status: StatusCode,
    reply: Bytes,
    /// The session that it evaluated and stored.
    session: Option<SessionId>,
    /// The type of the operation.
    operation: TypeId,
    describe: fn(&Self, u64, CallDetails<'_>) -> Option<AnyCallRecord>,
}

/// The reply to a call of some operation, as it was encoded.
pub(crate) struct EncodedReply {
    pub(super) status: StatusCode,
    pub(super) body: Bytes,
    pub(super) encode: Encode,
}

type Encode = fn(&dyn std::any::Any, EncodedReply, Option<SessionId>) -> Option<EncodedCall>;

impl EncodedReply {
    /// The reply to a call of `O`.
    pub(crate) fn new<O: Operation>(reply: &Response<Bytes>) -> Self {
        Self { status: reply.status(), body: reply.body().clone(), encode: EncodedCall::new::<O> }
    }
}

impl EncodedCall {
    /// `None` when `call` is no call of `O`, or the service did not execute it.
    fn new<O: Operation>(
        call: &dyn std::any::Any,
        reply: EncodedReply,
        session: Option<SessionId>,
    ) -> Option<Self> {
        let CallData { at, dry, outcome, fault, replayed, .. } =
            call.downcast_ref::<CallData<O>>()?;
        matches!(**outcome, CallOutcome::Replied(_)).then(|| Self {
            at: *at,
            dry: *dry,
            fault: fault.clone(),
            replayed: *replayed,
            status: reply.status,
            reply: reply.body,
            session,
            operation: TypeId::of::<O>(),
            describe: |call, number, details| {
                let data = call.decode::<O>(details.http?)?;
                Some(AnyCallRecord::from_typed(number, &data, details))
            },
        })
    }

    /// The call as a value; `None` when it is no call of `O`.
    pub(super) fn decode<O: Operation>(&self, http: &HttpDetails) -> Option<CallData<O>> {
        if self.operation != TypeId::of::<O>() {
            return None;
        }
        let body = Bytes::copy_from_slice(http.body());
        let request = Request::builder().uri(http.path()).body(body).ok()?;
        let mut reply = Response::new(self.reply.clone());
        *reply.status_mut() = self.status;
        let outcome = CallOutcome::Replied(O::reply_from_http(reply).ok()?);
        Some(CallData {
            at: self.at,
            dry: self.dry,
            request: Arc::new(O::from_http(&request).ok()?),
            outcome: Arc::new(outcome),
            fault: self.fault.clone(),
            replayed: self.replayed,
        })
    }

    pub(super) fn describe(&self, number: u64, details: CallDetails<'_>) -> Option<AnyCallRecord> {
        (self.describe)(self, number, details)
    }

    pub(super) fn evaluated_session(&self) -> Option<&SessionId> {
        self.session.as_ref()
    }
}
