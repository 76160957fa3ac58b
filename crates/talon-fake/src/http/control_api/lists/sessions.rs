//! Sessions.

use std::cmp::Reverse;

use schemars::JsonSchema;
use serde::Serialize;
use talon_core::effect::Effect;
use talon_core::model::{CustomerSessionV2, RuleFailureReason};
use talon_core::{ProfileId, SessionId};

use super::{ApiModel, ControlRequest, Reply, list as page, row};
use crate::control::calls::CallLog;
use crate::state::{RuleFailures, StoredSession};

/// A session.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct SessionRow {
    #[schemars(with = "ApiModel")]
    session: CustomerSessionV2,
    /// Effects that are in force.
    #[schemars(with = "Vec<ApiModel>")]
    effects: Vec<Effect>,
    /// Why rules did not apply, in the last call that evaluated the session and is still kept.
    #[schemars(with = "Vec<ApiModel>")]
    failures: Vec<RuleFailureReason>,
    /// Number of that call.
    #[serde(skip_serializing_if = "Option::is_none")]
    failures_of_call: Option<u64>,
}

pub(in super::super) fn list(call: &ControlRequest<'_>) -> Reply {
    let profile = call.query("profileId").map(|id| ProfileId::from(&*id));
    let (request, fake) = (call.page()?, call.world()?);
    let mut sessions = fake.state().tables.sessions.all();
    sessions.retain(|it| profile.as_ref().is_none_or(|id| it.session.profile_id == *id));
    sessions.sort_by_cached_key(|it| {
        let last = it.session.updated.unwrap_or(it.session.created);
        (Reverse(last), it.session.integration_id.clone())
    });
    let log = fake.log().clone();
    let failures = log.failures_of_sessions();
    Ok(page(request, sessions, |stored| {
        let failures = failures.get(&stored.session.integration_id).copied();
        Some(SessionRow::new(stored, failures))
    }))
}

pub(in super::super) fn show(call: &ControlRequest<'_>) -> Reply {
    let (fake, id) = (call.world()?, SessionId::from(call.id()));
    let log: CallLog = fake.log().clone();
    let failures = log.failures_of_sessions().get(&id).copied();
    let stored = fake.state().tables.sessions.get(&id);
    row(stored.map(|stored| SessionRow::new(&stored, failures)))
}

impl SessionRow {
    fn new(stored: &StoredSession, failures: Option<(u64, Option<&RuleFailures>)>) -> Self {
        let (number, failures) = failures.unzip();
        Self {
            session: stored.session.clone(),
            effects: stored.effects_in_force().unwrap_or_default(),
            failures: failures.flatten().map(RuleFailures::reasons).unwrap_or_default(),
            failures_of_call: number,
        }
    }
}
