//! Tiers of ledgers. They rise with the points at once, and fall when they expire; where they never
//! expire they follow the points.

use std::time::Duration;

use talon_core::model::{Tier, TierDowngradePolicy};
use talon_core::{Amount, KnownOrRaw, RawJson, Timestamp};

use crate::state::{
    Batch, CurrentTier, Ledger, LedgerOwner, LoyaltyAccountKey, StoredProgram, Transaction,
};
use crate::world::{DowngradePolicy, LoyaltyTier, TierExpirationPolicy};

/// The shortest time between two instants.
const TICK: Duration = Duration::from_nanos(1);

/// What the tiers of an account depend on, in addition to its points.
#[derive(Clone, Copy)]
pub(in crate::engine) struct TierTerms<'s> {
    program: Option<&'s StoredProgram>,
    joined: Option<Timestamp>,
    /// The date in the attribute that the program names.
    attribute: Option<Timestamp>,
}

impl<'s> TierTerms<'s> {
    pub(in crate::engine) fn of(tx: &Transaction<'s>, key: &LoyaltyAccountKey) -> Self {
        let program = tx.program(key.program).filter(|program| !program.tiers.is_empty());
        let profile = match (&key.owner, program) {
            (LedgerOwner::Profile(id), Some(_)) => tx.profile(id),
            _ => None,
        };
        let attribute = program.and_then(|program| program.tiers_expiration_attribute.as_ref());
        Self {
            program,
            joined: profile.and_then(|profile| profile.joined(key.program)),
            attribute: attribute
                .and_then(|name| profile.and_then(|profile| profile.profile.attributes.time(name))),
        }
    }

    /// Brings a ledger up to an instant: points that became active pay what is owed, and the tier
    /// follows.
    pub(in crate::engine) fn advance(&self, ledger: &mut Ledger, now: Timestamp) {
        ledger.settle(now);
        let Some(program) = self.program else { return };
        let first = || ledger.batches().iter().map(|batch| batch.created).min();
        let Some(since) = ledger.tier_reviewed.or_else(first) else { return };
        let mut active = ledger.batches().sums(since).active;
        let changing = ledger.batches().changing(since, now);
        let mut changes: Vec<_> =
            changing.flat_map(|batch| changes_of(batch, since, now)).collect();
        changes.sort_unstable();
        let mut changes = changes.into_iter().peekable();
        let mut tier = ledger.tier;
        if ledger.tier_reviewed.is_none() {
            tier = self.follow(program, tier, active, since);
        }
        loop {
            let expiry = tier.and_then(|tier| tier.expiry).filter(|expiry| *expiry <= now);
            match changes.peek().copied() {
                Some((at, change)) if expiry.is_none_or(|expiry| at <= expiry) => {
                    changes.next();
                    active += change;
                    // All changes of an instant count before the tier is looked at.
                    if changes.peek().is_none_or(|(next, _)| *next != at) {
                        tier = self.follow(program, tier, active, at);
                    }
                }
                _ => {
                    let (Some(expired), Some(at)) = (tier, expiry) else { break };
                    // The points stay as they are until the next change.
                    let until = changes.peek().and_then(|(next, _)| next.checked_sub(TICK));
                    tier = self.expire(program, expired, active, at, until.unwrap_or(now));
                }
            }
        }
        ledger.tier = tier;
        ledger.tier_reviewed = Some(now.max(since));
    }

    /// A ledger at an instant.
    pub(in crate::engine) fn advanced(&self, ledger: &Ledger, now: Timestamp) -> Ledger {
        let mut ledger = ledger.clone();
        self.advance(&mut ledger, now);
        ledger
    }

    /// Looks at the tier after a change at `now`.
    pub(in crate::engine) fn review(&self, ledger: &mut Ledger, now: Timestamp) {
        let Some(program) = self.program else { return };
        let active = ledger.balance(now).active;
        ledger.tier = self.follow(program, ledger.tier, active, now);
        ledger.tier_reviewed = Some(now);
    }

    /// The tier after points became active or stopped being so.
    fn follow(
        &self,
        program: &StoredProgram,
        tier: Option<CurrentTier>,
        active: Amount,
        at: Timestamp,
    ) -> Option<CurrentTier> {
        let rank = rank(program, active);
        let before = tier.map(|tier| tier.rank);
        let is_kept = if self.never_expires(program) { rank == before } else { rank <= before };
        if is_kept { tier } else { self.reached(program, rank, at) }
    }

