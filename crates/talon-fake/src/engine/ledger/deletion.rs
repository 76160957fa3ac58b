//! Deletion of ledgers.

use crate::state::{LoyaltyAccountKey, Transaction};

/// Deletes the transactions of ledgers, with balances and tiers; of all ledgers where no subledgers are
/// named. Nothing is rolled back.
pub(crate) fn delete(
    tx: &mut Transaction<'_>,
    key: &LoyaltyAccountKey,
    subledgers: Option<&[String]>,
) {
    let Some(account) = tx.account(key) else { return };
    let mut account = account.clone();
    let selected = subledgers.map(|ids| ids.iter().map(String::as_str).collect());
    let subledger_of = |id| tx.logged_transaction(id).map(|row| row.subledger);
    for id in account.remove(selected.as_ref(), subledger_of) {
        tx.tables.point_transactions.remove(&id);
    }
    tx.tables.loyalty_accounts.put(account);
}
