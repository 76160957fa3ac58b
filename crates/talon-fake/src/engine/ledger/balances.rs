//! Balances of loyalty programs, as replies show them.

use talon_core::effect::{Effect, EffectKind};
use talon_core::model::{Loyalty, LoyaltyMembership, LoyaltyProgramBalance, LoyaltyProgramLedgers};
use talon_core::{KnownOrRaw, LoyaltyProgramId, ProfileId};

use crate::state::{LoyaltyAccount, LoyaltyAccountKey, Transaction};

/// Balances of every program the profile is a member of, with effects that are yet to be booked.
pub(crate) fn balances(tx: &Transaction<'_>, profile: &ProfileId, ahead: &[Effect]) -> Loyalty {
    let stored = tx.profile(profile);
    let memberships = stored.and_then(|stored| stored.profile.loyalty_memberships.as_ref());
    let programs = memberships.into_iter().flatten().map(|membership| {
        let ledgers = ledgers(tx, profile, membership, ahead);
        (membership.loyalty_program_id.to_string(), ledgers)
    });
    Loyalty { programs: programs.collect(), ..Loyalty::default() }
}

fn ledgers(
    tx: &Transaction<'_>,
    profile: &ProfileId,
    membership: &LoyaltyMembership,
    ahead: &[Effect],
) -> LoyaltyProgramLedgers {
    let id = membership.loyalty_program_id;
    let program = tx.state.programs.get(&id);
    let account = tx.tables.loyalty_accounts.get(&LoyaltyAccountKey::of_profile(id, profile));
    let subledgers = account.into_iter().flat_map(LoyaltyAccount::subledgers);
    let subledgers = subledgers.filter(|name| !name.is_empty());
    LoyaltyProgramLedgers {
        id: Some(id),
        title: program.map(|program| program.title.clone()).unwrap_or_default(),
        name: program.map(|program| program.name.clone()).unwrap_or_default(),
        join_date: membership.joined.map(KnownOrRaw::Known),
        ledger: balance(tx, profile, (id, ""), ahead),
        sub_ledgers: Some(
            subledgers
                .map(|name| (name.to_owned(), balance(tx, profile, (id, name), ahead)))
                .collect(),
        ),
    }
}

fn balance(
    tx: &Transaction<'_>,
    profile: &ProfileId,
    (program, ledger): (LoyaltyProgramId, &str),
    ahead: &[Effect],
) -> LoyaltyProgramBalance {
    let balance = tx.balance(profile, program, ledger, tx.now);
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
