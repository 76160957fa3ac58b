//! `/_fake/faults`

use std::collections::BTreeMap;

use bytes::Bytes;
use http::{Response, StatusCode};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use talon_core::{ApiError, OPERATIONS};

use super::body::{Reply, invalid, json, no_content, read};
use super::request::ControlRequest;
use crate::control::faults::{Fault, FaultUsage};
use crate::fake::{AnyOperation, Fake, FaultSchedule};

/// Maximum number of planned faults: every call goes through all of them.
const MAX_RULES: usize = 1_000;

/// Planned faults.
#[derive(Debug, JsonSchema, Serialize)]
pub(super) struct FaultList {
    planned: Vec<FaultUsage>,
    /// Those that were injected less often than planned.
    unused: Vec<FaultUsage>,
}

/// A fault to plan: either `next` or `onAny`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct NewFault {
    /// Id of an operation, and its fault.
    next: Option<BTreeMap<String, Fault>>,
    on_any: Option<Fault>,
    times: Option<u64>,
    every: Option<u64>,
    with_probability: Option<(f64, u64)>,
}

pub(super) fn show(call: &ControlRequest<'_>) -> Reply {
    Ok(shown(&call.world()?))
}

fn shown(fake: &Fake) -> Response<Bytes> {
    let faults = fake.faults();
    let (planned, unused) = (faults.planned(), faults.unused());
    json(StatusCode::OK, &FaultList { planned, unused })
}

pub(super) fn plan(call: &ControlRequest<'_>) -> Reply {
    let fake = call.world()?;
    let rule: NewFault = read(call.body())?;
    let (operation, fault) = rule.fault()?;
    rule.check()?;
    if fake.faults().planned().len() >= MAX_RULES {
        let details = format!("there are {MAX_RULES} planned faults already: DELETE them first");
        return Err(invalid("", details));
    }
    let mut planned: FaultSchedule<AnyOperation> = fake.faults().plan(operation, fault);
    if let Some(times) = rule.times {
        planned = planned.times(times);
    }
    if let Some(n) = rule.every {
        planned = planned.every(n);
    }
    if let Some((probability, seed)) = rule.with_probability {
        planned.with_probability(probability, seed);
    }
    let mut reply = shown(&fake);
    *reply.status_mut() = StatusCode::CREATED;
    Ok(reply)
}

pub(super) fn clear(call: &ControlRequest<'_>) -> Reply {
    call.world()?.faults().clear();
    Ok(no_content())
}

impl NewFault {
    /// The operation, or `None` for any, and the fault.
    fn fault(&self) -> Result<(Option<&'static str>, Fault), ApiError> {
        match (&self.next, &self.on_any) {
            (None, Some(fault)) => Ok((None, fault.clone())),
            (Some(next), None) if next.len() == 1 => {
                let (id, fault) = next.iter().next().expect("there is one");
                let known = OPERATIONS.iter().find(|operation| operation.id == id);
                let unknown = || invalid("next", format!("there is no operation \"{id}\""));
                Ok((Some(known.ok_or_else(unknown)?.id), fault.clone()))
            }
            _ => Err(invalid("", "either next with one operation, or onAny")),
        }
    }

    /// Refuses values for which the methods panic.
    fn check(&self) -> Result<(), ApiError> {
        if self.every == Some(0) {
            return Err(invalid("every", "must be at least 1"));
        }
        match self.with_probability {
            Some((probability, _)) if !(0.0..=1.0).contains(&probability) => {
                Err(invalid("withProbability", "a probability is from 0 to 1"))
            }
            _ => Ok(()),
        }
    }
}
