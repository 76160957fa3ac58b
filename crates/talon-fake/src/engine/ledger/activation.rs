//! Activation of points that wait for an action.

use std::collections::BTreeSet;

use talon_core::effect::EffectKind;
use talon_core::{LoyaltyProgramId, SessionId};

use super::booking::Movement;
use super::entries;
use crate::state::{
    LoyaltyAccountKey, PointTransaction, PointsDates, StoredProgram, StoredSession, Transaction,
    TransactionId,
};

/// Points that are to be activated.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Activation<'a> {
    OfSession(&'a SessionId),
    Of(&'a [TransactionId]),
}

/// Activates the points among these that wait for an action; returns their transactions. `None` where
/// the program has no such session or transaction: nothing is activated then.
pub(crate) fn activate(
    tx: &mut Transaction<'_>,
    program: &StoredProgram,
    activation: Activation<'_>,
) -> Option<Vec<PointTransaction>> {
    let ids = match activation {
        Activation::OfSession(session) => {
            let stored = tx.session(session)?;
            points_of_session(tx, program.id, stored)
        }
        Activation::Of(ids) => {
            let is_known = |id: &TransactionId| {
                tx.point_transaction(*id).is_some_and(|it| it.account.program == program.id)
            };
            if !ids.iter().all(is_known) {
                return None;
            }
            ids.to_vec()
        }
    };
    Some(ids.into_iter().filter_map(|id| activate_one(tx, program, id)).collect())
}

/// Points of a program that a session or its events earned and that are left.
fn points_of_session(
    tx: &Transaction<'_>,
    program: LoyaltyProgramId,
    stored: &StoredSession,
) -> Vec<TransactionId> {
    let session = &stored.session;
    let of_profile = LoyaltyAccountKey::of_profile(program, &session.profile_id);
    let of_card = tx.named_card(session, program).map(|card| LoyaltyAccountKey::of_card(&card.key));
    let mut accounts: BTreeSet<_> = of_card.into_iter().chain([of_profile]).collect();
    for booking in &stored.bookings {
        if let EffectKind::AddLoyaltyPoints(points) = &booking.effect.kind
            && points.program_id == program
        {
            accounts.insert(Movement::of_addition(session, &booking.effect, points).account);
        }
    }
    let accounts = accounts.iter().filter_map(|key| tx.account(key));
    let ledgers = accounts.flat_map(|account| account.ledgers().map(|(_, ledger)| ledger));
    let waiting = ledgers
        .flat_map(|ledger| ledger.batches().iter().filter(|it| it.dates.awaits_activation))
        .map(|batch| batch.transaction);
    let is_its = |id: &TransactionId| {
        let row = tx.logged_transaction(*id);
        row.is_some_and(|row| row.session.as_ref() == Some(&session.integration_id))
    };
    waiting.filter(is_its).collect()
}

fn activate_one(
    tx: &mut Transaction<'_>,
    program: &StoredProgram,
    id: TransactionId,
) -> Option<PointTransaction> {
    let now = tx.now;
    let row = tx.point_transaction(id)?;
    let ledger = tx.ledger(&row.account, &row.subledger)?;
    let batch = ledger
        .batch(id)
        .filter(|batch| batch.dates.awaits_activation && batch.dates.is_pending(now))?;
    let validity = row.validity.and_then(|validity| validity.end(now, &program.zone));
    let dates = PointsDates {
        start: Some(now),
        awaits_activation: false,
        expiry: batch.dates.expiry.or(validity),
    };
    entries::set_dates(tx, id, dates);
    tx.point_transaction(id).cloned()
}
