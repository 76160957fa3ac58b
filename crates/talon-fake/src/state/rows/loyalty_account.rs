//! The ledgers of an owner in a loyalty program, and the log of their transactions.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use talon_core::Timestamp;

use super::ledger::Ledgers;
use super::{Ledger, LoyaltyAccountKey, PointTransaction, TransactionId};
use crate::store::Row;

/// The ledgers of an owner in a loyalty program.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct LoyaltyAccount {
    key: LoyaltyAccountKey,
    ledgers: Ledgers,
    /// Transactions by their time, the latest last. Shared with readers.
    log: Arc<Vec<LogEntry>>,
    /// When a ledger was last changed, by a transaction or by other dates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    changed: Option<Timestamp>,
}

/// The place of a transaction in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct LogEntry {
    pub(crate) created: Timestamp,
    pub(crate) transaction: TransactionId,
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
        Self { key, ledgers: Ledgers::new(), log: Arc::default(), changed: None }
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

    /// Places of its transactions, the latest last.
    pub(crate) fn log(&self) -> &[LogEntry] {
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
        let entry = LogEntry { created: transaction.created, transaction: transaction.id };
        let log = Arc::make_mut(&mut self.log);
        // Nearly always the end; the clock may have been set back.
        let index = log.partition_point(|known| *known < entry);
        log.insert(index, entry);
    }

    /// Removes a ledger; `is_its` says which transactions are.
    pub(crate) fn remove(
        &mut self,
        subledger: &str,
        mut is_its: impl FnMut(TransactionId) -> bool,
    ) -> Vec<TransactionId> {
        if self.ledgers.remove(subledger).is_none() {
            return Vec::new();
        }
        let (removed, kept): (Vec<_>, Vec<_>) =
            self.log.iter().copied().partition(|entry| is_its(entry.transaction));
        self.log = Arc::new(kept);
        removed.into_iter().map(|entry| entry.transaction).collect()
    }
}
