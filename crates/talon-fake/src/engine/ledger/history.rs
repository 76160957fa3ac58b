//! Ledgers at an instant.

use talon_core::Timestamp;

use super::tiers::TierTerms;
use crate::state::{
    LoyaltyAccount, LoyaltyAccountKey, PointTransaction, PointsDates, Transaction, TransactionId,
};

/// The ledgers of an account at an instant: with the transactions that were booked until then, and
/// with what the dates of points do until then.
pub(super) fn account_at(
    tx: &Transaction<'_>,
    key: &LoyaltyAccountKey,
    at: Timestamp,
) -> LoyaltyAccount {
    let Some(account) = tx.account(key) else { return LoyaltyAccount::new(key.clone()) };
    let terms = TierTerms::of(tx, key);
    let mut account = if account.has_changed_since(at) {
        replay(tx, key, account, at, terms)
    } else {
        account.clone()
    };
    let subledgers: Vec<_> = account.ledgers().map(|(id, _)| id.to_owned()).collect();
    for subledger in subledgers {
        terms.advance(account.ledger_mut(&subledger), at);
    }
    account
}

/// Books all transactions of an account again.
pub(super) fn rebuild(tx: &mut Transaction<'_>, key: &LoyaltyAccountKey) {
    let Some(account) = tx.account(key) else { return };
    let mut account = account.clone();
    let last = account.log().iter().last().map_or(tx.now, |entry| entry.created.max(tx.now));
    let ledgers = replay(tx, key, &account, last, TierTerms::of(tx, key));
    account.take_ledgers(ledgers);
    tx.tables.loyalty_accounts.put(account);
}

/// Books the transactions and changes their dates again, until an instant.
fn replay(
    tx: &Transaction<'_>,
    key: &LoyaltyAccountKey,
    account: &LoyaltyAccount,
    at: Timestamp,
    terms: TierTerms<'_>,
) -> LoyaltyAccount {
    let until = account.log().partition_point(|entry| entry.created <= at);
    let mut events = Vec::new();
    for entry in account.log().iter().take(until) {
        let Some(row) = tx.logged_transaction(entry.transaction) else { continue };
        let changes = row.date_changes().filter(|change| change.at <= at).map(|change| {
            let event = Event::Dates(row.subledger.clone(), row.id, change.dates);
            ((change.at, change.id), event)
        });
        events.extend(changes);
        events.push(((row.created, row.id), Event::Booked(Box::new(row.into_booked()))));
    }
    events.sort_by_key(|(place, _)| *place);
    let mut past = LoyaltyAccount::new(key.clone());
    for ((now, _), event) in events {
        let ledger = past.ledger_mut(event.subledger());
        terms.advance(ledger, now);
        match &event {
            Event::Booked(transaction) => ledger.apply(transaction),
            Event::Dates(_, id, dates) => ledger.set_dates(*id, *dates, now),
        }
        terms.review(ledger, now);
    }
    past
}

/// What changed a ledger.
enum Event {
    Booked(Box<PointTransaction>),
    /// New dates of the points of a transaction, in a subledger.
    Dates(String, TransactionId, PointsDates),
}

impl Event {
    fn subledger(&self) -> &str {
        match self {
            Self::Booked(transaction) => &transaction.subledger,
            Self::Dates(subledger, ..) => subledger,
        }
    }
}
