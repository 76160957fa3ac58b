//! Loyalty points in batches, each with its own validity.

use serde::{Deserialize, Serialize};
use talon_core::{Amount, LoyaltyProgramId, Timestamp};

/// Every batch of points a profile holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Points(Vec<Batch>);

/// Points earned at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Batch {
    pub(crate) program: LoyaltyProgramId,
    /// The subledger; empty for the main ledger.
    pub(crate) ledger: String,
    /// What earned them.
    pub(crate) transaction: String,
    /// What is left of them.
    pub(crate) left: Amount,
    /// What was spent of them.
    pub(crate) spent: Amount,
    pub(crate) start: Option<Timestamp>,
    pub(crate) expiry: Option<Timestamp>,
}

impl Batch {
    fn is_pending(&self, now: Timestamp) -> bool {
        self.start.is_some_and(|start| start > now)
    }

    fn is_expired(&self, now: Timestamp) -> bool {
        self.expiry.is_some_and(|expiry| expiry <= now)
    }

    fn is_active(&self, now: Timestamp) -> bool {
        !self.is_pending(now) && !self.is_expired(now)
    }
}

/// Points of one batch that a transaction spent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Deduction {
    /// What spent them.
    pub(crate) transaction: String,
    /// What earned the batch.
    pub(crate) batch: String,
    pub(crate) points: Amount,
}

/// Balances of one ledger.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Balance {
    pub(crate) active: Amount,
    pub(crate) pending: Amount,
    pub(crate) expired: Amount,
    pub(crate) spent: Amount,
}

impl Points {
    pub(crate) fn add(&mut self, batch: Batch) {
        self.0.push(batch);
    }

    /// How many batches there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Takes points from the batch that expires first, those that never expire last, and says what
    /// it took of which. What is not there is not taken.
    pub(crate) fn deduct(
        &mut self,
        (program, ledger): (LoyaltyProgramId, &str),
        points: Amount,
        transaction: &str,
        now: Timestamp,
    ) -> Vec<Deduction> {
        let mut batches: Vec<&mut Batch> = self
            .0
            .iter_mut()
            .filter(|batch| batch.program == program && batch.ledger == ledger)
            .filter(|batch| batch.is_active(now))
            .collect();
        batches.sort_by_key(|batch| (batch.expiry.is_none(), batch.expiry));
        let mut wanted = points;
        let mut deductions = Vec::new();
        for batch in batches {
            let taken = wanted.min(batch.left);
            if taken.is_zero() {
                continue;
            }
            batch.left -= taken;
            batch.spent += taken;
            wanted -= taken;
            let (transaction, batch) = (transaction.to_owned(), batch.transaction.clone());
            deductions.push(Deduction { transaction, batch, points: taken });
        }
        deductions
    }

    /// Takes back what is left of the points that a transaction earned, and says how many.
    pub(crate) fn take_back(&mut self, transaction: &str) -> Amount {
        let mine = self.0.iter_mut().filter(|batch| batch.transaction == transaction);
        let taken = mine.map(|batch| std::mem::take(&mut batch.left)).sum();
        self.0.retain(|batch| batch.transaction != transaction || !batch.spent.is_zero());
        taken
    }

    /// Gives points back to the batch they were taken from, which keeps its dates.
    pub(crate) fn give_back(&mut self, deduction: &Deduction) -> Option<&Batch> {
        let batch = self.0.iter_mut().find(|batch| batch.transaction == deduction.batch)?;
        batch.left += deduction.points;
        batch.spent -= deduction.points;
        Some(batch)
    }

    /// Balances of a ledger.
    pub(crate) fn balance(
        &self,
        program: LoyaltyProgramId,
        ledger: &str,
        now: Timestamp,
    ) -> Balance {
        let batches = self.0.iter().filter(|b| b.program == program && b.ledger == ledger);
        batches.fold(Balance::default(), |mut sum, batch| {
            sum.spent += batch.spent;
            if batch.is_expired(now) {
                sum.expired += batch.left;
            } else if batch.is_pending(now) {
                sum.pending += batch.left;
            } else {
                sum.active += batch.left;
            }
            sum
        })
    }

    /// Names of the ledgers of a program, each once, in order.
    pub(crate) fn ledgers(&self, program: LoyaltyProgramId) -> std::collections::BTreeSet<&str> {
        let batches = self.0.iter().filter(|batch| batch.program == program);
        batches.map(|batch| batch.ledger.as_str()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn batch(left: i64, expiry: Option<&str>) -> Batch {
        Batch {
            program: 1.into(),
            ledger: String::new(),
            transaction: format!("t{left}"),
            left: left.into(),
            spent: Amount::ZERO,
            start: None,
            expiry: expiry.map(at),
        }
    }

    #[test]
    fn points_that_expire_first_are_spent_first() {
        let now = at("2026-01-01T00:00:00Z");
        let mut points = Points::default();
        points.add(batch(10, None));
        points.add(batch(20, Some("2026-03-01T00:00:00Z")));
        points.add(batch(5, Some("2026-02-01T00:00:00Z")));

        let deductions = points.deduct((1.into(), ""), 7.into(), "spent", now);

        let left = |points: &Points| points.0.iter().map(|b| b.left).collect::<Vec<_>>();
        assert_eq!(left(&points), [10.into(), 18.into(), 0.into()]);

        for deduction in &deductions {
            points.give_back(deduction);
        }
        assert_eq!(left(&points), [10.into(), 20.into(), 5.into()]);
    }

    #[test]
    fn what_was_spent_is_not_taken_back() {
        let now = at("2026-01-01T00:00:00Z");
        let mut points = Points::default();
        points.add(batch(10, None));
        points.deduct((1.into(), ""), 4.into(), "spent", now);

        assert_eq!(points.take_back("t10"), 6.into());
        assert_eq!(points.take_back("t10"), Amount::ZERO);
    }

    #[test]
    fn expired_points_are_no_balance() {
        let mut points = Points::default();
        points.add(batch(10, Some("2026-03-01T00:00:00Z")));

        let balance = points.balance(1.into(), "", at("2026-03-01T00:00:00Z"));

        assert_eq!((balance.active, balance.expired), (0.into(), 10.into()));
    }
}
