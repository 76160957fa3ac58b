//! Transactions of points that a test adds, replaces and removes.

use super::entries::{enter, revise_membership};
use super::history::rebuild;
use crate::state::{LedgerOwner, PointTransaction, Transaction, TransactionId};
use crate::world::LedgerEntry;

/// Adds points; their customer is created when there is none.
pub(crate) fn add(tx: &mut Transaction<'_>, entry: &LedgerEntry) -> TransactionId {
    let id = tx.ids().number();
    enter_of(tx, entry, id);
    id
}

/// Replaces a transaction by the addition of other points, which keeps its id and place in the log;
/// returns whether there is one.
pub(crate) fn replace(tx: &mut Transaction<'_>, id: TransactionId, entry: &LedgerEntry) -> bool {
    let Some(created) = tx.point_transaction(id).map(|row| row.created) else { return false };
    remove(tx, id);
    let now = std::mem::replace(&mut tx.now, created);
    let key = enter_of(tx, entry, id);
    tx.now = now;
    rebuild(tx, &key);
    true
}

/// Removes a transaction, as if it had never been booked; returns whether there was one.
///
/// Points of an addition that were spent since stay spent.
pub(crate) fn remove(tx: &mut Transaction<'_>, id: TransactionId) -> bool {
    let Some(key) = tx.point_transaction(id).map(|row| row.account.clone()) else { return false };
    let now = tx.now;
    tx.account_mut(&key).forget(id, now);
    tx.tables.point_transactions.remove(&id);
    rebuild(tx, &key);
    revise_membership(tx, &key);
    true
}

fn enter_of(
    tx: &mut Transaction<'_>,
    entry: &LedgerEntry,
    id: TransactionId,
) -> crate::state::LoyaltyAccountKey {
    let transaction = PointTransaction::of_entry(id, entry, tx.now);
    let key = transaction.account.clone();
    if let LedgerOwner::Profile(profile) = &key.owner {
        tx.profile_or_new(profile);
    }
    enter(tx, transaction);
    key
}
