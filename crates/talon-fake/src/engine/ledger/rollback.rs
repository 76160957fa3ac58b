//! Points that are taken back, and points that are given back.

use talon_core::effect::{
    AddLoyaltyPoints, DeductLoyaltyPoints, Effect, EffectKind, RollbackAddedLoyaltyPoints,
    RollbackDeductedLoyaltyPoints,
};
use talon_core::model::CustomerSessionV2;
use talon_core::{Amount, ProfileId, Timestamp};

use super::booking::Movement;
use super::entries;
use super::owner::account;
use crate::state::{
    Batch, Deduction, Ledger, LoyaltyAccount, LoyaltyAccountKey, PointTransaction,
    PointTransactionKind, Transaction, TransactionId,
};
use crate::store::Row as _;
use crate::world::ReturnPolicy;

/// Takes back added points as far as the return policy of the program goes. Returns the effect that
/// tells of it, if any were taken.
pub(in crate::engine) fn revert_addition(
    tx: &mut Transaction<'_>,
    session: &CustomerSessionV2,
    effect: &Effect,
    points: &AddLoyaltyPoints,
) -> Option<EffectKind> {
    let movement = Movement::of_addition(session, effect, points);
    let added = TransactionId::from_uuid(points.transaction_uuid.as_deref())?;
    let policy = tx.program(points.program_id).map(|program| program.return_policy);
    let original = tx.point_transaction(added)?;
    let ledger = tx.ledger(&movement.account, movement.subledger)?.at(tx.now);
    let taken = TakenBack::new(&ledger, original, policy.unwrap_or_default(), tx.now);
    let value = taken.value();
    if value.is_zero() {
        return None;
    }
    let id = tx.ids().number();
    let transaction = movement.transaction(tx, id, PointTransactionKind::Deduction, value);
    let TakenBack { deductions, owed } = taken;
    let key = transaction.account.clone();
    entries::enter(
        tx,
        PointTransaction { rolls_back: Some(added), deductions, owed, ..transaction },
    );
    entries::revise_membership(tx, &key);
    let effect = RollbackAddedLoyaltyPoints {
        program_id: points.program_id,
        sub_ledger_id: points.sub_ledger_id.clone(),
        value,
        recipient_integration_id: points.recipient_integration_id.clone(),
        transaction_uuid: points.transaction_uuid.clone(),
        cart_item_position: points.cart_item_position,
        cart_item_sub_position: points.cart_item_sub_position,
        card_identifier: points.card_identifier.clone(),
    };
    Some(effect.into())
}

/// What is taken back of added points.
struct TakenBack {
    deductions: Vec<Deduction>,
    owed: Amount,
}

impl TakenBack {
    fn new(
        ledger: &Ledger,
        added: &PointTransaction,
        policy: ReturnPolicy,
        now: Timestamp,
    ) -> Self {
        let nothing = Self { deductions: Vec::new(), owed: Amount::ZERO };
        let own = ledger.batch(added.id);
        if let Some(own) = own.filter(|own| own.dates.is_pending(now)) {
            return Self { deductions: vec![own.rest()], ..nothing };
        }
        if policy == ReturnPolicy::OnlyPending {
            return nothing;
        }
        let mut others = ledger.clone();
        let own = own.map(Batch::rest);
        others.take(own.as_slice());
        let left = own.map_or(Amount::ZERO, |own| own.points);
        let spent = others.deductions(added.points - left, now);
        let from_others: Amount = spent.iter().map(|deduction| deduction.points).sum();
        // What expired meanwhile is gone: nobody has it, and nobody owes it.
        let own = own.filter(|_| !added.dates.is_expired(now));
        let owed = match policy {
            ReturnPolicy::Unlimited => added.points - left - from_others,
            _ => Amount::ZERO,
        };
        Self { deductions: own.into_iter().chain(spent).collect(), owed }
    }

    fn value(&self) -> Amount {
        self.owed + self.deductions.iter().map(|deduction| deduction.points).sum()
    }
}

