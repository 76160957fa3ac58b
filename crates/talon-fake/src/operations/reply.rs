//! Replies, from what the engine did; building one changes nothing.

use talon_core::model::Loyalty;

use crate::engine::ledger;
use crate::engine::outcome::Outcome;
use crate::state::Transaction;

pub(super) mod achievements;
pub(super) mod event;
pub(super) mod v1;
pub(super) mod v2;

/// Balances after a request; what an open session would add and deduct is tentative.
fn loyalty(tx: &Transaction<'_>, outcome: &Outcome) -> Loyalty {
    let tentative = if outcome.is_booked { &[] } else { outcome.effects() };
    ledger::balances(tx, &outcome.session.profile_id, tentative)
}
