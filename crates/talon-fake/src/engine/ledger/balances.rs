//! Balances of loyalty programs, as replies show them.

use std::collections::{BTreeMap, BTreeSet};

use talon_core::effect::Effect;
use talon_core::model::{
    CustomerSessionV2, Loyalty, LoyaltyBalanceWithTier, LoyaltyBalancesWithTiers,
    LoyaltyProgramBalance, LoyaltyProgramLedgers, ProjectedTier,
};
use talon_core::{Amount, KnownOrRaw, LoyaltyProgramId, ProfileId, Timestamp};

use super::history::account_at;
use super::tentative::TentativeLedgers;
use super::tiers::TierTerms;
use crate::state::{Ledger, LoyaltyAccount, LoyaltyAccountKey, StoredProfile, Transaction};

/// Balances of every program that the profile has joined or has points in, with effects that are
/// yet to be booked.
pub(crate) fn balances(tx: &Transaction<'_>, profile: &ProfileId, ahead: &[Effect]) -> Loyalty {
    let session = CustomerSessionV2 { profile_id: profile.clone(), ..Default::default() };
    let tentative = TentativeLedgers::with(tx, &session, ahead);
    let Some(stored) = tx.profile(profile) else { return Loyalty::default() };
    let programs = stored.programs.iter().filter_map(|id| {
        let ledgers = program_ledgers(tx, stored, *id, &tentative)?;
        Some((id.to_string(), ledgers))
    });
    Loyalty { programs: programs.collect(), ..Loyalty::default() }
}

fn program_ledgers(
    tx: &Transaction<'_>,
    profile: &StoredProfile,
    id: LoyaltyProgramId,
    tentative: &TentativeLedgers<'_>,
) -> Option<LoyaltyProgramLedgers> {
    let key = LoyaltyAccountKey::of_profile(id, &profile.profile.integration_id);
    let joined = profile.joined(id).filter(|joined| *joined <= tx.now);
    if joined.is_none() && tx.account(&key).is_none_or(|account| account.log().is_empty()) {
        return None;
    }
    let program = tx.program(id)?;
    let (ledger, sub_ledgers) = ledgers_of(tx, &key, tentative);
    Some(LoyaltyProgramLedgers {
        id: Some(id),
        title: program.shown_title(),
        name: program.internal_name(),
        join_date: joined.map(KnownOrRaw::Known),
        ledger,
        sub_ledgers: Some(sub_ledgers),
    })
}

/// Balances of the main ledger of an account, and of the subledgers with points, with effects that
/// are yet to be booked.
pub(crate) fn ledgers_with(
    tx: &Transaction<'_>,
    key: &LoyaltyAccountKey,
    ahead: &[Effect],
) -> (LoyaltyProgramBalance, BTreeMap<String, LoyaltyProgramBalance>) {
    let session = CustomerSessionV2::default();
    ledgers_of(tx, key, &TentativeLedgers::with(tx, &session, ahead))
}

/// Balances of the main ledger of an account, and of the subledgers with points.
fn ledgers_of(
    tx: &Transaction<'_>,
    key: &LoyaltyAccountKey,
    tentative: &TentativeLedgers<'_>,
) -> (LoyaltyProgramBalance, BTreeMap<String, LoyaltyProgramBalance>) {
    let stored = tx.account(key).into_iter().flat_map(LoyaltyAccount::ledgers);
    let subledgers = stored.map(|(id, _)| id).chain(tentative.subledgers(key));
    let subledgers: BTreeSet<_> = subledgers.filter(|id| !id.is_empty()).collect();
    let shown = |subledger: &str| shown(tx, key, subledger, tentative);
    let subledgers = subledgers
        .into_iter()
        .filter_map(|id| Some((id.to_owned(), shown(id).filter(has_points)?)));
    (shown("").unwrap_or_else(empty), subledgers.collect())
}

fn shown(
    tx: &Transaction<'_>,
    key: &LoyaltyAccountKey,
    subledger: &str,
    tentative: &TentativeLedgers<'_>,
) -> Option<LoyaltyProgramBalance> {
    let terms = TierTerms::of(tx, key);
    let ahead = tentative.ledger(key, subledger)?;
    let ledger = tx.ledger(key, subledger).map(|ledger| terms.advanced(ledger, tx.now));
    let ledger = ledger.unwrap_or_default();
    let (now, then) = (ledger.balance(tx.now), ahead.balance(tx.now));
    Some(LoyaltyProgramBalance {
        current_balance: now.active,
        pending_balance: Some(now.pending),
        negative_balance: Some(now.negative),
        tentative_current_balance: Some(then.active),
        tentative_pending_balance: Some(then.pending),
        tentative_negative_balance: Some(then.negative),
        current_tier: terms.shown(&ledger).map(KnownOrRaw::Known),
        points_to_next_tier: terms.next(&ledger).map(|tier| tier.min_points - now.active),
        next_tier_name: terms.next_name(&ledger),
        ..empty()
    })
}

