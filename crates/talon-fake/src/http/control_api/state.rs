//! `/_fake/state`

use http::StatusCode;
use schemars::JsonSchema;
use serde::Serialize;
use talon_core::{ApplicationId, Timestamp};

use super::body::{Reply, json};
use super::request::ControlRequest;
use crate::state::State;

/// The clock, and how many rows there are of each kind.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct StateSummary {
    now: Timestamp,
    follows_system: bool,
    /// Whether requests with members that their operation does not have are refused.
    strict: bool,
    application_id: ApplicationId,
    /// Grows whenever something in the world may have changed.
    changes: u64,
    /// Number of the last call; 0 when there is none.
    last_call: u64,
    /// Number of calls that are no longer kept.
    forgotten_calls: u64,
    planned_faults: usize,
    /// Number of planned faults that were injected less often than planned.
    unused_faults: usize,
    counts: Counts,
}

/// How many rows there are of each kind.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
struct Counts {
    campaigns: usize,
    coupons: usize,
    referrals: usize,
    profiles: usize,
    sessions: usize,
    audiences: usize,
    achievements: usize,
    catalogs: usize,
    catalog_items: usize,
    loyalty_cards: usize,
    ledgers: usize,
    ledger_entries: usize,
}

pub(super) fn show(call: &ControlRequest<'_>) -> Reply {
    let fake = call.world()?;
    let (changes, state) = (fake.changes(), fake.state());
    let time = state.time();
    let (last_call, forgotten_calls) = {
        let log = fake.log();
        (log.last(), log.forgotten())
    };
    let summary = StateSummary {
        now: time.now(),
        follows_system: time.follows_system(),
        strict: fake.strictness().unwrap_or(call.worlds.is_strict()),
        application_id: state.application,
        changes,
        last_call,
        forgotten_calls,
        planned_faults: fake.faults().planned().len(),
        unused_faults: fake.faults().unused().len(),
        counts: Counts::of(&state),
    };
    Ok(json(StatusCode::OK, &summary))
}

impl Counts {
    fn of(state: &State) -> Self {
        let tables = &state.tables;
        Self {
            campaigns: state.campaigns.len(),
            coupons: tables.coupons.len(),
            referrals: tables.referrals.len(),
            profiles: tables.profiles.len(),
            sessions: tables.sessions.len(),
            audiences: tables.audiences.len(),
            achievements: state.achievements.len(),
            catalogs: tables.catalogs.len(),
            catalog_items: tables.catalog_items.len(),
            loyalty_cards: tables.loyalty_cards.len(),
            ledgers: tables.loyalty_accounts.len(),
            ledger_entries: tables.point_transactions.len(),
        }
    }
}
