//! A call of any operation, as method, path and JSON.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Serialize, Serializer};
use serde_json::Value;
use talon_core::model::RuleFailureReason;
use talon_core::{Operation, RawJson, Timestamp};

use super::recorded::Recorded;
use super::unknown::unknown_members;
use super::{CallData, HttpDetails, NearMiss, UnknownMember, UntypedCall};
use crate::control;
use crate::control::faults::Fault;
use crate::state::RuleFailures;

/// Maximum number of characters of a path in the record.
const MAX_PATH: usize = 1000;

/// A call of any operation, or of none; from [`Fake::all_calls`](crate::Fake::all_calls).
///
/// Its JSON is that of the control API.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
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
    /// Headers of a request over HTTP by their names in lower case. Values with keys, tokens and
    /// signatures are `(hidden)`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub headers: Option<BTreeMap<String, String>>,
    /// Body of the request: over HTTP as it was sent, with members that the operation does not have.
    /// A text that is no JSON is a string.
    ///
    /// Numbers of a [`Value`] are doubles; [`body_text`](Self::body_text) has all their digits, and so
    /// does the JSON of the record. A change of this value changes neither.
    #[serde(skip)]
    pub body: Option<Value>,
    /// Body of the request: over HTTP as it was sent, with members that the operation does not have.
    /// A text that is no JSON is a string.
    #[serde(rename = "body", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Value>"))]
    body_text: Option<RawJson>,
    /// Whether nothing was stored: the request asked for it, or its API key is for tests.
    pub dry: bool,
    /// Status of the service's reply; `None` when the request did not reach the service.
    pub status: Option<u16>,
    /// Body of the service's reply, if it is JSON. [`reply_text`](Self::reply_text) has all digits of
    /// its numbers.
    #[serde(skip)]
    pub reply: Option<Value>,
    /// Body of the service's reply, if it is JSON.
    #[serde(rename = "reply", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Value>"))]
    reply_text: Option<RawJson>,
    /// From the arrival of a request over HTTP to its reply, in milliseconds in JSON; with a
    /// [delay](Fault::delay). Measured by the clock of the machine.
    #[serde(
        rename = "milliseconds",
        serialize_with = "milliseconds",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "schema", schemars(with = "Option<f64>"))]
    pub duration: Option<Duration>,
    /// Fault that was injected into the call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<Fault>,
    /// Whether the reply is that of an earlier request with the same `Idempotency-Key`.
    pub replayed: bool,
    /// Rules that did not apply, and effects that did not fit into a limit, whether or not the request
    /// asked for them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(
        feature = "schema",
        schemars(with = "Vec<std::collections::BTreeMap<String, Value>>")
    )]
    pub rule_failures: Vec<RuleFailureReason>,
    /// Members of a request over HTTP that its operation does not have.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unknown_members: Vec<UnknownMember>,
    /// The operation that a request over HTTP was close to, if it matches none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<super::near::Shown<'static>>"))]
    pub near: Option<NearMiss>,
}

/// What the log has of a call in addition to the call.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct CallDetails<'a> {
    pub(super) http: Option<&'a HttpDetails>,
    pub(super) rule_failures: Option<&'a RuleFailures>,
}

impl AnyCallRecord {
    pub(super) fn from_typed<O: Operation>(
        number: u64,
        call: &CallData<O>,
        details: CallDetails<'_>,
    ) -> Self {
        let CallDetails { http, rule_failures } = details;
        let (path, encoded) = match call.request.to_http() {
            Ok(request) => (request.uri().to_string(), Recorded::json(request.body())),
            // A request that was executed can be encoded; if not, the template of its path remains.
            Err(_) => (O::INFO.path.to_owned(), None),
        };
        let body = http.map_or(encoded, |http| Recorded::json_or_text(http.body()));
        let (body, body_text) = Recorded::parts(body);
        let reply = call.outcome.to_http::<O>();
        let status = reply.as_ref().map(|reply| reply.status().as_u16());
        let reply = reply.and_then(|reply| Recorded::json(reply.body()));
        let (reply, reply_text) = Recorded::parts(reply);
        Self {
            number,
            at: call.at,
            operation: Some(O::INFO.id),
            method: O::INFO.method.to_string(),
            path: http.map_or(path, shown_path),
            headers: http.map(HttpDetails::headers_by_name),
            body,
            body_text,
            dry: call.dry,
            status,
            reply,
            reply_text,
            duration: http.and_then(HttpDetails::duration),
            fault: call.fault.clone(),
            replayed: call.replayed,
            rule_failures: rule_failures.map(RuleFailures::reasons).unwrap_or_default(),
            unknown_members: http
                .map(|http| unknown_members::<O>(http.query(), http.body()))
                .unwrap_or_default(),
            near: None,
        }
    }

    pub(super) fn from_untyped(number: u64, call: &UntypedCall, details: CallDetails<'_>) -> Self {
        let CallDetails { http, rule_failures } = details;
        let body = http.and_then(|http| Recorded::json_or_text(http.body()));
        let (body, body_text) = Recorded::parts(body);
        let (reply, reply_text) = Recorded::parts(Recorded::json(&call.reply));
        Self {
            number,
            at: call.at,
            operation: call.operation,
            method: call.method.to_string(),
            path: http.map(shown_path).unwrap_or_default(),
            headers: http.map(HttpDetails::headers_by_name),
            body,
            body_text,
            dry: false,
            status: Some(call.status.as_u16()),
            reply,
            reply_text,
            duration: http.and_then(HttpDetails::duration),
            fault: None,
            replayed: false,
            rule_failures: rule_failures.map(RuleFailures::reasons).unwrap_or_default(),
            unknown_members: call.unknown_members.clone(),
            near: call.near,
        }
    }

    /// JSON text of the [`body`](Self::body), with every digit of its numbers.
    pub fn body_text(&self) -> Option<&str> {
        self.body_text.as_ref().map(RawJson::get)
    }

    /// JSON text of the [`reply`](Self::reply), with every digit of its numbers.
    pub fn reply_text(&self) -> Option<&str> {
        self.reply_text.as_ref().map(RawJson::get)
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
        self.fault.iter().try_for_each(|fault| write!(f, ", {fault}"))?;
        for member in &self.unknown_members {
            write!(f, "; unknown: {member}")?;
        }
        self.near.iter().try_for_each(|near| write!(f, "; {near}"))
    }
}

/// Path and query, of at most [`MAX_PATH`] characters.
fn shown_path(http: &HttpDetails) -> String {
    http.path().chars().take(MAX_PATH).collect()
}

#[expect(clippy::ref_option, reason = "serde hands a reference")]
fn milliseconds<S: Serializer>(
    duration: &Option<Duration>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    duration.map(control::milliseconds).serialize(serializer)
}
