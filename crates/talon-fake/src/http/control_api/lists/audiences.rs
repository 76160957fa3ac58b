//! Audiences.

use schemars::JsonSchema;
use serde::Serialize;
use talon_core::model::Audience;
use talon_core::{AudienceId, ProfileId};

use super::{ApiModel, ControlRequest, MAX_LISTED, Reply, list as page, number, row};
use crate::state::Transaction;

/// An audience.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct AudienceRow {
    #[schemars(with = "ApiModel")]
    audience: Audience,
    member_count: usize,
    /// The first 100 members by their ids.
    members: Vec<ProfileId>,
}

pub(in super::super) fn list(call: &ControlRequest<'_>) -> Reply {
    let (request, state) = (call.page()?, call.world()?.state());
    let tx = Transaction::new(&state);
    Ok(page(request, state.tables.audiences.keys(), |id| AudienceRow::new(&tx, *id)))
}

pub(in super::super) fn show(call: &ControlRequest<'_>) -> Reply {
    let state = call.world()?.state();
    let tx = Transaction::new(&state);
    row(number(call).and_then(|id| AudienceRow::new(&tx, id)))
}

impl AudienceRow {
    fn new(tx: &Transaction<'_>, id: AudienceId) -> Option<Self> {
        let members = tx.members(id).profiles;
        Some(Self {
            audience: tx.audience_reply(id).ok()?,
            member_count: members.size(),
            members: members.iter().take(MAX_LISTED).cloned().collect(),
        })
    }
}
