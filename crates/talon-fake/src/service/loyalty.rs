//! Points in their ledgers.

use talon_core::effect::{AddLoyaltyPoints, DeductLoyaltyPoints};
use talon_core::model::{Loyalty, LoyaltyMembership, LoyaltyProgramBalance, LoyaltyProgramLedgers};
use talon_core::{Amount, LoyaltyProgramId, ProfileId, Tolerant};

use crate::state::{Batch, StoredProfile, Transaction};

/// Books points; the first ones make the profile a member.
pub(super) fn earn(tx: &mut Transaction<'_>, profile: &ProfileId, points: &AddLoyaltyPoints) {
    let batch = Batch {
        program: points.program_id,
        ledger: points.sub_ledger_id.clone(),
        transaction: points.transaction_uuid.clone().unwrap_or_default(),
        left: points.value,
        spent: Amount::ZERO,
        start: points.start_date,
        expiry: points.expiry_date,
    };
    add(tx, profile, batch);
}

/// Takes back what is left of the points; those that were spent meanwhile stay spent.
pub(super) fn take_back(tx: &mut Transaction<'_>, profile: &ProfileId, points: &AddLoyaltyPoints) {
    if let Some(stored) = tx.profile_mut(profile) {
        stored.points.take_back(points.transaction_uuid.as_deref().unwrap_or_default());
    }
}

/// Spends points, those that expire first before the others.
pub(super) fn spend(tx: &mut Transaction<'_>, profile: &ProfileId, points: &DeductLoyaltyPoints) {
    let now = tx.now;
    if let Some(stored) = tx.profile_mut(profile) {
        stored.points.deduct((points.program_id, &points.sub_ledger_id), points.value, now);
    }
}

/// Gives back points that were spent; they no longer expire.
pub(super) fn give_back(
    tx: &mut Transaction<'_>,
    profile: &ProfileId,
    points: &DeductLoyaltyPoints,
) {
    let batch = Batch {
        program: points.program_id,
        ledger: points.sub_ledger_id.clone(),
        transaction: points.transaction_uuid.clone().unwrap_or_default(),
        left: points.value,
        spent: -points.value,
        start: None,
        expiry: None,
    };
    add(tx, profile, batch);
}

fn add(tx: &mut Transaction<'_>, profile: &ProfileId, batch: Batch) {
    let now = tx.now;
    let Some(stored) = tx.profile_mut(profile) else { return };
    let memberships = stored.profile.loyalty_memberships.get_or_insert_default();
    if !memberships.iter().any(|known| known.loyalty_program_id == batch.program) {
        let (joined, loyalty_program_id) = (Some(now), batch.program);
        memberships.push(LoyaltyMembership { joined, loyalty_program_id });
    }
    stored.points.add(batch);
}

/// Balances of every program the profile is a member of.
pub(super) fn reply(tx: &Transaction<'_>, profile: &ProfileId) -> Loyalty {
    let stored = tx.profile(profile);
    let memberships = stored.and_then(|stored| stored.profile.loyalty_memberships.as_ref());
    let programs = memberships.into_iter().flatten().filter_map(|membership| {
        let ledgers = ledgers(tx, stored?, membership);
        Some((membership.loyalty_program_id.to_string(), ledgers))
    });
    Loyalty { programs: programs.collect(), ..Loyalty::default() }
}

fn ledgers(
    tx: &Transaction<'_>,
    stored: &StoredProfile,
    membership: &LoyaltyMembership,
) -> LoyaltyProgramLedgers {
    let id = membership.loyalty_program_id;
    let program = tx.state.programs.get(&id);
    let names = stored.points.ledgers(id);
    let subledgers = names.into_iter().filter(|name| !name.is_empty());
    LoyaltyProgramLedgers {
        id: Some(id),
        title: program.map(|program| program.title.clone()).unwrap_or_default(),
        name: program.map(|program| program.name.clone()).unwrap_or_default(),
        join_date: membership.joined.map(Tolerant::Known),
        ledger: balance(tx, stored, id, ""),
        sub_ledgers: Some(
            subledgers.map(|name| (name.to_owned(), balance(tx, stored, id, name))).collect(),
        ),
    }
}

fn balance(
    tx: &Transaction<'_>,
    stored: &StoredProfile,
    program: LoyaltyProgramId,
    ledger: &str,
) -> LoyaltyProgramBalance {
    let balance = stored.points.balance(program, ledger, tx.now);
    LoyaltyProgramBalance {
        current_balance: balance.active,
        pending_balance: Some(balance.pending),
        expired_balance: Some(balance.expired),
        spent_balance: Some(balance.spent),
        tentative_current_balance: Some(balance.active),
        tentative_pending_balance: Some(balance.pending),
        ..LoyaltyProgramBalance::default()
    }
}
