//! Lists of transactions, the latest first.

use talon_core::{SessionId, Timestamp};

use crate::page::{Page, PageRequest};
use crate::state::{
    Ledger, LoyaltyAccountKey, PointTransaction, PointTransactionKind, Transaction, TransactionId,
    TransactionLog,
};
use crate::world::EntrySource;

/// Which transactions are listed: those that fit every part that is given.
#[derive(Clone, Debug, Default)]
pub(crate) struct TransactionFilter<'f> {
    /// Of one of these sessions; any when empty.
    pub(crate) sessions: &'f [SessionId],
    /// One of these; any when empty.
    pub(crate) uuids: &'f [String],
    /// In one of these subledgers; any when empty.
    pub(crate) subledgers: &'f [String],
    pub(crate) source: Option<EntrySource>,
    /// Booked then or later.
    pub(crate) start: Option<Timestamp>,
    /// Booked then or earlier.
    pub(crate) end: Option<Timestamp>,
    /// Only additions that wait for an action.
    pub(crate) awaits_activation: bool,
}

/// A page of the transactions of an account. The time that it takes depends on the page, and where
/// a filter other than that of dates is given, on how many transactions it passes over.
pub(crate) fn list_transactions(
    tx: &Transaction<'_>,
    key: &LoyaltyAccountKey,
    filter: &TransactionFilter<'_>,
    page: PageRequest,
) -> Page<PointTransaction> {
    let Some(account) = tx.account(key) else {
        return Page { rows: Vec::new(), has_more: false };
    };
    let waits = |row: &PointTransaction| {
        account.ledger(&row.subledger).is_some_and(|ledger| awaits_activation(ledger, row, tx.now))
    };
    let read = |id| tx.logged_transaction(id);
    filter.page(account.log(), page, read, waits)
}

/// Whether an addition waits for an action and has neither expired nor been taken back.
fn awaits_activation(ledger: &Ledger, row: &PointTransaction, now: Timestamp) -> bool {
    row.kind == PointTransactionKind::Addition
        && row.rolls_back.is_none()
        && row.dates.awaits_activation
        && row.dates.is_pending(now)
        && ledger.batch(row.id).is_some()
}

impl TransactionFilter<'_> {
    /// A page of a log; `read` gives a row, and `waits` says whether it waits for an action.
    pub(super) fn page(
        &self,
        log: &TransactionLog,
        page: PageRequest,
        read: impl Fn(TransactionId) -> Option<PointTransaction>,
        waits: impl Fn(&PointTransaction) -> bool,
    ) -> Page<PointTransaction> {
        let first = self.start.map_or(0, |start| log.partition_point(|it| it.created < start));
        let end = self.end.map_or(log.len(), |end| log.partition_point(|it| it.created <= end));
        let latest_first = (first..end).rev();
        let id_at = |index| log.get(index).map(|entry| entry.transaction);
        if self.fits_all() {
            let page = page.page(latest_first);
            let rows = page.rows.into_iter().filter_map(id_at).filter_map(read);
            return Page { rows: rows.collect(), has_more: page.has_more };
        }
        let named: Vec<_> =
            self.uuids.iter().filter_map(|uuid| TransactionId::from_uuid(Some(uuid))).collect();
        let is_named = |id: &TransactionId| self.uuids.is_empty() || named.contains(id);
        let ids = latest_first.filter_map(id_at).filter(is_named);
        let rows = ids.filter_map(read);
        page.page(rows.filter(|row| self.fits(row) && (!self.awaits_activation || waits(row))))
    }

    /// Whether every transaction of the dates fits.
    fn fits_all(&self) -> bool {
        let lists_are_empty = self.sessions.is_empty() && self.uuids.is_empty();
        lists_are_empty
            && self.subledgers.is_empty()
            && self.source.is_none()
            && !self.awaits_activation
    }

    fn fits(&self, row: &PointTransaction) -> bool {
        let is_of_session = |id: &SessionId| self.sessions.contains(id);
        (self.sessions.is_empty() || row.session.as_ref().is_some_and(is_of_session))
            && (self.subledgers.is_empty() || self.subledgers.contains(&row.subledger))
            && self.source.is_none_or(|source| row.source == source)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use talon_core::Amount;

    use super::*;
    use crate::state::LogEntry;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_unix_seconds(second).unwrap()
    }

    fn log(length: i64) -> TransactionLog {
        let entry = |n| LogEntry { created: at(n), transaction: TransactionId::from(n) };
        (0..length).map(entry).collect()
    }

    fn row(id: TransactionId) -> PointTransaction {
        let account = LoyaltyAccountKey::of_profile(1.into(), &"anna".into());
        let kind = PointTransactionKind::Addition;
        PointTransaction::new(id, account, "", kind, Amount::from(1), at(id.number()))
    }

    /// Numbers of the transactions of a page, and how many rows were read for it.
    fn page(
        filter: &TransactionFilter<'_>,
        log: &TransactionLog,
        page: PageRequest,
    ) -> (Vec<i64>, usize) {
        let reads = Cell::new(0);
        let read = |id| {
            reads.set(reads.get() + 1);
            Some(row(id))
        };
        let page = filter.page(log, page, read, |_| true);
        (page.rows.iter().map(|row| row.id.number()).collect(), reads.get())
    }

    #[test]
    fn a_page_reads_no_more_rows_than_it_has_however_long_the_log_is() {
        for length in [100, 1_000_000] {
            let log = log(length);
            let everything = TransactionFilter::default();
            let middle = TransactionFilter {
                start: Some(at(length / 2)),
                end: Some(at(length / 2 + 9)),
                ..TransactionFilter::default()
            };
            let latest = PageRequest { skip: 0, size: 50 };
            let earliest = PageRequest { skip: log.len() - 2, size: 50 };

            let (rows, reads) = page(&everything, &log, latest);
            assert_eq!((rows.len(), rows[0], reads), (50, length - 1, 50));
            assert_eq!(page(&everything, &log, earliest), (vec![1, 0], 2));
            let (rows, reads) = page(&middle, &log, PageRequest { skip: 5, size: 3 });
            assert_eq!((rows.len(), rows[0], reads), (3, length / 2 + 4, 3));
        }
    }
}
