//! Points in their ledgers.

use std::collections::BTreeMap;

use talon_core::model::{Loyalty, LoyaltyMembership, LoyaltyProgramBalance, LoyaltyProgramLedgers};
use talon_core::{Amount, LoyaltyProgramId, ProfileId, Tolerant};

use crate::state::{StoredProfile, Transaction};

/// Moves points; the first ones make the profile a member. A balance never falls below 0: points
/// that were spent meanwhile cannot be taken back.
pub(super) fn book(
    tx: &mut Transaction<'_>,
    profile: &ProfileId,
    (program, ledger): (LoyaltyProgramId, &str),
    points: Amount,
) {
    let now = tx.now;
    let Some(stored) = tx.profile_mut(profile) else { return };
    let balance = stored.points.entry((program, ledger.to_owned())).or_default();
    *balance = (*balance + points).max(Amount::ZERO);
    let memberships = stored.profile.loyalty_memberships.get_or_insert_default();
    if !memberships.iter().any(|membership| membership.loyalty_program_id == program) {
        let joined = Some(now);
        memberships.push(LoyaltyMembership { joined, loyalty_program_id: program });
    }
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
    let mut balances: BTreeMap<String, LoyaltyProgramBalance> = stored
        .points
        .iter()
        .filter(|((program, _), _)| *program == id)
        .map(|((_, ledger), points)| (ledger.clone(), balance(*points)))
        .collect();
    LoyaltyProgramLedgers {
        id: Some(id),
        title: program.map(|program| program.title.clone()).unwrap_or_default(),
        name: program.map(|program| program.name.clone()).unwrap_or_default(),
        join_date: membership.joined.map(Tolerant::Known),
        ledger: balances.remove("").unwrap_or_else(|| balance(Amount::ZERO)),
        sub_ledgers: Some(balances),
    }
}

fn balance(points: Amount) -> LoyaltyProgramBalance {
    LoyaltyProgramBalance {
        current_balance: points,
        pending_balance: Some(Amount::ZERO),
        expired_balance: Some(Amount::ZERO),
        spent_balance: Some(Amount::ZERO),
        tentative_current_balance: Some(points),
        ..LoyaltyProgramBalance::default()
    }
}
