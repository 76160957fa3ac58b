//! Loyalty points: each ledger is the sum of what closed sessions did, and of its transactions.

use std::collections::{BTreeMap, BTreeSet};
use std::iter;

use talon_core::effect::{Effect, EffectKind};
use talon_core::{Amount, LoyaltyProgramId, ProfileId};

use super::books::{Books, Closed};
use super::seen::{Ledger, LoyaltyAccount, PointTransactionKind, Seen};

pub(super) fn check(books: &Books, seen: &Seen) {
    for (key, account) in &seen.loyalty_accounts {
        let (program, owner) = key.split_once("/profile/").expect("profiles own every account");
        let program: i64 = program.parse().expect("the id of a program");
        let owner = ProfileId::from(owner);
        assert!(seen.profiles.contains_key(&owner), "{owner} has an account and is no profile");
        for (subledger, ledger) in &account.ledgers {
            check_booked(books, &owner, (program.into(), subledger), ledger);
        }
        check_transactions(seen, key, account);
    }
    check_there(books, seen);
}

/// What was earned is there, or was spent.
fn check_booked(books: &Books, owner: &ProfileId, ledger: (LoyaltyProgramId, &str), has: &Ledger) {
    let Ledger { batches, spent } = has;
    assert!(batches.iter().all(|batch| !batch.left.is_negative()), "{owner}: {has:?}");
    let left: Amount = batches.iter().map(|batch| batch.left).sum();
    let moved = |effects: &[Effect], is: fn(&EffectKind) -> Option<Moved<'_>>| {
        let mine = effects.iter().filter_map(|effect| is(&effect.kind));
        mine.filter(|(of, _)| *of == ledger).map(|(_, value)| value).sum::<Amount>()
    };
    let is_mine = |closed: &&Closed| closed.session.profile_id == *owner;
    let booked = || books.booked().filter(is_mine);
    let deducted = booked().map(|closed| moved(&closed.effects, deducted)).sum();
    assert_eq!(*spent, deducted, "{owner}: {ledger:?}");
    let earned: Amount = booked().map(|closed| moved(&closed.effects, added)).sum();
    // What was spent of points that were taken back is not taken, and not told.
    let undone = books.cancelled.iter().chain(&books.reopened).filter(is_mine);
    let stays = undone
        .map(|closed| moved(&closed.effects, added) - moved(&closed.undone, taken_back))
        .sum();
    assert_eq!(left + *spent, earned + stays, "{owner}: {ledger:?} has {left}");
}

/// The list of an account's transactions has all of them, and they add up to what is left.
fn check_transactions(seen: &Seen, key: &str, account: &LoyaltyAccount) {
    let row = |id: &str| &seen.point_transactions[id];
    let latest = account.latest_transaction.as_deref();
    let listed: BTreeSet<_> = iter::successors(latest, |id| row(id).before.as_deref()).collect();
    let mine = seen.point_transactions.iter().filter(|(_, row)| row.account == key);
    assert_eq!(listed, mine.map(|(id, _)| id.as_str()).collect(), "{key}");
    let mut sums = BTreeMap::<&str, Amount>::new();
    for row in listed.into_iter().map(row) {
        let sum = sums.entry(&row.subledger).or_default();
        match row.kind {
            PointTransactionKind::Addition => *sum += row.points,
            PointTransactionKind::Deduction => *sum -= row.points,
        }
    }
    for (subledger, sum) in sums {
        let batches = account.ledgers.get(subledger).map(|ledger| &ledger.batches);
        let left: Amount = batches.into_iter().flatten().map(|batch| batch.left).sum();
        assert_eq!(left, sum, "{key}: {subledger:?}");
    }
}

/// Every profile that earned points has a ledger of them.
fn check_there(books: &Books, seen: &Seen) {
    for closed in books.booked().filter(|closed| !closed.session.profile_id.is_empty()) {
        for ((program, subledger), _) in closed.effects.iter().filter_map(|it| added(&it.kind)) {
            let key = format!("{program}/profile/{}", closed.session.profile_id);
            let account = seen.loyalty_accounts.get(&key);
            let ledgers = account.map(|account| &account.ledgers);
            assert!(ledgers.is_some_and(|all| all.contains_key(subledger)), "{key}: {subledger:?}");
        }
    }
}

/// Points of a program's ledger.
type Moved<'e> = ((LoyaltyProgramId, &'e str), Amount);

fn added(kind: &EffectKind) -> Option<Moved<'_>> {
    let EffectKind::AddLoyaltyPoints(points) = kind else { return None };
    Some(((points.program_id, points.sub_ledger_id.as_str()), points.value))
}

fn deducted(kind: &EffectKind) -> Option<Moved<'_>> {
    let EffectKind::DeductLoyaltyPoints(points) = kind else { return None };
    Some(((points.program_id, points.sub_ledger_id.as_str()), points.value))
}

fn taken_back(kind: &EffectKind) -> Option<Moved<'_>> {
    let EffectKind::RollbackAddedLoyaltyPoints(points) = kind else { return None };
    Some(((points.program_id, points.sub_ledger_id.as_str()), points.value))
}
