//! The ledgers of an owner in a loyalty program, and the log of their transactions.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use talon_core::Timestamp;

use super::ledger::Ledgers;
use super::{Ledger, LogEntry, LoyaltyAccountKey, PointTransaction, TransactionId, TransactionLog};
use crate::store::Row;

/// The ledgers of an owner in a loyalty program.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct LoyaltyAccount {
    key: LoyaltyAccountKey,
    ledgers: Ledgers,
    log: TransactionLog,
    /// When a ledger was last changed, by a transaction or by other dates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    changed: Option<Timestamp>,
}

impl Row for LoyaltyAccount {
    type Key = LoyaltyAccountKey;
    type Stored = Self;

    fn key(&self) -> &LoyaltyAccountKey {
        &self.key
    }
}

impl LoyaltyAccount {
    /// An account without ledgers.
    pub(crate) fn new(key: LoyaltyAccountKey) -> Self {
        Self { key, ledgers: Ledgers::new(), log: TransactionLog::default(), changed: None }
    }

    /// Its ledgers by the ids of their subledgers, in order.
    pub(crate) fn ledgers(&self) -> impl Iterator<Item = (&str, &Ledger)> {
        self.ledgers.iter().map(|(id, ledger)| (id.as_str(), ledger))
    }

    pub(crate) fn ledger(&self, subledger: &str) -> Option<&Ledger> {
        self.ledgers.get(subledger)
    }

    /// The ledger, created empty when there is none.
    pub(crate) fn ledger_mut(&mut self, subledger: &str) -> &mut Ledger {
        self.ledgers.entry(subledger.to_owned()).or_default()
    }

    pub(crate) fn log(&self) -> &TransactionLog {
        &self.log
    }

    /// Whether a ledger was changed after an instant.
    pub(crate) fn has_changed_since(&self, at: Timestamp) -> bool {
        self.changed.is_some_and(|changed| changed > at)
    }

    /// Notes that a ledger is changed.
    pub(crate) fn touch(&mut self, now: Timestamp) {
        self.changed = self.changed.max(Some(now));
    }

    /// Enters a transaction into the log.
    pub(crate) fn enter(&mut self, transaction: &PointTransaction) {
        self.touch(transaction.created);
        self.log.enter(LogEntry { created: transaction.created, transaction: transaction.id });
    }

    /// Removes a transaction from the log; the ledgers are to be booked again.
    pub(crate) fn forget(&mut self, transaction: TransactionId, now: Timestamp) {
        self.touch(now);
        self.log = self.log.iter().filter(|entry| entry.transaction != transaction).collect();
    }

    /// Takes over the ledgers of another account.
    pub(crate) fn take_ledgers(&mut self, other: Self) {
        self.ledgers = other.ledgers;
    }

    /// Removes ledgers, or all of them; returns their transactions. `subledger_of` says which ledger
    /// a transaction changed, and is asked once for each where some ledgers stay.
    pub(crate) fn remove(
        &mut self,
        subledgers: Option<&BTreeSet<&str>>,
        mut subledger_of: impl FnMut(TransactionId) -> Option<String>,
    ) -> Vec<TransactionId> {
        let is_selected = |id: &str| subledgers.is_none_or(|selected| selected.contains(id));
        let ledgers = self.ledgers.len();
        self.ledgers.retain(|id, _| !is_selected(id));
        if self.ledgers.len() == ledgers {
            return Vec::new();
        }
        let removes_all = self.ledgers.is_empty();
        let (removed, kept): (Vec<_>, Vec<_>) = self.log.iter().partition(|entry| {
            removes_all || subledger_of(entry.transaction).is_some_and(|id| is_selected(&id))
        });
        self.log = kept.into_iter().collect();
        removed.into_iter().map(|entry| entry.transaction).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::PointTransactionKind;

    /// An account with a transaction in each of its ledgers in turn, by ascending id from 1 on.
    fn account(subledgers: &[String], transactions: i64) -> LoyaltyAccount {
        let key = LoyaltyAccountKey::of_profile(1.into(), &"anna".into());
        let mut account = LoyaltyAccount::new(key.clone());
        for (id, subledger) in (1..=transactions).zip(subledgers.iter().cycle()) {
            let (kind, now) = (PointTransactionKind::Addition, Timestamp::UNIX_EPOCH);
            let transaction =
                PointTransaction::new(id.into(), key.clone(), subledger, kind, 1.into(), now);
            account.ledger_mut(subledger).apply(&transaction);
            account.enter(&transaction);
        }
        account
    }

    #[test]
    fn ledgers_are_removed_in_one_pass_over_the_transactions() {
        let subledgers: Vec<_> = (0..100).map(|number| format!("s{number:02}")).collect();
        let before = account(&subledgers, 1_000);
        let mut asked = 0;
        let mut subledger_of = |id: TransactionId| {
            asked += 1;
            let index = usize::try_from(id.number() - 1).unwrap() % subledgers.len();
            Some(subledgers[index].clone())
        };

        let mut some = before.clone();
        let selected: BTreeSet<_> = subledgers[..99].iter().map(String::as_str).collect();
        assert_eq!(some.remove(Some(&selected), &mut subledger_of).len(), 990);
        let left: Vec<_> = some.log().iter().map(|entry| entry.transaction.number()).collect();
        assert_eq!(left, (1..=10).map(|number| number * 100).collect::<Vec<_>>());
        assert_eq!(some.ledgers().map(|(id, _)| id).collect::<Vec<_>>(), ["s99"]);
        let unknown = BTreeSet::from(["other"]);
        assert_eq!(some.remove(Some(&unknown), &mut subledger_of), []);

        let mut all = before.clone();
        assert_eq!(all.remove(None, &mut subledger_of).len(), 1_000);
        assert_eq!((all.log().len(), all.ledgers().count()), (0, 0));
        assert_eq!(asked, 1_000);
    }
}
