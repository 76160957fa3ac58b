//! What a booking costs in a ledger with few transactions and in one with many.

use std::sync::Arc;
use std::time::Duration;

use allocation_counter::measure;
use talon_core::{Amount, Timestamp};

use super::entries;
use crate::rules::Period;
use crate::state::{
    LoyaltyAccountKey, PointTransaction, PointTransactionKind, PointsDates, State, Transaction,
};
use crate::world::{LedgerEntry, LoyaltyProgram, LoyaltyTier, World};

const PROGRAM: i64 = 7;
const DAY: Duration = Duration::from_secs(86_400);

fn key() -> LoyaltyAccountKey {
    LoyaltyAccountKey::of_profile(PROGRAM.into(), &"anna".into())
}

/// A ledger with a tier and this many batches, half of which expire, each at an instant of its own.
fn state(batches: i64) -> State {
    let program = LoyaltyProgram {
        tiers_expire_in: Some(Period::days(30)),
        ..LoyaltyProgram::new(PROGRAM).tier(LoyaltyTier::new("bronze", 10))
    };
    let mut world = World::new().loyalty_program(program);
    let first = world.now.unix_nanos() / 1_000_000_000 + 1_000_000;
    let entry = |number: i64| {
        let second = i64::try_from(first).unwrap() + number;
        let expiry = (number % 2 == 0).then(|| Timestamp::from_unix_seconds(second).unwrap());
        let entry = LedgerEntry::new(PROGRAM, "anna", 10);
        LedgerEntry { expiry_date: expiry.map(Into::into).unwrap_or_default(), ..entry }
    };
    world.ledger_entries = (0..batches).map(entry).collect();
    State::load(&Arc::new(world))
}

fn book(state: &State, change: impl FnOnce(&mut Transaction<'_>, PointTransaction)) {
    let mut tx = Transaction::new(state);
    let (id, kind, points) = (tx.ids().number(), PointTransactionKind::Addition, Amount::from(3));
    let transaction = PointTransaction::new(id, key(), "", kind, points, tx.now);
    change(&mut tx, transaction);
    assert!(tx.commit(true, &mut || {}).is_ok());
}

fn add(tx: &mut Transaction<'_>, transaction: PointTransaction) {
    let dates = PointsDates { start: tx.now.checked_add(DAY), ..PointsDates::default() };
    entries::enter(tx, PointTransaction { dates, ..transaction });
}

fn deduct(tx: &mut Transaction<'_>, transaction: PointTransaction) {
    let ledger = tx.ledger(&key(), "").expect("a ledger").at(tx.now);
    let deductions = ledger.deductions(transaction.points, tx.now);
    let kind = PointTransactionKind::Deduction;
    entries::enter(tx, PointTransaction { kind, deductions, ..transaction });
}

/// The median of the bytes that a booking allocates while a reader holds the account: tables grow
/// now and then.
fn bytes(state: &State, change: impl Fn(&mut Transaction<'_>, PointTransaction)) -> u64 {
    let mut all = [0; 9].map(|_| {
        let reader = Transaction::new(state);
        let account = reader.account(&key()).expect("an account").clone();
        let allocated = measure(|| book(state, &change)).bytes_total;
        assert!(*reader.account(&key()).expect("an account") == account);
        allocated
    });
    all.sort_unstable();
    all[all.len() / 2]
}

#[test]
fn a_booking_costs_no_more_in_a_ledger_with_many_transactions() {
    let (few, many) = (state(1_000), state(100_000));
    for state in [&few, &many] {
        // The first booking looks at every batch: from it on the tier is known.
        book(state, add);
    }

    let added = [&few, &many].map(|state| bytes(state, add));
    let deducted = [&few, &many].map(|state| bytes(state, deduct));

    for [few, many] in [added, deducted] {
        // The paths of a tree with a hundred times as many nodes are less than twice as long.
        assert!(many < 2 * few, "{many} bytes with many transactions, {few} with few");
        // A copy of the log alone would be more than a megabyte.
        assert!(many < 100_000, "{many} bytes");
    }
}
