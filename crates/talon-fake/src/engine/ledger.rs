//! Movements of loyalty points. Each addition and each deduction is a transaction that is kept; a
//! rollback is a transaction of the opposite kind.

use talon_core::effect::{
    AddLoyaltyPoints, DeductLoyaltyPoints, Effect, EffectKind, RollbackAddedLoyaltyPoints,
    RollbackDeductedLoyaltyPoints,
};
use talon_core::model::{CustomerSessionV2, LoyaltyMembership};
use talon_core::{Amount, LoyaltyProgramId, ProfileId};

use crate::state::{
    Batch, Deduction, LoyaltyAccountKey, PointTransaction, PointTransactionKind, Transaction,
    TransactionId,
};

mod balances;
mod trial;

pub(crate) use balances::balances;
pub(super) use trial::give_back_for_now;

/// A movement of points: the session and the effect that cause it, and the ledger that it changes.
struct LedgerMovement<'a> {
    session: &'a CustomerSessionV2,
    effect: &'a Effect,
    account: LoyaltyAccountKey,
    subledger: &'a str,
}

impl<'a> LedgerMovement<'a> {
    fn new(
        session: &'a CustomerSessionV2,
        effect: &'a Effect,
        program: LoyaltyProgramId,
        subledger: &'a str,
    ) -> Self {
        let account = LoyaltyAccountKey::of_profile(program, &session.profile_id);
        Self { session, effect, account, subledger }
    }

    /// The transaction that records it, without dates.
    fn transaction(
        &self,
        tx: &Transaction<'_>,
        id: TransactionId,
        kind: PointTransactionKind,
        points: Amount,
    ) -> PointTransaction {
        let session = &self.session.integration_id;
        PointTransaction {
            id,
            account: self.account.clone(),
            subledger: self.subledger.to_owned(),
            kind,
            points,
            name: self.effect.rule_name.clone(),
            created: tx.now,
            start: None,
            expiry: None,
            session: Some(session.clone()).filter(|session| !session.is_empty()),
            campaign: self.effect.campaign_id,
            rule: self.effect.rule_name.clone(),
            rolls_back: None,
            deductions: Vec::new(),
            before: None,
        }
    }
}

/// Books the points of an effect; other effects move none.
pub(super) fn book(tx: &mut Transaction<'_>, session: &CustomerSessionV2, effect: &Effect) {
    match &effect.kind {
        EffectKind::AddLoyaltyPoints(points) => add(tx, session, effect, points),
        EffectKind::DeductLoyaltyPoints(points) => deduct(tx, session, effect, points),
        _ => {}
    }
}

/// Adds points; the first ones make the profile a member of the program.
fn add(
    tx: &mut Transaction<'_>,
    session: &CustomerSessionV2,
    effect: &Effect,
    points: &AddLoyaltyPoints,
) {
    if tx.profile(&session.profile_id).is_none() {
        return;
    }
    join(tx, &session.profile_id, points.program_id);
    let (id, start, expiry) =
        (id_of(tx, points.transaction_uuid.as_deref()), points.start_date, points.expiry_date);
    let movement = LedgerMovement::new(session, effect, points.program_id, &points.sub_ledger_id);
    let batch = Batch { transaction: id, left: points.value, start, expiry };
    tx.loyalty_account(&movement.account).add(movement.subledger, batch);
    let transaction = movement.transaction(tx, id, PointTransactionKind::Addition, points.value);
    tx.put_point_transaction(PointTransaction {
        name: points.name.clone(),
        start,
        expiry,
        ..transaction
    });
}

/// Deducts points, those that expire first before the others.
fn deduct(
    tx: &mut Transaction<'_>,
    session: &CustomerSessionV2,
    effect: &Effect,
    points: &DeductLoyaltyPoints,
) {
    let movement = LedgerMovement::new(session, effect, points.program_id, &points.sub_ledger_id);
    let now = tx.now;
    let Some(account) = tx.tables.loyalty_accounts.get_mut(&movement.account) else { return };
    let deductions = account.deduct(movement.subledger, points.value, now);
    let deducted: Amount = deductions.iter().map(|deduction| deduction.points).sum();
    let id = id_of(tx, points.transaction_uuid.as_deref());
    let transaction = movement.transaction(tx, id, PointTransactionKind::Deduction, deducted);
    tx.put_point_transaction(PointTransaction { deductions, ..transaction });
}

/// Takes back what is left of added points; points that were spent meanwhile stay spent. Returns
/// the effect that tells of it, if points were left.
pub(super) fn revert_addition(
    tx: &mut Transaction<'_>,
    session: &CustomerSessionV2,
    effect: &Effect,
    points: &AddLoyaltyPoints,
) -> Option<EffectKind> {
    let movement = LedgerMovement::new(session, effect, points.program_id, &points.sub_ledger_id);
    let added = TransactionId::from_uuid(points.transaction_uuid.as_deref())?;
    let account = tx.tables.loyalty_accounts.get_mut(&movement.account)?;
    let value = account.take_back(movement.subledger, added);
    if value.is_zero() {
        return None;
    }
    let id = tx.ids().number();
    let transaction = movement.transaction(tx, id, PointTransactionKind::Deduction, value);
    let deductions = vec![Deduction { batch: added, points: value }];
    tx.put_point_transaction(PointTransaction {
        rolls_back: Some(added),
        deductions,
        ..transaction
    });
    let effect = RollbackAddedLoyaltyPoints {
        program_id: points.program_id,
        sub_ledger_id: points.sub_ledger_id.clone(),
        value,
        recipient_integration_id: points.recipient_integration_id.clone(),
        transaction_uuid: points.transaction_uuid.clone(),
        cart_item_position: points.cart_item_position,
        cart_item_sub_position: points.cart_item_sub_position,
        ..RollbackAddedLoyaltyPoints::default()
    };
    Some(effect.into())
}

