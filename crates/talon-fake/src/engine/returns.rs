//! Returns of items of a closed session, and sessions that are opened again.

use talon_core::effect::Effect;
use talon_core::model::{CustomerSessionV2, ReturnedCartItem, SessionState};
use talon_core::{Amount, ApiError, Problem, SessionId};

use super::booking::RemainingLimits;
use super::lifecycle::{outcome, visit};
use super::outcome::{Evaluation, IssuedCodes, Outcome};
use super::{booking, raised_events};
use crate::state::{ReturnedItem, StoredReturn, StoredSession, Transaction};

mod lines;
mod reevaluation;
mod survivors;
mod units;

use units::Units;

/// A session after a return, and the return.
#[derive(Debug)]
pub(crate) struct ReturnOutcome {
    pub(crate) outcome: Outcome,
    pub(crate) row: StoredReturn,
}

/// Takes back items, and rolls back the effects of the returned units.
///
/// # Errors
/// A refusal when the session is unknown or neither closed nor partially returned, or when it does
/// not have these items.
pub(crate) fn return_items(
    tx: &mut Transaction<'_>,
    id: &SessionId,
    items: &[ReturnedCartItem],
    runs_rules: bool,
) -> Result<ReturnOutcome, ApiError> {
    let mut stored = tx.expect_session(id)?.clone();
    if !matches!(stored.session.state, SessionState::Closed | SessionState::PartiallyReturned) {
        return Err(refusal("/return", "only items of a closed session can be returned"));
    }
    let lines = lines::select(&stored.session.cart_items, items)?;
    let units = Units::new(&stored.session, &lines);
    let limits = RemainingLimits::Keep;
    let mut effects =
        booking::revert(tx, &mut stored, limits, |effect| units.contain(&effect.kind));
    let price = mark_returned(&mut stored.session, &lines);
    booking::count_returned(tx, &stored, price);
    update(tx, &mut stored, SessionState::PartiallyReturned);
    let (mut evaluation, issued) = if runs_rules {
        reevaluation::run(tx, &mut stored)
    } else {
        (Evaluation::default(), IssuedCodes::default())
    };
    effects.append(&mut evaluation.effects);
    let evaluation = Evaluation { effects, ..evaluation };
    let profile = stored.session.profile_id.clone();
    let event_type = "talon_session_partially_returned";
    let event = raised_events::raise(tx, event_type, &profile, &evaluation.effects);
    let row = StoredReturn {
        id: tx.ids().number(),
        created: tx.now,
        session: id.clone(),
        event: event.id,
        items: lines,
        before: stored.latest_return,
    };
    tx.put_return(&mut stored, row.clone());
    let session = stored.session.clone();
    tx.put_session(stored);
    Ok(ReturnOutcome { outcome: outcome(tx, session, (evaluation, issued), event), row })
}

/// Opens a closed session again; returns the effects that report what was rolled back.
///
/// # Errors
/// A refusal when the session is unknown or not closed.
pub(crate) fn reopen(tx: &mut Transaction<'_>, id: &SessionId) -> Result<Vec<Effect>, ApiError> {
    let mut stored = tx.expect_session(id)?.clone();
    if stored.session.state != SessionState::Closed {
        return Err(refusal("/state", "only a closed session can be reopened"));
    }
    let effects = booking::cancel(tx, &mut stored, RemainingLimits::Keep);
    update(tx, &mut stored, SessionState::Open);
    raised_events::raise(tx, "talon_session_reopened", &stored.session.profile_id, &effects);
    tx.put_session(stored);
    Ok(effects)
}

fn refusal(pointer: &str, details: &str) -> ApiError {
    ApiError::invalid(Problem::at(pointer, "Invalid state transition", details))
}

fn update(tx: &mut Transaction<'_>, stored: &mut StoredSession, state: SessionState) {
    let first_session = stored.session.first_session;
    visit(tx, stored);
    let session = &mut stored.session;
    session.first_session = first_session;
    session.state = state;
    session.updated = Some(tx.now);
    session.update_count = Some(session.update_count.unwrap_or(0).saturating_add(1));
}

/// Counts the returned units on every line; returns their price.
fn mark_returned(session: &mut CustomerSessionV2, lines: &[ReturnedItem]) -> Amount {
    let mut price = Amount::ZERO;
    for (item, position) in session.cart_items.iter_mut().zip(0..) {
        let line = lines.iter().find(|line| line.position == position);
        let now = line.map_or(0, |line| line.quantity);
        let returned = item.returned_quantity.unwrap_or(0) + now;
        price += item.price.unwrap_or_default() * now;
        item.returned_quantity = Some(returned);
        item.remaining_quantity = Some(item.quantity - returned);
    }
    price
}
