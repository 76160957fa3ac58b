//! Loyalty points: each ledger is the sum of the effects of closed sessions, and of its transactions.

use std::collections::{BTreeMap, BTreeSet};

use talon_core::effect::{Effect, EffectKind};
use talon_core::model::CustomerSessionV2;
use talon_core::{Amount, LoyaltyProgramId, ProfileId};

use super::closed_session::ClosedSession;
use super::expected::Expected;
use super::state::{Ledger, LoyaltyAccount, PointTransactionKind, StoredState};
use super::values::CARD_PROGRAM;

pub(super) fn check(expected: &Expected, state: &StoredState) {
    for (key, account) in &state.loyalty_accounts {
        let (program, owner) = key.split_once('/').expect("a program and an owner");
        let program: i64 = program.parse().expect("the id of a program");
        let owner = Owner::of_key(owner);
        match &owner {
            Owner::Profile(id) => {
                assert!(state.profiles.contains_key(id), "{id} has an account but no profile");
                assert_ne!(program, CARD_PROGRAM, "points of cards are on a profile");
            }
            Owner::Card(card) => {
                let is_active = expected.cards.get(card).is_some_and(|(is_active, _)| *is_active);
                assert!(is_active, "points are on {card}, which is not active");
                assert_eq!(program, CARD_PROGRAM, "points of profiles are on a card");
            }
        }
        for (subledger, ledger) in &account.ledgers {
            check_ledger(expected, &owner, (program.into(), subledger), ledger);
        }
        check_transactions(state, key, account);
    }
    check_accounts_exist(expected, state);
}

/// Whose points an account has.
#[derive(Debug, PartialEq, Eq)]
enum Owner {
    Profile(ProfileId),
    Card(String),
}

impl Owner {
    fn of_key(key: &str) -> Self {
        match key.split_once('/') {
            Some(("profile", id)) => Self::Profile(id.into()),
            Some(("card", identifier)) => Self::Card(identifier.to_owned()),
            _ => panic!("{key} is neither a profile nor a card"),
        }
    }

    /// The owner of the points of a session in a program; none for an anonymous customer, or without
    /// a card. V1 does not say which card it is.
    fn of_session(session: &CustomerSessionV2, program: LoyaltyProgramId) -> Option<Self> {
        if program.get() == CARD_PROGRAM {
            return session.loyalty_cards.iter().flatten().next().cloned().map(Self::Card);
        }
        let profile = &session.profile_id;
        (!profile.is_empty()).then(|| Self::Profile(profile.clone()))
    }

    fn key(&self, program: LoyaltyProgramId) -> String {
        match self {
            Self::Profile(id) => format!("{program}/profile/{id}"),
            Self::Card(identifier) => format!("{program}/card/{identifier}"),
        }
    }
}

/// The points that were added are in the batches, or were spent.
fn check_ledger(
    expected: &Expected,
    owner: &Owner,
    ledger: (LoyaltyProgramId, &str),
    stored: &Ledger,
) {
    let Ledger { batches, spent, negative } = stored;
    assert!(batches.iter().all(|batch| !batch.left.is_negative()), "{owner:?}: {stored:?}");
    let left: Amount = batches.iter().map(|batch| batch.left).sum();
    let sum = |effects: &mut dyn Iterator<Item = &Effect>, change: Change| {
        let mine = effects.filter_map(|effect| change(&effect.kind));
        mine.filter(|(of, _)| *of == ledger).map(|(_, value)| value).sum::<Amount>()
    };
    let is_mine = |closed: &&ClosedSession| {
        Owner::of_session(&closed.session, ledger.0).as_ref() == Some(owner)
    };
    let booked = || expected.booked().filter(is_mine);
    let deducted = booked().map(|closed| sum(&mut closed.effects(), deduction)).sum();
    assert_eq!(*spent, deducted, "{owner:?}: {ledger:?}");
    let added: Amount = booked().map(|closed| sum(&mut closed.effects(), addition)).sum();
    // Spent points are not rolled back, and there is no rollback effect for them.
    let reverted = expected.cancelled.iter().chain(&expected.reopened).filter(is_mine);
    let stays = reverted
        .map(|closed| {
            sum(&mut closed.effects(), addition) - sum(&mut closed.rollbacks.iter(), rollback)
        })
        .sum();
    assert_eq!(left - *negative + *spent, added + stays, "{owner:?}: {ledger:?} has {left}");
}

/// The log of an account contains all its transactions, and their sum is the balance.
fn check_transactions(state: &StoredState, key: &str, account: &LoyaltyAccount) {
    let row = |id: &str| &state.point_transactions[id];
    let listed: BTreeSet<_> = account.log.iter().map(|it| it.transaction.as_str()).collect();
    let mine = state.point_transactions.iter().filter(|(_, row)| row.account == key);
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
        let ledger = &account.ledgers[subledger];
        let left: Amount = ledger.batches.iter().map(|batch| batch.left).sum();
        assert_eq!(left - ledger.negative, sum, "{key}: {subledger:?}");
    }
}

/// Each profile and each card that has points has a ledger for them.
fn check_accounts_exist(expected: &Expected, state: &StoredState) {
    for closed in expected.booked() {
        for ((program, subledger), _) in closed.effects().filter_map(|it| addition(&it.kind)) {
            let owner = Owner::of_session(&closed.session, program);
            let key = owner.expect("points have an owner").key(program);
            let account = state.loyalty_accounts.get(&key);
            let ledgers = account.map(|account| &account.ledgers);
            assert!(ledgers.is_some_and(|all| all.contains_key(subledger)), "{key}: {subledger:?}");
        }
    }
}

/// The change of a ledger by an effect.
type Change = fn(&EffectKind) -> Option<LedgerChange<'_>>;

/// A ledger, and points that are added to it or deducted from it.
type LedgerChange<'e> = ((LoyaltyProgramId, &'e str), Amount);

fn addition(kind: &EffectKind) -> Option<LedgerChange<'_>> {
    let EffectKind::AddLoyaltyPoints(points) = kind else { return None };
    Some(((points.program_id, points.sub_ledger_id.as_str()), points.value))
}

fn deduction(kind: &EffectKind) -> Option<LedgerChange<'_>> {
    let EffectKind::DeductLoyaltyPoints(points) = kind else { return None };
    Some(((points.program_id, points.sub_ledger_id.as_str()), points.value))
}

fn rollback(kind: &EffectKind) -> Option<LedgerChange<'_>> {
    let EffectKind::RollbackAddedLoyaltyPoints(points) = kind else { return None };
    Some(((points.program_id, points.sub_ledger_id.as_str()), points.value))
}