/// Gives deducted points back to the batches they came from. Returns an effect for each batch, with
/// its dates.
pub(super) fn revert_deduction(
    tx: &mut Transaction<'_>,
    session: &CustomerSessionV2,
    effect: &Effect,
    points: &DeductLoyaltyPoints,
) -> Vec<EffectKind> {
    let movement = LedgerMovement::new(session, effect, points.program_id, &points.sub_ledger_id);
    let deducted = TransactionId::from_uuid(points.transaction_uuid.as_deref());
    let transaction = deducted.and_then(|id| tx.tables.point_transactions.get(&id));
    let deductions = transaction.map(|transaction| transaction.deductions.clone());
    let given_back = deductions.into_iter().flatten().map(|Deduction { batch, points: value }| {
        let added = tx.tables.point_transactions.get(&batch);
        let (start, expiry) = added.map_or((None, None), |added| (added.start, added.expiry));
        let batch = Batch { transaction: batch, left: value, start, expiry };
        tx.loyalty_account(&movement.account).give_back(movement.subledger, batch);
        let id = tx.ids().number();
        let transaction = movement.transaction(tx, id, PointTransactionKind::Addition, value);
        tx.put_point_transaction(PointTransaction {
            start,
            expiry,
            rolls_back: deducted,
            ..transaction
        });
        let effect = RollbackDeductedLoyaltyPoints {
            program_id: points.program_id,
            sub_ledger_id: points.sub_ledger_id.clone(),
            value,
            recipient_integration_id: session.profile_id.clone(),
            start_date: start,
            expiry_date: expiry,
            transaction_uuid: points.transaction_uuid.clone(),
            ..RollbackDeductedLoyaltyPoints::default()
        };
        effect.into()
    });
    given_back.collect()
}

/// The id that an effect names; a new one where it names none.
fn id_of(tx: &mut Transaction<'_>, uuid: Option<&str>) -> TransactionId {
    TransactionId::from_uuid(uuid).unwrap_or_else(|| tx.ids().number())
}

fn join(tx: &mut Transaction<'_>, profile: &ProfileId, program: LoyaltyProgramId) {
    let now = tx.now;
    let Some(stored) = tx.profile_mut(profile) else { return };
    let memberships = stored.profile.loyalty_memberships.get_or_insert_default();
    if !memberships.iter().any(|known| known.loyalty_program_id == program) {
        let (joined, loyalty_program_id) = (Some(now), program);
        memberships.push(LoyaltyMembership { joined, loyalty_program_id });
    }
}

#[cfg(test)]
mod tests {
    use std::future::Future as _;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use talon_core::IntegrationApi as _;
    use talon_core::model::{IntegrationRequest, NewCustomerSessionV2, SessionState};
    use talon_core::operations::UpdateCustomerSessionV2;

    use super::*;
    use crate::rules::{Points, Reward, Rule};
    use crate::{Campaign, Fake, LoyaltyProgram, World};

    /// Points of the kinds that rules book, by the session that books them.
    fn talon() -> Fake {
        let points = |points: i64| Points {
            name: "Thanks".to_owned(),
            valid_days: Some(9),
            program_id: 1.into(),
            points: points.into(),
            ..Points::default()
        };
        let campaign = Campaign::new("Points")
            .rule(Rule::new("Spend").then(Reward::DeductLoyaltyPoints(points(60))))
            .rule(Rule::new("Earn").then(Reward::AddLoyaltyPoints(points(100))));
        let world = World::new().loyalty_program(LoyaltyProgram::new(1)).campaign(campaign);
        Fake::new(world).expect("a world")
    }

    fn put(talon: &Fake, id: &str, state: SessionState) {
        let session = NewCustomerSessionV2::default().profile("anna").state(state);
        let request = UpdateCustomerSessionV2::new(id, IntegrationRequest::new(session));
        let call = pin!(talon.update_customer_session_v2(request));
        let reply = call.poll(&mut Context::from_waker(Waker::noop()));
        assert!(matches!(reply, Poll::Ready(Ok(_))), "{reply:?}");
    }

    /// Kind, points and session of each transaction of anna, the latest first.
    fn transactions(talon: &Fake) -> Vec<(PointTransactionKind, Amount, String)> {
        let state = talon.state();
        let key = LoyaltyAccountKey::of_profile(1.into(), &"anna".into());
        let account = state.tables.loyalty_accounts.get(&key).expect("anna is a member");
        let row = |id: &TransactionId| state.tables.point_transactions.get(id).expect("it is kept");
        let ids = std::iter::successors(account.latest_transaction, |id| row(id).before);
        let shown = |row: PointTransaction| {
            (row.kind, row.points, row.session.map(|id| id.to_string()).unwrap_or_default())
        };
        ids.map(|id| shown(row(&id))).collect()
    }

    #[test]
    fn every_movement_of_points_is_kept() {
        use PointTransactionKind::{Addition, Deduction};
        let talon = talon();
        put(&talon, "earns", SessionState::Closed);
        put(&talon, "spends", SessionState::Closed);
        let row = |kind, points: i64, session: &str| (kind, points.into(), session.to_owned());
        let booked = [
            row(Addition, 100, "spends"),
            row(Deduction, 60, "spends"),
            row(Addition, 100, "earns"),
        ];
        assert_eq!(transactions(&talon), booked);

        put(&talon, "spends", SessionState::Cancelled);

        let rolled_back = [row(Addition, 60, "spends"), row(Deduction, 100, "spends")];
        assert_eq!(transactions(&talon), [&rolled_back[..], &booked[..]].concat());
        assert_eq!(talon.points("anna", 1), 100.into());
    }
}
