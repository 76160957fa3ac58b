//! Replies, from what the engine did; building one changes nothing.

use talon_core::effect::Effect;
use talon_core::model::{Loyalty, LoyaltyCard};

use crate::engine::outcome::Outcome;
use crate::engine::{cards, ledger};
use crate::state::Transaction;

pub(super) mod achievements;
pub(super) mod event;
pub(super) mod v1;
pub(super) mod v2;

/// Balances after a request; what an open session would add and deduct is tentative.
fn loyalty(tx: &Transaction<'_>, outcome: &Outcome) -> Loyalty {
    let tentative = if outcome.is_booked { &[] } else { outcome.effects() };
    Loyalty {
        cards: cards(tx, outcome, tentative),
        ..ledger::balances(tx, &outcome.session.profile_id, tentative)
    }
}

/// The loyalty cards that the session or event names; `None` when it names none.
fn cards(
    tx: &Transaction<'_>,
    outcome: &Outcome,
    tentative: &[Effect],
) -> Option<Vec<LoyaltyCard>> {
    let names_any = outcome.session.loyalty_cards.iter().flatten().next().is_some();
    let named = tx.named_cards(&outcome.session).into_iter();
    names_any.then(|| named.map(|card| cards::reply(tx, card, tentative)).collect())
}
