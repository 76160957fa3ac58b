//! Ledgers as they would be without the deductions of a session.

use talon_core::ProfileId;
use talon_core::effect::{Effect, EffectKind};

use crate::state::{
    Batch, Deduction, LoyaltyAccount, LoyaltyAccountKey, Transaction, TransactionId,
};
use crate::store::Row as _;

/// Gives deducted points back without a transaction; returns the accounts as they were.
pub(in crate::engine) fn give_back_for_now<'e>(
    tx: &mut Transaction<'_>,
    profile: &ProfileId,
    effects: impl Iterator<Item = &'e Effect>,
) -> Vec<LoyaltyAccount> {
    let mut before: Vec<LoyaltyAccount> = Vec::new();
    for effect in effects {
        let EffectKind::DeductLoyaltyPoints(points) = &effect.kind else { continue };
        let key = LoyaltyAccountKey::of_profile(points.program_id, profile);
        let deducted = TransactionId::from_uuid(points.transaction_uuid.as_deref());
        let transaction = deducted.and_then(|id| tx.tables.point_transactions.get(&id)).cloned();
        let account = tx.loyalty_account(&key);
        if before.iter().all(|known| *known.key() != key) {
            before.push(account.clone());
        }
        for Deduction { batch, points: left } in
            transaction.into_iter().flat_map(|it| it.deductions)
        {
            let added = tx.tables.point_transactions.get(&batch);
            let (start, expiry) = added.map_or((None, None), |added| (added.start, added.expiry));
            let batch = Batch { transaction: batch, left, start, expiry };
            tx.loyalty_account(&key).give_back(&points.sub_ledger_id, batch);
        }
    }
    before
}