/// Gives deducted points back to the batches they came from. Returns an effect for each batch, with
/// its dates.
pub(in crate::engine) fn revert_deduction(
    tx: &mut Transaction<'_>,
    session: &CustomerSessionV2,
    effect: &Effect,
    points: &DeductLoyaltyPoints,
) -> Vec<EffectKind> {
    let movement = Movement::of_deduction(session, effect, points);
    let deducted = TransactionId::from_uuid(points.transaction_uuid.as_deref());
    let transaction = deducted.and_then(|id| tx.point_transaction(id));
    let deductions = transaction.map(|transaction| transaction.deductions.clone());
    let given_back = deductions.into_iter().flatten().map(|deduction| {
        let dates = tx.point_transaction(deduction.batch).map(|added| added.dates);
        let dates = dates.unwrap_or_default();
        let (id, value) = (tx.ids().number(), deduction.points);
        let transaction = movement.transaction(tx, id, PointTransactionKind::Addition, value);
        let deductions = vec![deduction];
        entries::enter(
            tx,
            PointTransaction { dates, rolls_back: deducted, deductions, ..transaction },
        );
        let effect = RollbackDeductedLoyaltyPoints {
            program_id: points.program_id,
            sub_ledger_id: points.sub_ledger_id.clone(),
            value,
            recipient_integration_id: session.profile_id.clone(),
            start_date: dates.start,
            expiry_date: dates.expiry,
            transaction_uuid: points.transaction_uuid.clone(),
            card_identifier: points.card_identifier.clone(),
        };
        effect.into()
    });
    given_back.collect()
}

/// Reverts effects without transactions, the last one first: deducted points are given back, and added
/// ones are taken back unless they [stay](AddedPoints::Stay). Returns the accounts as they were.
pub(in crate::engine) fn revert_for_now<'e>(
    tx: &mut Transaction<'_>,
    profile: &ProfileId,
    effects: impl DoubleEndedIterator<Item = &'e Effect>,
    added: AddedPoints,
) -> Vec<LoyaltyAccount> {
    let mut before: Vec<LoyaltyAccount> = Vec::new();
    for effect in effects.rev() {
        let (key, subledger) = match &effect.kind {
            EffectKind::DeductLoyaltyPoints(it) => {
                let key = account(it.program_id, it.card_identifier.as_deref(), profile);
                (key, &it.sub_ledger_id)
            }
            EffectKind::AddLoyaltyPoints(it) if added == AddedPoints::TakenBack => {
                let card = it.card_identifier.as_deref();
                let key = account(it.program_id, card, &it.recipient_integration_id);
                (key, &it.sub_ledger_id)
            }
            _ => continue,
        };
        let Some(account) = tx.account(&key) else { continue };
        if before.iter().all(|known| *known.key() != key) {
            before.push(account.clone());
        }
        match &effect.kind {
            EffectKind::AddLoyaltyPoints(points) => take_for_now(tx, &key, subledger, points),
            EffectKind::DeductLoyaltyPoints(points) => give_for_now(tx, &key, subledger, points),
            _ => {}
        }
    }
    before
}

/// What a trial does with added points that can be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine) enum AddedPoints {
    TakenBack,
    Stay,
}

fn take_for_now(
    tx: &mut Transaction<'_>,
    key: &LoyaltyAccountKey,
    subledger: &str,
    points: &AddLoyaltyPoints,
) {
    let policy = tx.program(points.program_id).map(|program| program.return_policy);
    let added = TransactionId::from_uuid(points.transaction_uuid.as_deref());
    let added = added.and_then(|id| tx.point_transaction(id)).cloned();
    let ledger = tx.ledger(key, subledger).map(|ledger| ledger.at(tx.now));
    let Some((added, ledger)) = added.zip(ledger) else { return };
    let taken = TakenBack::new(&ledger, &added, policy.unwrap_or_default(), tx.now);
    let deduction = PointTransaction {
        kind: PointTransactionKind::Deduction,
        points: taken.value(),
        created: tx.now,
        rolls_back: Some(added.id),
        deductions: taken.deductions,
        owed: taken.owed,
        ..added
    };
    entries::change(tx, key, subledger, |ledger| ledger.apply(&deduction));
}

fn give_for_now(
    tx: &mut Transaction<'_>,
    key: &LoyaltyAccountKey,
    subledger: &str,
    points: &DeductLoyaltyPoints,
) {
    let deducted = TransactionId::from_uuid(points.transaction_uuid.as_deref());
    let deducted = deducted.and_then(|id| tx.point_transaction(id));
    let deductions = deducted.map(|it| it.deductions.clone()).unwrap_or_default();
    for Deduction { batch: transaction, created, points: left } in deductions {
        let dates = tx.point_transaction(transaction).map(|added| added.dates);
        let batch = Batch { transaction, created, left, dates: dates.unwrap_or_default() };
        let now = tx.now;
        entries::change(tx, key, subledger, |ledger| ledger.put(batch, now));
    }
}
