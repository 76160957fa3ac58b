//! Ledgers of loyalty points.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use talon_core::{Amount, Timestamp};

use super::{LoyaltyAccountKey, TransactionId};
use crate::store::Row;

/// The ledgers of an owner in a loyalty program.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct LoyaltyAccount {
    key: LoyaltyAccountKey,
    /// By the id of the subledger; `""` is the main ledger.
    ledgers: BTreeMap<String, Ledger>,
    /// The head of the list of its transactions; each names the one before it.
    pub(crate) latest_transaction: Option<TransactionId>,
}

/// The points of one ledger that are left, and how many were spent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Ledger {
    /// By ascending id of the transaction that added them.
    batches: Vec<Batch>,
    spent: Amount,
}

/// What is left of points that were added at once.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Batch {
    /// The transaction that added them.
    pub(crate) transaction: TransactionId,
    pub(crate) left: Amount,
    /// When they can be spent; at once when absent.
    pub(crate) start: Option<Timestamp>,
    /// When they can no longer be spent; never when absent.
    pub(crate) expiry: Option<Timestamp>,
}

/// Points of one batch that a transaction deducted.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Deduction {
    /// The transaction that added the batch.
    pub(crate) batch: TransactionId,
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
        Self { key, ledgers: BTreeMap::new(), latest_transaction: None }
    }

    /// Ids of its ledgers, in order.
    pub(crate) fn subledgers(&self) -> impl Iterator<Item = &str> {
        self.ledgers.keys().map(String::as_str)
    }

    /// Adds points to a ledger, or to a batch of it.
    pub(crate) fn add(&mut self, subledger: &str, batch: Batch) {
        self.ledgers.entry(subledger.to_owned()).or_default().add(batch);
    }

    /// Deducts points from the batch that expires first, from those that never expire last. Points
    /// that the ledger does not have are not deducted.
    pub(crate) fn deduct(
        &mut self,
        subledger: &str,
        points: Amount,
        now: Timestamp,
    ) -> Vec<Deduction> {
        self.ledgers.get_mut(subledger).map(|ledger| ledger.deduct(points, now)).unwrap_or_default()
    }

    /// Takes back what is left of the points that a transaction added, and returns how many.
    pub(crate) fn take_back(&mut self, subledger: &str, transaction: TransactionId) -> Amount {
        let Some(ledger) = self.ledgers.get_mut(subledger) else { return Amount::ZERO };
        let taken = ledger.take_back(transaction);
        if ledger.batches.is_empty() && ledger.spent.is_zero() {
            self.ledgers.remove(subledger);
        }
        taken
    }

    /// Gives deducted points back to their batch.
    pub(crate) fn give_back(&mut self, subledger: &str, batch: Batch) {
        let ledger = self.ledgers.entry(subledger.to_owned()).or_default();
        ledger.spent -= batch.left;
        ledger.add(batch);
    }

    pub(crate) fn balance(&self, subledger: &str, now: Timestamp) -> Balance {
        self.ledgers.get(subledger).map(|ledger| ledger.balance(now)).unwrap_or_default()
    }
}

impl Ledger {
    fn add(&mut self, batch: Batch) {
        match self.batches.binary_search_by_key(&batch.transaction, |known| known.transaction) {
            Ok(index) => self.batches[index].left += batch.left,
            Err(index) => self.batches.insert(index, batch),
        }
    }

    fn deduct(&mut self, points: Amount, now: Timestamp) -> Vec<Deduction> {
        let active = self.batches.iter_mut().filter(|batch| batch.is_active(now));
        let mut active: Vec<_> = active.collect();
        active.sort_by_key(|batch| (batch.expiry.is_none(), batch.expiry));
        let mut wanted = points;
        let mut deductions = Vec::new();
        for batch in active {
            let taken = wanted.min(batch.left);
            if taken.is_zero() {
                continue;
            }
            batch.left -= taken;
            wanted -= taken;
            deductions.push(Deduction { batch: batch.transaction, points: taken });
        }
        self.spent += points - wanted;
        let is_deducted = |batch: &Batch| deductions.iter().any(|d| d.batch == batch.transaction);
        self.batches.retain(|batch| !batch.left.is_zero() || !is_deducted(batch));
        deductions
    }

    fn take_back(&mut self, transaction: TransactionId) -> Amount {
        match self.batches.binary_search_by_key(&transaction, |batch| batch.transaction) {
            Ok(index) => self.batches.remove(index).left,
            Err(_) => Amount::ZERO,
        }
    }

    fn balance(&self, now: Timestamp) -> Balance {
        let balance = Balance { spent: self.spent, ..Balance::default() };
        self.batches.iter().fold(balance, |mut sum, batch| {
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

#[cfg(test)]
mod tests {
    use super::*;

    const MAIN: &str = "";

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn now() -> Timestamp {
        at("2026-01-01T00:00:00Z")
    }

    fn batch(number: i64, left: i64, expiry: Option<&str>) -> Batch {
        let transaction = TransactionId::from(number);
        Batch { transaction, left: left.into(), start: None, expiry: expiry.map(at) }
    }

    fn account(batches: &[Batch]) -> LoyaltyAccount {
        let key = LoyaltyAccountKey::of_profile(1.into(), &"anna".into());
        let mut account = LoyaltyAccount::new(key);
        for batch in batches {
            account.add(MAIN, *batch);
        }
        account
    }

    fn active_and_spent(account: &LoyaltyAccount) -> (Amount, Amount) {
        let balance = account.balance(MAIN, now());
        (balance.active, balance.spent)
    }

    #[test]
    fn points_that_expire_first_are_spent_first_and_come_back_to_their_batch() {
        let batches = [
            batch(1, 10, None),
            batch(2, 20, Some("2026-03-01T00:00:00Z")),
            batch(3, 5, Some("2026-02-01T00:00:00Z")),
        ];
        let mut account = account(&batches);
        let before = account.clone();

        let deductions = account.deduct(MAIN, 7.into(), now());

        let taken = |batch: i64, points: i64| Deduction {
            batch: TransactionId::from(batch),
            points: points.into(),
        };
        assert_eq!(deductions, [taken(3, 5), taken(2, 2)]);
        assert_eq!(active_and_spent(&account), (28.into(), 7.into()));
        for Deduction { batch, points } in deductions {
            let dates = batches.iter().find(|known| known.transaction == batch).unwrap();
            account.give_back(MAIN, Batch { left: points, ..*dates });
        }
        assert_eq!(account, before);
    }

    #[test]
    fn what_was_spent_is_not_taken_back() {
        let mut account = account(&[batch(1, 10, None)]);
        account.deduct(MAIN, 4.into(), now());

        assert_eq!(account.take_back(MAIN, TransactionId::from(1)), 6.into());
        assert_eq!(account.take_back(MAIN, TransactionId::from(1)), Amount::ZERO);
        assert_eq!(active_and_spent(&account), (Amount::ZERO, 4.into()));
    }

    #[test]
    fn a_ledger_whose_points_are_taken_back_is_gone() {
        let mut account = account(&[batch(1, 10, None)]);
        account.add("gold", batch(2, 5, None));

        account.take_back("gold", TransactionId::from(2));

        assert_eq!(account.subledgers().collect::<Vec<_>>(), [MAIN]);
    }

    #[test]
    fn expired_points_are_no_balance() {
        let account = account(&[batch(1, 10, Some("2026-03-01T00:00:00Z"))]);

        let balance = account.balance(MAIN, at("2026-03-01T00:00:00Z"));

        assert_eq!((balance.active, balance.expired), (0.into(), 10.into()));
    }
}
