//! A call of any operation, as method, path and JSON.

use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;
use talon_core::{Operation, Timestamp};

use super::{CallData, CallOutcome, UntypedCall};
use crate::control::faults::Fault;

/// A call of any operation, or of none; from [`Fake::all_calls`](crate::Fake::all_calls).
///
/// Its JSON is that of the control API.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct AnyCallRecord {
    /// Number among all calls, starting with 1, in the order in which they were executed.
    pub number: u64,
    /// Instant of the fake's clock.
    pub at: Timestamp,
    /// Id of the operation; `None` for a request over HTTP that matches no operation.
    pub operation: Option<&'static str>,
    /// HTTP method.
    pub method: String,
    /// Path and query.
    pub path: String,
    /// Body of the request, if it is JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Value>,
    /// Whether nothing was stored: the request asked for it, or its API key is for tests.
    pub dry: bool,
    /// Status of the service's reply; `None` when the request did not reach the service.
    pub status: Option<u16>,
    /// Body of the service's reply, if it is JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply: Option<Value>,
    /// Fault that was injected into the call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<Fault>,
    /// Whether the reply is that of an earlier request with the same `Idempotency-Key`.
    pub replayed: bool,
}

impl AnyCallRecord {
    pub(super) fn from_typed<O: Operation>(number: u64, call: &CallData<O>) -> Self {
        let (path, body) = match call.request.to_http() {
            Ok(request) => (request.uri().to_string(), json(request.body())),
            // A request that was executed can be encoded; if not, the template of its path remains.
            Err(_) => (O::INFO.path.to_owned(), None),
        };
        let reply = match &call.outcome {
            CallOutcome::Replied(reply) => O::reply_to_http(reply).ok(),
            CallOutcome::Refused(refusal) => Some(refusal.to_http()),
            CallOutcome::NotServed => None,
        };
        Self {
            number,
            at: call.at,
            operation: Some(O::INFO.id),
            method: O::INFO.method.to_string(),
            path,
            body,
            dry: call.dry,
            status: reply.as_ref().map(|reply| reply.status().as_u16()),
            reply: reply.and_then(|reply| json(reply.body())),
            fault: call.fault.clone(),
            replayed: call.replayed,
        }
    }

    pub(super) fn from_untyped(number: u64, call: &UntypedCall) -> Self {
        let UntypedCall { at, operation, method, path, status } = call.clone();
        Self {
            number,
            at,
            operation,
            method,
            path,
            body: None,
            dry: false,
            status: Some(status.as_u16()),
            reply: None,
            fault: None,
            replayed: false,
        }
    }
}

/// One line, such as `3. updateCustomerSessionV2 PUT /v2/customer_sessions/cart-1: 200, lose_reply`.
impl std::fmt::Display for AnyCallRecord {
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

fn json(body: &Bytes) -> Option<Value> {
    talon_core::json::value_from_slice(body).ok()
}
