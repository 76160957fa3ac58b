//! The log of the transactions of an account.

use rpds::VectorSync;
use serde::{Deserialize, Serialize};
use talon_core::Timestamp;

use super::TransactionId;

/// Transactions of an account by their time, the latest last.
///
/// Copies share their memory: an entry costs about the same however many there are.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct TransactionLog(VectorSync<LogEntry>);

/// The place of a transaction in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct LogEntry {
    pub(crate) created: Timestamp,
    pub(crate) transaction: TransactionId,
}

impl TransactionLog {
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = LogEntry> {
        self.0.iter().copied()
    }

    pub(crate) fn get(&self, index: usize) -> Option<LogEntry> {
        self.0.get(index).copied()
    }

    /// How many of the first entries are those for which this holds; it holds for none after them.
    pub(crate) fn partition_point(&self, holds: impl Fn(LogEntry) -> bool) -> usize {
        let (mut start, mut end) = (0, self.len());
        while start < end {
            let middle = start + (end - start) / 2;
            if self.get(middle).is_some_and(&holds) {
                start = middle + 1;
            } else {
                end = middle;
            }
        }
        start
    }

    /// Enters a transaction at its place: nearly always the end, but the clock may have been set back.
    pub(super) fn enter(&mut self, entry: LogEntry) {
        let mut later = Vec::new();
        while let Some(last) = self.0.last().copied().filter(|last| *last > entry) {
            later.push(last);
            self.0.drop_last_mut();
        }
        self.0.push_back_mut(entry);
        later.into_iter().rev().for_each(|entry| self.0.push_back_mut(entry));
    }
}

impl FromIterator<LogEntry> for TransactionLog {
    fn from_iter<I: IntoIterator<Item = LogEntry>>(entries: I) -> Self {
        Self(entries.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(second: i64, id: i64) -> LogEntry {
        let created = Timestamp::from_unix_seconds(second).unwrap();
        LogEntry { created, transaction: id.into() }
    }

    #[test]
    fn a_log_is_sorted_by_time_also_after_the_clock_was_set_back() {
        let mut log = TransactionLog::default();
        for (second, id) in [(10, 1), (20, 2), (5, 3), (20, 4), (10, 5)] {
            log.enter(entry(second, id));
        }
        let copy = log.clone();
        log.enter(entry(0, 6));

        let ids = |log: &TransactionLog| log.iter().map(|it| it.transaction.number()).collect();
        let (ids, of_copy): (Vec<_>, Vec<_>) = (ids(&log), ids(&copy));
        assert_eq!((ids, of_copy), (vec![6, 3, 1, 5, 2, 4], vec![3, 1, 5, 2, 4]));
        let until = |second| log.partition_point(|it| it.created <= entry(second, 0).created);
        assert_eq!([-1, 0, 9, 10, 20].map(until), [0, 1, 2, 4, 6]);
        let text = serde_json::to_string(&log).unwrap();
        assert_eq!(serde_json::from_str::<TransactionLog>(&text).unwrap(), log);
    }
}
