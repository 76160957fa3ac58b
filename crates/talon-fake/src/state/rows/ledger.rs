//! Ledgers of loyalty points.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use talon_core::{Amount, Timestamp};

use super::point_batches::Sums;
use super::{
    Batch, Batches, Deduction, PointTransaction, PointTransactionKind, PointsDates, TransactionId,
};

/// The points of one ledger: what its transactions lead to, one after another.
///
/// Whether points are pending, active or expired follows from their dates and the clock.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Ledger {
    /// What is left of additions.
    batches: Batches,
    spent: Amount,
    /// Points that are owed; there are no active ones meanwhile.
    #[serde(default)]
    negative: Amount,
    /// The instant up to which points that became active paid what is owed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    settled_until: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) tier: Option<CurrentTier>,
    /// The instant that the tier is that of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) tier_reviewed: Option<Timestamp>,
}

/// The tier of a ledger.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct CurrentTier {
    /// Position among the tiers of the program, the lowest first.
    pub(crate) rank: usize,
    pub(crate) start: Timestamp,
    /// When it is reviewed; never when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) expiry: Option<Timestamp>,
}

/// Balances of one ledger.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Balance {
    pub(crate) active: Amount,
    pub(crate) pending: Amount,
    pub(crate) expired: Amount,
    pub(crate) spent: Amount,
    pub(crate) negative: Amount,
}

impl Ledger {
    /// What is left of its additions.
    pub(crate) fn batches(&self) -> &Batches {
        &self.batches
    }

    pub(crate) fn batch(&self, id: TransactionId) -> Option<&Batch> {
        self.batches.get(id)
    }

    /// Balances at an instant after its last transaction.
    pub(crate) fn balance(&self, now: Timestamp) -> Balance {
        if self.negative.is_zero() {
            return self.sums(now);
        }
        self.at(now).sums(now)
    }

    /// The ledger at an instant after its last transaction.
    pub(crate) fn at(&self, now: Timestamp) -> Self {
        let mut ledger = self.clone();
        ledger.settle(now);
        ledger
    }

    fn sums(&self, now: Timestamp) -> Balance {
        let Sums { active, pending, expired } = self.batches.sums(now);
        Balance { active, pending, expired, spent: self.spent, negative: self.negative }
    }

    /// Where points are taken from: the batch that expires first before the others, those that
    /// never expire last. Fewer than `points` where the ledger has fewer.
    pub(crate) fn deductions(&self, points: Amount, now: Timestamp) -> Vec<Deduction> {
        let mut wanted = points;
        let left = self.batches.spendable(now).filter(|batch| !batch.left.is_zero());
        let taken = left.map_while(|batch| {
            let taken = wanted.min(batch.left);
            wanted -= taken;
            (!taken.is_zero()).then(|| batch.deduction(taken))
        });
        taken.collect()
    }

    /// Books a transaction; those of a ledger are booked in their order.
    pub(crate) fn apply(&mut self, transaction: &PointTransaction) {
        let now = transaction.created;
        self.settle(now);
        let is_rollback = transaction.rolls_back.is_some();
        match transaction.kind {
            PointTransactionKind::Addition => {
                if is_rollback {
                    self.spent -= transaction.points;
                }
                self.put(transaction.batch(), now);
            }
            PointTransactionKind::Deduction => {
                if !is_rollback {
                    self.spent += transaction.points;
                }
                self.take(&transaction.deductions);
                self.negative += transaction.owed;
                self.settled_until = (!self.negative.is_zero()).then_some(now);
            }
        }
    }

    /// Changes the dates of a batch.
    pub(crate) fn set_dates(&mut self, id: TransactionId, dates: PointsDates, now: Timestamp) {
        self.settle(now);
        let Some(batch) = self.batch(id).copied() else { return };
        self.batches.insert(Batch { dates, ..batch });
        if !batch.dates.is_active(now) && dates.is_active(now) {
            self.pay_from(id);
        }
    }

    /// Adds points to their batch, or as a new one. What is owed is paid from them.
    pub(crate) fn put(&mut self, batch: Batch, now: Timestamp) {
        let known = self.batch(batch.transaction);
        let batch = known.map_or(batch, |known| Batch { left: known.left + batch.left, ..*known });
        self.batches.insert(batch);
        if batch.dates.is_active(now) {
            self.pay_from(batch.transaction);
        }
    }

    /// Takes points from their batches.
    pub(crate) fn take(&mut self, deductions: &[Deduction]) {
        for deduction in deductions {
            self.take_from(deduction.batch, deduction.points);
        }
    }

    /// Pays what is owed from points that became active since.
    pub(crate) fn settle(&mut self, now: Timestamp) {
        self.batches.sum_up(now);
        let Some(since) = self.settled_until.filter(|until| *until < now) else { return };
        let due = self.batches.changing(since, now).filter_map(|batch| {
            let start = batch.dates.start?;
            let ends_before = batch.dates.expiry.is_some_and(|expiry| expiry <= start);
            let is_due = start > since && start <= now && !ends_before;
            (is_due && !batch.dates.awaits_activation).then_some((start, batch.transaction))
        });
        let mut due: Vec<_> = due.collect();
        due.sort_unstable();
        for (_, id) in due {
            self.pay_from(id);
        }
        self.settled_until = (!self.negative.is_zero()).then_some(now);
    }

