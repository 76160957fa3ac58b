//! Entering transactions into ledgers.

use crate::state::{
    Ledger, LedgerOwner, LoyaltyAccount, LoyaltyAccountKey, PointTransaction, PointTransactionKind,
    PointsDates, Transaction, TransactionId,
};

use super::tiers::TierTerms;

/// Books a transaction, and has its customer join the program where the policy says so.
pub(super) fn enter(tx: &mut Transaction<'_>, transaction: PointTransaction) {
    let key = transaction.account.clone();
    register(tx, &transaction);
    change(tx, &key, &transaction.subledger, |ledger| ledger.apply(&transaction));
    tx.account_mut(&key).enter(&transaction);
    tx.tables.point_transactions.put(transaction);
}

/// Changes a ledger, and its tier with it.
pub(super) fn change(
    tx: &mut Transaction<'_>,
    key: &LoyaltyAccountKey,
    subledger: &str,
    change: impl FnOnce(&mut Ledger),
) {
    let (terms, now) = (TierTerms::of(tx, key), tx.now);
    let account = tx.account_mut(key);
    account.touch(now);
    let ledger = account.ledger_mut(subledger);
    terms.advance(ledger, now);
    change(ledger);
    terms.review(ledger, now);
}

/// Changes the dates of points that a transaction added.
pub(super) fn set_dates(tx: &mut Transaction<'_>, id: TransactionId, dates: PointsDates) {
    let (now, number) = (tx.now, tx.ids().number());
    let Some(transaction) = tx.tables.point_transactions.get_mut(&id) else { return };
    transaction.set_dates(dates, now, number);
    let (key, subledger) = (transaction.account.clone(), transaction.subledger.clone());
    change(tx, &key, &subledger, |ledger| ledger.set_dates(id, dates, now));
    join(tx, &key, &dates);
}

/// Notes the account in the profile, which joins with its first points.
fn register(tx: &mut Transaction<'_>, transaction: &PointTransaction) {
    let LedgerOwner::Profile(id) = &transaction.account.owner else { return };
    if let Some(stored) = tx.profile_mut(id) {
        stored.programs.insert(transaction.account.program);
    }
    if transaction.kind == PointTransactionKind::Addition {
        join(tx, &transaction.account, &transaction.dates);
    }
}

/// Has the owner of points with these dates join the program, where its policy says so.
fn join(tx: &mut Transaction<'_>, key: &LoyaltyAccountKey, dates: &PointsDates) {
    let LedgerOwner::Profile(id) = &key.owner else { return };
    let now = tx.now;
    let joined = tx.program(key.program).and_then(|program| program.join_date(dates, now));
    if let (Some(joined), Some(stored)) = (joined, tx.profile_mut(id)) {
        stored.join(key.program, joined);
    }
}

/// Takes back a membership that would begin with points that are taken back.
pub(super) fn revise_membership(tx: &mut Transaction<'_>, key: &LoyaltyAccountKey) {
    let LedgerOwner::Profile(id) = &key.owner else { return };
    let now = tx.now;
    let joins = tx.profile(id).and_then(|stored| stored.joined(key.program));
    if joins.is_none_or(|joined| joined <= now) {
        return;
    }
    let ledgers = tx.account(key).into_iter().flat_map(LoyaltyAccount::ledgers);
    let next = ledgers.filter_map(|(_, ledger)| ledger.batches().next_start(now)).min();
    let Some(stored) = tx.profile_mut(id) else { return };
    stored.leave(key.program);
    if let Some(next) = next {
        stored.join(key.program, next);
    }
}
