//! Points that effects move.

use talon_core::effect::{
    AddLoyaltyPoints, DeductLoyaltyPoints, Effect, EffectKind, ExpiryDateChange,
};
use talon_core::model::CustomerSessionV2;
use talon_core::{Amount, LoyaltyProgramId};

use super::entries;
use super::owner::account;
use crate::state::{
    LedgerOwner, LoyaltyAccountKey, PointTransaction, PointTransactionKind, PointsDates,
    Transaction, TransactionId,
};
use crate::world::EntrySource;

/// A movement of points: the session and the effect that cause it, and the ledger that it changes.
pub(super) struct Movement<'a> {
    pub(super) session: &'a CustomerSessionV2,
    pub(super) effect: &'a Effect,
    pub(super) account: LoyaltyAccountKey,
    pub(super) subledger: &'a str,
}

impl<'a> Movement<'a> {
    pub(super) fn of_addition(
        session: &'a CustomerSessionV2,
        effect: &'a Effect,
        points: &'a AddLoyaltyPoints,
    ) -> Self {
        let card = points.card_identifier.as_deref();
        let account = account(points.program_id, card, &points.recipient_integration_id);
        Self { session, effect, account, subledger: &points.sub_ledger_id }
    }

    pub(super) fn of_deduction(
        session: &'a CustomerSessionV2,
        effect: &'a Effect,
        points: &'a DeductLoyaltyPoints,
    ) -> Self {
        let card = points.card_identifier.as_deref();
        let account = account(points.program_id, card, &session.profile_id);
        Self { session, effect, account, subledger: &points.sub_ledger_id }
    }

    /// The transaction that records it, without dates.
    pub(super) fn transaction(
        &self,
        tx: &Transaction<'_>,
        id: TransactionId,
        kind: PointTransactionKind,
        points: Amount,
    ) -> PointTransaction {
        let session = self.session;
        PointTransaction {
            name: self.effect.rule_name.clone(),
            source: EntrySource::Session,
            session: Some(session.integration_id.clone()).filter(|id| !id.is_empty()),
            customer: Some(session.profile_id.clone()).filter(|id| !id.is_empty()),
            store: session.store_integration_id.clone(),
            campaign: Some(self.effect.campaign_id),
            rule: Some(self.effect.rule_name.clone()),
            ..PointTransaction::new(id, self.account.clone(), self.subledger, kind, points, tx.now)
        }
    }
}

/// Books the points of an effect; other effects move none.
pub(in crate::engine) fn book(
    tx: &mut Transaction<'_>,
    session: &CustomerSessionV2,
    effect: &Effect,
) {
    match &effect.kind {
        EffectKind::AddLoyaltyPoints(points) => add(tx, session, effect, points),
        EffectKind::DeductLoyaltyPoints(points) => deduct(tx, session, effect, points),
        EffectKind::ExtendLoyaltyPointsExpiryDate(points) => {
            set_expiry(tx, points.program_id, points.affected_transactions.as_deref());
        }
        EffectKind::SetLoyaltyPointsExpiryDate(points) => {
            set_expiry(tx, points.program_id, points.affected_transactions.as_deref());
        }
        _ => {}
    }
}

fn add(
    tx: &mut Transaction<'_>,
    session: &CustomerSessionV2,
    effect: &Effect,
    points: &AddLoyaltyPoints,
) {
    let movement = Movement::of_addition(session, effect, points);
    if let LedgerOwner::Profile(owner) = &movement.account.owner
        && tx.profile(owner).is_none()
    {
        return;
    }
    let id = id_of(tx, points.transaction_uuid.as_deref());
    let kind = PointTransactionKind::Addition;
    let transaction = PointTransaction {
        name: points.name.clone(),
        dates: dates_of(points),
        validity: points.validity_duration.as_ref().and_then(|text| text.parse().ok()),
        ..movement.transaction(tx, id, kind, points.value)
    };
    entries::enter(tx, transaction);
}

/// When points that an effect adds can be spent.
pub(super) fn dates_of(points: &AddLoyaltyPoints) -> PointsDates {
    PointsDates {
        start: points.start_date,
        awaits_activation: points.awaits_activation == Some(true),
        expiry: points.expiry_date,
    }
}

/// Deducts points, those that expire first before the others.
fn deduct(
    tx: &mut Transaction<'_>,
    session: &CustomerSessionV2,
    effect: &Effect,
    points: &DeductLoyaltyPoints,
) {
    let movement = Movement::of_deduction(session, effect, points);
    let Some(ledger) = tx.ledger(&movement.account, movement.subledger) else { return };
    let deductions = ledger.at(tx.now).deductions(points.value, tx.now);
    let deducted: Amount = deductions.iter().map(|deduction| deduction.points).sum();
    let id = id_of(tx, points.transaction_uuid.as_deref());
    let transaction = movement.transaction(tx, id, PointTransactionKind::Deduction, deducted);
    entries::enter(tx, PointTransaction { deductions, ..transaction });
}

/// Changes when points of a program expire.
fn set_expiry(
    tx: &mut Transaction<'_>,
    program: LoyaltyProgramId,
    changes: Option<&[ExpiryDateChange]>,
) {
    for change in changes.unwrap_or_default() {
        let Some(id) = TransactionId::from_uuid(Some(&change.transaction_uuid)) else { continue };
        let Some(known) = tx.point_transaction(id).filter(|it| it.account.program == program)
        else {
            continue;
        };
        let dates = PointsDates { expiry: Some(change.new_expiry_date), ..known.dates };
        entries::set_dates(tx, id, dates);
    }
}

/// The id that an effect names; a new one where it names none.
fn id_of(tx: &mut Transaction<'_>, uuid: Option<&str>) -> TransactionId {
    TransactionId::from_uuid(uuid).unwrap_or_else(|| tx.ids().number())
}
