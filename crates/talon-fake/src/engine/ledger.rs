//! Points in their ledgers.

use talon_core::effect::{AddLoyaltyPoints, DeductLoyaltyPoints, Effect, EffectKind};
use talon_core::model::{Loyalty, LoyaltyMembership, LoyaltyProgramBalance, LoyaltyProgramLedgers};
use talon_core::{Amount, KnownOrRaw, LoyaltyProgramId, ProfileId, Timestamp};

use super::lifecycle::Outcome;
use crate::state::{Batch, Deduction, StoredProfile, Transaction};

/// Books points; the first ones make the profile a member.
pub(crate) fn earn(tx: &mut Transaction<'_>, profile: &ProfileId, points: &AddLoyaltyPoints) {
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

/// Takes back what is left of the points, and says how many; those that were spent meanwhile stay
/// spent.
pub(crate) fn take_back(
    tx: &mut Transaction<'_>,
    profile: &ProfileId,
    points: &AddLoyaltyPoints,
) -> Amount {
    let transaction = points.transaction_uuid.as_deref().unwrap_or_default();
    tx.profile_mut(profile).map(|stored| stored.points.take_back(transaction)).unwrap_or_default()
}

/// Spends points, those that expire first before the others.
pub(crate) fn spend(
    tx: &mut Transaction<'_>,
    profile: &ProfileId,
    points: &DeductLoyaltyPoints,
) -> Vec<Deduction> {
    let now = tx.now;
    let Some(stored) = tx.profile_mut(profile) else { return Vec::new() };
    let ledger = (points.program_id, points.sub_ledger_id.as_str());
    let transaction = points.transaction_uuid.as_deref().unwrap_or_default();
    stored.points.deduct(ledger, points.value, transaction, now)
}

/// Gives back points that were spent, to the batch they came from; returns its dates.
pub(crate) fn give_back(
    tx: &mut Transaction<'_>,
    profile: &ProfileId,
    deduction: &Deduction,
) -> Option<(Option<Timestamp>, Option<Timestamp>)> {
    let batch = tx.profile_mut(profile)?.points.give_back(deduction)?;
    Some((batch.start, batch.expiry))
}

/// Gives back points whose batches are not known, as a batch of their own that never expires.
pub(crate) fn give_back_whole(
    tx: &mut Transaction<'_>,
    profile: &ProfileId,
    points: &DeductLoyaltyPoints,
) {
    let batch = Batch {
        program: points.program_id,
        ledger: points.sub_ledger_id.clone(),
        transaction: points.transaction_uuid.clone().unwrap_or_default(),
        left: points.value,
        // Their batches still count them as spent.
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

/// Balances after a request; what an open session would earn and spend is tentative.
pub(crate) fn reply(tx: &Transaction<'_>, outcome: &Outcome) -> Loyalty {
    let ahead = if outcome.is_booked { &[] } else { outcome.effects() };
    balances(tx, &outcome.session.profile_id, ahead)
}

/// Balances of every program the profile is a member of, with effects that are yet to be booked.
pub(crate) fn balances(tx: &Transaction<'_>, profile: &ProfileId, ahead: &[Effect]) -> Loyalty {
    let stored = tx.profile(profile);
    let memberships = stored.and_then(|stored| stored.profile.loyalty_memberships.as_ref());
    let programs = memberships.into_iter().flatten().filter_map(|membership| {
        let ledgers = ledgers(tx, stored?, membership, ahead);
        Some((membership.loyalty_program_id.to_string(), ledgers))
    });
    Loyalty { programs: programs.collect(), ..Loyalty::default() }
}

fn ledgers(
    tx: &Transaction<'_>,
    stored: &StoredProfile,
    membership: &LoyaltyMembership,
    ahead: &[Effect],
) -> LoyaltyProgramLedgers {
    let id = membership.loyalty_program_id;
    let program = tx.state.programs.get(&id);
    let names = stored.points.ledgers(id);
    let subledgers = names.into_iter().filter(|name| !name.is_empty());
    LoyaltyProgramLedgers {
        id: Some(id),
        title: program.map(|program| program.title.clone()).unwrap_or_default(),
        name: program.map(|program| program.name.clone()).unwrap_or_default(),
        join_date: membership.joined.map(KnownOrRaw::Known),
        ledger: balance(tx, stored, (id, ""), ahead),
        sub_ledgers: Some(
            subledgers
                .map(|name| (name.to_owned(), balance(tx, stored, (id, name), ahead)))
                .collect(),
        ),
    }
}

fn balance(
    tx: &Transaction<'_>,
    stored: &StoredProfile,
    (program, ledger): (LoyaltyProgramId, &str),
    ahead: &[Effect],
) -> LoyaltyProgramBalance {
    let balance = stored.points.balance(program, ledger, tx.now);
    let (mut active, mut pending) = (balance.active, balance.pending);
    for effect in ahead {
        match &effect.kind {
            EffectKind::AddLoyaltyPoints(add)
                if (add.program_id, add.sub_ledger_id.as_str()) == (program, ledger) =>
            {
                let is_pending = add.start_date.is_some_and(|start| start > tx.now);
                *(if is_pending { &mut pending } else { &mut active }) += add.value;
            }
            EffectKind::DeductLoyaltyPoints(deduct)
                if (deduct.program_id, deduct.sub_ledger_id.as_str()) == (program, ledger) =>
            {
                active -= deduct.value;
            }
            _ => {}
        }
    }
    LoyaltyProgramBalance {
        current_balance: balance.active,
        pending_balance: Some(balance.pending),
        expired_balance: Some(balance.expired),
        spent_balance: Some(balance.spent),
        tentative_current_balance: Some(active),
        tentative_pending_balance: Some(pending),
        ..LoyaltyProgramBalance::default()
    }
}
