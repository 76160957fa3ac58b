//! `/_fake/calls`

use http::StatusCode;
use schemars::JsonSchema;
use serde::Serialize;
use talon_core::document::did_you_mean;
use talon_core::operation::{PathParam as _, QueryValue as _};
use talon_core::{ApiError, OPERATIONS, Problem};

use super::body::{Reply, json, no_content};
use super::request::{ControlRequest, QueryParameter};
use crate::AnyCallRecord;

/// Parameters of the list of calls.
pub(super) const FILTERS: &[QueryParameter] = &[
    ("operation", "Only calls of this operation, by its id."),
    ("status", "Only calls with this status, such as `404` or `4xx`."),
    ("path", "Only calls whose path and query contain this text."),
    ("since", "Only calls after the one with this number."),
    ("limit", "At most this many calls: the latest ones."),
];

/// Calls that are kept, the oldest first.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CallList {
    calls: Vec<AnyCallRecord>,
    /// Number of calls that are no longer kept.
    forgotten: u64,
}

/// Which calls a request asks for.
struct Filter<'a> {
    operation: Option<&'static str>,
    status: Option<Statuses>,
    path: Option<std::borrow::Cow<'a, str>>,
    since: u64,
    limit: usize,
}

/// A status, or all of a class.
#[derive(Clone, Copy)]
enum Statuses {
    One(u16),
    Class(u16),
}

pub(super) fn list(call: &ControlRequest<'_>) -> Reply {
    let filter = Filter::new(call)?;
    let (mut calls, forgotten) = call.world()?.calls_after(filter.since);
    calls.retain(|call| filter.accepts(call));
    let surplus = calls.len().saturating_sub(filter.limit);
    calls.drain(..surplus);
    Ok(json(StatusCode::OK, &CallList { calls, forgotten }))
}

pub(super) fn show(call: &ControlRequest<'_>) -> Reply {
    let not_found = || ApiError::new(StatusCode::NOT_FOUND, "Not found: no such call is kept");
    let number = i64::from_segment(call.id()).ok().and_then(|number| u64::try_from(number).ok());
    let number = number.ok_or_else(not_found)?;
    let (calls, _) = call.world()?.calls_after(number.saturating_sub(1));
    let found = calls.iter().find(|call| call.number == number);
    Ok(json(StatusCode::OK, found.ok_or_else(not_found)?))
}

pub(super) fn clear(call: &ControlRequest<'_>) -> Reply {
    call.world()?.clear_calls();
    Ok(no_content())
}

impl<'a> Filter<'a> {
    fn new(call: &'a ControlRequest<'_>) -> Result<Self, ApiError> {
        let unsigned = |name| {
            let number = call.number(name)?.map(u64::try_from).transpose();
            number.map_err(|_| invalid(name, "must be 0 or more".to_owned()))
        };
        let limit = unsigned("limit")?.and_then(|limit| usize::try_from(limit).ok());
        Ok(Self {
            operation: call.query("operation").map(|id| operation(&id)).transpose()?,
            status: call.query("status").map(|text| statuses(&text)).transpose()?,
            path: call.query("path"),
            since: unsigned("since")?.unwrap_or(0),
            limit: limit.unwrap_or(usize::MAX),
        })
    }

    fn accepts(&self, call: &AnyCallRecord) -> bool {
        self.operation.is_none_or(|wanted| call.operation == Some(wanted))
            && self.status.is_none_or(|wanted| call.status.is_some_and(|it| wanted.accept(it)))
            && self.path.as_ref().is_none_or(|wanted| call.path.contains(&**wanted))
    }
}

impl Statuses {
    fn accept(self, status: u16) -> bool {
        match self {
            Self::One(one) => status == one,
            Self::Class(class) => status / 100 == class,
        }
    }
}

fn statuses(text: &str) -> Result<Statuses, ApiError> {
    let number = |text| i64::from_text(text).ok().and_then(|number| u16::try_from(number).ok());
    let status = match text.strip_suffix("xx") {
        Some(class) => number(class).filter(|class| (1..=5).contains(class)).map(Statuses::Class),
        None => number(text).filter(|status| (100..=599).contains(status)).map(Statuses::One),
    };
    status.ok_or_else(|| invalid("status", "must be a status such as 404 or 4xx".to_owned()))
}

/// Checks the id of an operation: a list of calls of an unknown one would always be empty.
fn operation(id: &str) -> Result<&'static str, ApiError> {
    let known = OPERATIONS.iter().find(|operation| operation.id == id);
    known.map(|operation| operation.id).ok_or_else(|| {
        let near = did_you_mean(id, OPERATIONS.iter().map(|operation| operation.id));
        let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        invalid("operation", format!("there is no operation \"{id}\"{near}"))
    })
}

fn invalid(parameter: &'static str, details: String) -> ApiError {
    ApiError::invalid(Problem::parameter(parameter, "Invalid", details))
}