    fn pay_from(&mut self, id: TransactionId) {
        let Some(batch) = self.batch(id) else { return };
        let paid = self.negative.min(batch.left);
        if !paid.is_zero() {
            self.negative -= paid;
            self.take_from(id, paid);
        }
        if self.negative.is_zero() {
            self.settled_until = None;
        }
    }

    fn take_from(&mut self, id: TransactionId, points: Amount) {
        let Some(batch) = self.batch(id).copied() else { return };
        let left = batch.left - points;
        if left.is_zero() && !points.is_zero() {
            self.batches.remove(id);
        } else {
            self.batches.insert(Batch { left, ..batch });
        }
    }
}

/// Ledgers by the ids of their subledgers; `""` is the main ledger.
pub(super) type Ledgers = BTreeMap<String, Ledger>;

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn now() -> Timestamp {
        at("2026-01-01T00:00:00Z")
    }

    fn batch(number: i64, left: i64, start: Option<&str>, expiry: Option<&str>) -> Batch {
        let dates =
            PointsDates { start: start.map(at), expiry: expiry.map(at), awaits_activation: false };
        let transaction = TransactionId::from(number);
        Batch { transaction, created: now(), left: left.into(), dates }
    }

    fn ledger(batches: &[Batch]) -> Ledger {
        let mut ledger = Ledger::default();
        for batch in batches {
            ledger.put(*batch, now());
        }
        ledger
    }

    #[test]
    fn points_that_expire_first_are_spent_first_and_unlimited_ones_last() {
        let ledger = ledger(&[
            batch(1, 10, None, None),
            batch(2, 20, None, Some("2026-03-01T00:00:00Z")),
            batch(3, 5, None, Some("2026-02-01T00:00:00Z")),
            batch(4, 90, Some("2026-01-02T00:00:00Z"), Some("2026-01-03T00:00:00Z")),
        ]);

        let taken = |points: i64| {
            let deductions = ledger.deductions(points.into(), now());
            deductions.iter().map(|it| (it.batch, it.points)).collect::<Vec<_>>()
        };
        let part = |batch: i64, points: i64| (TransactionId::from(batch), Amount::from(points));

        assert_eq!(taken(7), [part(3, 5), part(2, 2)]);
        assert_eq!(taken(100), [part(3, 5), part(2, 20), part(1, 10)]);
    }

    #[test]
    fn a_batch_without_points_is_passed_over() {
        let ledger = ledger(&[
            batch(1, 0, None, Some("2026-02-01T00:00:00Z")),
            batch(2, 20, None, Some("2026-03-01T00:00:00Z")),
        ]);

        let taken: Vec<_> = ledger.deductions(5.into(), now());

        let taken: Vec<_> = taken.iter().map(|it| (it.batch, it.points)).collect();
        assert_eq!(taken, [(TransactionId::from(2), 5.into())]);
    }

    #[test]
    fn a_point_is_pending_active_or_expired() {
        let ledger = ledger(&[
            batch(1, 10, None, Some("2026-03-01T00:00:00Z")),
            batch(2, 5, Some("2026-02-01T00:00:00Z"), None),
        ]);
        let shown = |text| {
            let balance = ledger.balance(at(text));
            [balance.pending, balance.active, balance.expired]
        };

        assert_eq!(shown("2026-01-01T00:00:00Z"), [5.into(), 10.into(), 0.into()]);
        assert_eq!(shown("2026-02-01T00:00:00Z"), [0.into(), 15.into(), 0.into()]);
        assert_eq!(shown("2026-03-01T00:00:00Z"), [0.into(), 5.into(), 10.into()]);
    }

    #[test]
    fn what_is_owed_is_paid_by_points_when_they_become_active() {
        let mut ledger = ledger(&[
            batch(1, 4, Some("2026-01-02T00:00:00Z"), Some("2026-01-03T00:00:00Z")),
            batch(2, 9, Some("2026-02-01T00:00:00Z"), None),
        ]);
        ledger.negative = 10.into();
        ledger.settled_until = Some(now());
        let shown = |text| {
            let balance = ledger.balance(at(text));
            [balance.negative, balance.pending, balance.active, balance.expired]
        };

        assert_eq!(shown("2026-01-01T12:00:00Z"), [10.into(), 13.into(), 0.into(), 0.into()]);
        assert_eq!(shown("2026-01-05T00:00:00Z"), [6.into(), 9.into(), 0.into(), 0.into()]);
        assert_eq!(shown("2026-02-01T00:00:00Z"), [0.into(), 0.into(), 3.into(), 0.into()]);
        ledger.put(batch(3, 7, None, None), now());
        assert_eq!((ledger.negative, ledger.batch(3.into())), (3.into(), None));
    }
}
