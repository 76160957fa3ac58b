//! What was called.

use std::sync::Arc;

use http::StatusCode;
use serde::Serialize;
use serde_json::Value;
use talon_core::{ApiError, Operation, Timestamp};

use crate::Fault;

mod assertions;
mod difference;
mod log;
mod view;

pub(crate) use difference::differences;
pub(crate) use log::{Entry, Log};

/// A call of `O`, as it was made and answered; from [`Fake::calls`](crate::Fake::calls).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Recorded<O: Operation> {
    /// Its number among all calls, from 1 on. Calls that touched the same things stand in the order
    /// in which they did; others, made at once, in any.
    pub number: u64,
    /// Instant of the fake's clock.
    pub at: Timestamp,
    /// Whether it asked to store nothing.
    pub dry: bool,
    /// The request.
    pub request: O,
    /// What the service made of it, whatever the caller saw.
    pub outcome: Outcome<O::Reply>,
    /// What went wrong between caller and service.
    pub fault: Option<Fault>,
    /// Whether the reply is that of an earlier request with the same `Idempotency-Key`.
    pub replayed: bool,
}

/// What the service made of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome<R> {
    /// It did what was asked.
    Replied(R),
    /// It refused, and nothing changed.
    Refused(ApiError),
    /// It never saw the request: the connection broke before.
    NotServed,
}

impl<O: Operation> Recorded<O> {
    pub(crate) fn new(number: u64, made: &Made<O>) -> Self
    where
        O::Reply: Clone,
    {
        let Made { at, dry, request, outcome, fault, replayed } = made;
        Self {
            number,
            at: *at,
            dry: *dry,
            request: O::clone(request),
            outcome: outcome.clone(),
            fault: fault.clone(),
            replayed: *replayed,
        }
    }

    /// The service's reply, when it gave one.
    pub fn reply(&self) -> Option<&O::Reply> {
        match &self.outcome {
            Outcome::Replied(reply) => Some(reply),
            _ => None,
        }
    }

    /// The service's refusal, when it refused.
    pub fn refusal(&self) -> Option<&ApiError> {
        match &self.outcome {
            Outcome::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }

    /// Whether the caller could read what the service answered.
    pub fn was_delivered(&self) -> bool {
        let reaches = |fault: &Fault| fault.delivers_reply() || fault.is_refusal();
        self.fault.as_ref().is_none_or(reaches)
    }
}

/// A call of any operation, or of none; from [`Fake::all_calls`](crate::Fake::all_calls).
///
/// In JSON as the control API shows it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RecordedCall {
    /// Its number among all calls, from 1 on, in the order in which they were served.
    pub number: u64,
    /// Instant of the fake's clock.
    pub at: Timestamp,
    /// The operation's id; `None` for a request over HTTP that matches no operation.
    pub operation: Option<&'static str>,
    /// HTTP method.
    pub method: String,
    /// Path and query.
    pub path: String,
    /// Body of the request, where it is JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Value>,
    /// Whether it asked to store nothing.
    pub dry: bool,
    /// Status of the service's answer; `None` when it never saw the request.
    pub status: Option<u16>,
    /// Body of the service's answer, where it is JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply: Option<Value>,
    /// What went wrong between caller and service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<Fault>,
    /// Whether the reply is that of an earlier request with the same `Idempotency-Key`.
    pub replayed: bool,
}

/// One line, such as `3. updateCustomerSessionV2 PUT /v2/customer_sessions/cart-1: 200, lose_reply`.
impl std::fmt::Display for RecordedCall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let operation = self.operation.unwrap_or("(no operation)");
        write!(f, "{}. {operation} {} {}: ", self.number, self.method, self.path)?;
        match self.status {
            Some(status) => write!(f, "{status}")?,
            None => f.write_str("not served")?,
        }
        self.fault.iter().try_for_each(|fault| write!(f, ", {fault}"))
    }
}

/// A call before it has a number.
#[derive(Debug)]
pub(crate) struct Made<O: Operation> {
    pub(crate) at: Timestamp,
    pub(crate) dry: bool,
    pub(crate) request: Arc<O>,
    pub(crate) outcome: Outcome<O::Reply>,
    pub(crate) fault: Option<Fault>,
    pub(crate) replayed: bool,
}

/// A request over HTTP that no typed call stands for.
#[derive(Clone, Debug)]
pub(crate) struct Stray {
    pub(crate) at: Timestamp,
    pub(crate) operation: Option<&'static str>,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) status: StatusCode,
}