    /// The tier after one that expires. Where the points suffice for it, it is renewed as often as it
    /// expires until an instant.
    fn expire(
        &self,
        program: &StoredProgram,
        tier: CurrentTier,
        active: Amount,
        at: Timestamp,
        until: Timestamp,
    ) -> Option<CurrentTier> {
        let rank = rank(program, active);
        if rank >= Some(tier.rank) {
            let expiry = self.expiry(program, tier.start, until);
            return Some(CurrentTier { expiry, ..tier });
        }
        let next = match program.tiers_downgrade_policy {
            DowngradePolicy::OneDown => tier.rank.checked_sub(1),
            DowngradePolicy::BalanceBased => rank,
        };
        self.reached(program, next, at)
    }

    fn reached(
        &self,
        program: &StoredProgram,
        rank: Option<usize>,
        at: Timestamp,
    ) -> Option<CurrentTier> {
        let expiry = self.expiry(program, at, at);
        rank.map(|rank| CurrentTier { rank, start: at, expiry })
    }

    /// When a tier that started at `start` expires after `at`.
    fn expiry(
        &self,
        program: &StoredProgram,
        start: Timestamp,
        at: Timestamp,
    ) -> Option<Timestamp> {
        let first = match program.tiers_expiration_policy {
            TierExpirationPolicy::CustomerAttribute => {
                return self.attribute.filter(|expiry| *expiry > at);
            }
            TierExpirationPolicy::TierStartDate => start,
            TierExpirationPolicy::ProgramJoinDate => self.joined.unwrap_or(start),
            TierExpirationPolicy::AbsoluteExpiration => program.tier_cycle_start_date?,
        };
        match program.tiers_expire_in?.window(first, at, &program.zone) {
            Some((_, end)) => end,
            None => Some(first),
        }
    }

    fn never_expires(&self, program: &StoredProgram) -> bool {
        match program.tiers_expiration_policy {
            TierExpirationPolicy::CustomerAttribute => self.attribute.is_none(),
            _ => program.tiers_expire_in.is_none(),
        }
    }

    /// The tier of a ledger that was brought up to date.
    pub(super) fn current(&self, ledger: &Ledger) -> Option<&'s LoyaltyTier> {
        self.program?.tiers.get(ledger.tier?.rank)
    }

    /// The tier as replies show it.
    pub(super) fn shown(&self, ledger: &Ledger) -> Option<Tier> {
        let (program, tier, reached) = (self.program?, self.current(ledger)?, ledger.tier?);
        Some(Tier {
            id: tier.id.unwrap_or_default(),
            name: tier.name.clone(),
            start_date: Some(reached.start),
            expiry_date: reached.expiry,
            downgrade_policy: Some(match program.tiers_downgrade_policy {
                DowngradePolicy::OneDown => TierDowngradePolicy::OneDown,
                DowngradePolicy::BalanceBased => TierDowngradePolicy::BalanceBased,
            }),
        })
    }

    /// The tier above the present one.
    pub(super) fn next(&self, ledger: &Ledger) -> Option<&'s LoyaltyTier> {
        self.program?.next_tier(ledger.tier.map(|tier| tier.rank))
    }

    /// Name of the tier above the present one; `null` in the highest one.
    pub(super) fn next_name(&self, ledger: &Ledger) -> Option<KnownOrRaw<String>> {
        self.program?;
        let name = self.next(ledger).map(|tier| KnownOrRaw::Known(tier.name.clone()));
        name.or_else(|| RawJson::from_serialize(&()).ok().map(KnownOrRaw::Raw))
    }
}

/// The highest tier that this many active points suffice for.
fn rank(program: &StoredProgram, active: Amount) -> Option<usize> {
    program.tiers.partition_point(|tier| tier.min_points <= active).checked_sub(1)
}

/// When points of a batch become active and when they expire, after `since` and until `now`.
fn changes_of(
    batch: &Batch,
    since: Timestamp,
    now: Timestamp,
) -> impl Iterator<Item = (Timestamp, Amount)> {
    let within = move |at: &Timestamp| since < *at && *at <= now;
    let dates = batch.dates;
    let is_never_active = dates.awaits_activation
        || dates.start.zip(dates.expiry).is_some_and(|(start, expiry)| expiry <= start);
    let start = dates.start.filter(within).map(|at| (at, batch.left));
    let expiry = dates.expiry.filter(within).map(|at| (at, -batch.left));
    start.into_iter().chain(expiry).filter(move |_| !is_never_active)
}
