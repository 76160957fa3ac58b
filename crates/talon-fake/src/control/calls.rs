//! The record of calls.

use std::sync::Arc;

use bytes::Bytes;
use http::{Method, Response, StatusCode};
use talon_core::{ApiError, Operation, Timestamp};

use super::faults::Fault;

mod any;
mod encoded;
mod entry;
mod http_details;
mod log;
mod near;
mod recorded;
mod unknown;

pub use any::AnyCallRecord;
pub(crate) use encoded::EncodedReply;
pub(crate) use entry::{LogEntry, LoggedCall};
pub(crate) use http_details::HttpDetails;
pub(crate) use log::CallLog;
pub use near::NearMiss;
pub use unknown::UnknownMember;
pub(crate) use unknown::unknown_members;

/// A call of `O` and its outcome; from [`Fake::calls`](crate::Fake::calls).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CallRecord<O: Operation> {
    /// Number among all calls, starting with 1. Calls that read or write the same data are numbered
    /// in the order of their execution; the order of other concurrent calls is not specified.
    pub number: u64,
    /// Instant of the fake's clock.
    pub at: Timestamp,
    /// Whether nothing was stored: the request asked for it, or its API key is for tests.
    pub dry: bool,
    /// The request.
    pub request: O,
    /// What the service answered, whether or not the caller received it.
    pub outcome: CallOutcome<O::Reply>,
    /// Fault that was injected between caller and service.
    pub fault: Option<Fault>,
    /// Whether the reply is that of an earlier request with the same `Idempotency-Key`.
    pub replayed: bool,
}

/// What the service answered to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallOutcome<R> {
    /// The service executed the request.
    Replied(R),
    /// The service refused the request; nothing changed.
    Refused(ApiError),
    /// The request did not reach the service: the connection broke before.
    NotServed,
}

impl<R> CallOutcome<R> {
    /// Reply of the service, if it executed the request.
    pub(crate) fn reply(&self) -> Option<&R> {
        match self {
            Self::Replied(reply) => Some(reply),
            _ => None,
        }
    }

    /// The answer over HTTP; `None` if there is none, or it cannot be encoded.
    pub(crate) fn to_http<O: Operation<Reply = R>>(&self) -> Option<Response<Bytes>> {
        match self {
            Self::Replied(reply) => O::reply_to_http(reply).ok(),
            Self::Refused(refusal) => Some(refusal.to_http()),
            Self::NotServed => None,
        }
    }
}

impl<O: Operation> CallRecord<O> {
    pub(crate) fn new(number: u64, call: &CallData<O>) -> Self
    where
        O::Reply: Clone,
    {
        let CallData { at, dry, request, outcome, fault, replayed } = call;
        Self {
            number,
            at: *at,
            dry: *dry,
            request: O::clone(request),
            outcome: CallOutcome::clone(outcome),
            fault: fault.clone(),
            replayed: *replayed,
        }
    }

    /// Reply of the service, if it executed the request.
    pub fn reply(&self) -> Option<&O::Reply> {
        self.outcome.reply()
    }

    /// Refusal of the service, if it refused the request.
    pub fn refusal(&self) -> Option<&ApiError> {
        match &self.outcome {
            CallOutcome::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }

    /// Whether the caller could read the service's answer.
    pub fn was_delivered(&self) -> bool {
        let reaches = |fault: &Fault| fault.delivers_reply() || fault.is_refusal();
        self.fault.as_ref().is_none_or(reaches)
    }
}

/// A typed call without its number. Copies share request and outcome.
#[derive(Debug)]
pub(crate) struct CallData<O: Operation> {
    pub(crate) at: Timestamp,
    pub(crate) dry: bool,
    pub(crate) request: Arc<O>,
    pub(crate) outcome: Arc<CallOutcome<O::Reply>>,
    pub(crate) fault: Option<Fault>,
    pub(crate) replayed: bool,
}

impl<O: Operation> Clone for CallData<O> {
    fn clone(&self) -> Self {
        Self {
            at: self.at,
            dry: self.dry,
            request: Arc::clone(&self.request),
            outcome: Arc::clone(&self.outcome),
            fault: self.fault.clone(),
            replayed: self.replayed,
        }
    }
}

/// A request over HTTP that was answered before it was decoded: it matches no operation, has no
/// valid key, or has an invalid body.
#[derive(Clone, Debug)]
pub(crate) struct UntypedCall {
    pub(crate) at: Timestamp,
    pub(crate) operation: Option<&'static str>,
    pub(crate) method: Method,
    pub(crate) status: StatusCode,
    pub(crate) reply: Bytes,
    /// Members of the request that the operation does not have.
    pub(crate) unknown_members: Vec<UnknownMember>,
    pub(crate) near: Option<NearMiss>,
}