/// The balance of a ledger without points.
fn empty() -> LoyaltyProgramBalance {
    let zero = Some(Amount::ZERO);
    LoyaltyProgramBalance {
        current_balance: Amount::ZERO,
        pending_balance: zero,
        negative_balance: zero,
        expired_balance: zero,
        spent_balance: zero,
        tentative_current_balance: zero,
        tentative_pending_balance: zero,
        tentative_negative_balance: zero,
        current_tier: None,
        points_to_next_tier: None,
        next_tier_name: None,
    }
}

fn has_points(balance: &LoyaltyProgramBalance) -> bool {
    let amounts = [
        Some(balance.current_balance),
        balance.pending_balance,
        balance.negative_balance,
        balance.tentative_current_balance,
        balance.tentative_pending_balance,
        balance.tentative_negative_balance,
    ];
    amounts.iter().flatten().any(|amount| !amount.is_zero())
}

/// What balances at an instant are asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BalanceOptions<'a> {
    pub(crate) at: Timestamp,
    /// Only these subledgers, all when empty; `""` is the main ledger.
    pub(crate) subledgers: &'a [String],
    pub(crate) tiers: bool,
    pub(crate) projected_tier: bool,
}

/// Balances of an account at an instant.
pub(crate) fn balances_at(
    tx: &Transaction<'_>,
    key: &LoyaltyAccountKey,
    options: BalanceOptions<'_>,
) -> LoyaltyBalancesWithTiers {
    let account = account_at(tx, key, options.at);
    let terms = TierTerms::of(tx, key);
    let none = Ledger::default();
    let balance = |ledger: Option<&Ledger>| balance_at(terms, ledger.unwrap_or(&none), options);
    let is_wanted = |id: &str| {
        options.subledgers.is_empty() || options.subledgers.iter().any(|wanted| wanted == id)
    };
    let subledgers = account.ledgers().filter(|(id, _)| !id.is_empty() && is_wanted(id));
    let subledgers = subledgers.map(|(id, ledger)| (id.to_owned(), balance(Some(ledger))));
    LoyaltyBalancesWithTiers {
        balance: is_wanted("").then(|| balance(account.ledger(""))),
        subledger_balances: Some(subledgers.collect()),
    }
}

fn balance_at(
    terms: TierTerms<'_>,
    ledger: &Ledger,
    options: BalanceOptions<'_>,
) -> LoyaltyBalanceWithTier {
    let balance = ledger.balance(options.at);
    let plain = LoyaltyBalanceWithTier {
        active_points: Some(balance.active),
        pending_points: Some(balance.pending),
        spent_points: Some(balance.spent),
        expired_points: Some(balance.expired),
        negative_points: Some(balance.negative),
        projected_tier: options.projected_tier.then(|| projected(terms, ledger)).flatten(),
        ..LoyaltyBalanceWithTier::default()
    };
    if !options.tiers {
        return plain;
    }
    LoyaltyBalanceWithTier {
        current_tier: terms.shown(ledger).map(KnownOrRaw::Known),
        points_to_next_tier: terms.next(ledger).map(|tier| tier.min_points - balance.active),
        next_tier_name: terms.next_name(ledger),
        ..plain
    }
}

/// The tier when the present one expires; `None` where it never does.
fn projected(terms: TierTerms<'_>, ledger: &Ledger) -> Option<ProjectedTier> {
    let expiry = ledger.tier?.expiry?;
    let present = terms.current(ledger)?;
    let then = terms.advanced(ledger, expiry);
    let active = then.balance(expiry).active;
    let falls = then.tier.map(|tier| tier.rank) < ledger.tier.map(|tier| tier.rank);
    Some(ProjectedTier {
        projected_active_points: active,
        stay_in_tier_points: falls.then(|| present.min_points - active),
        projected_tier_name: terms.current(&then).map(|tier| tier.name.clone()),
    })
}
