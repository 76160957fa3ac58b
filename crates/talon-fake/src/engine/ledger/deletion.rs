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
    let ledgers = account.ledgers().map(|(id, _)| id.to_owned());
    let is_selected = |id: &String| subledgers.is_none_or(|selected| selected.contains(id));
    let selected: Vec<_> = ledgers.filter(is_selected).collect();
    for subledger in selected {
        let is_its = |id| tx.logged_transaction(id).is_some_and(|row| row.subledger == subledger);
        for id in account.remove(&subledger, is_its) {
            tx.tables.point_transactions.remove(&id);
        }
    }
    tx.tables.loyalty_accounts.put(account);
}
