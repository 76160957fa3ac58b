//! What closed sessions have used up of each campaign, for people to look at.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::AddAssign;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use talon_core::{Amount, CampaignId};

/// What closed sessions have used up of a campaign.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CampaignCounts {
    pub(crate) coupon_redemptions: i64,
    pub(crate) referral_redemptions: i64,
    pub(crate) discount: Amount,
    pub(crate) discount_effects: i64,
    pub(crate) coupon_creations: i64,
    pub(crate) referral_creations: i64,
}

/// The counts of every campaign; which campaigns there are never changes.
#[derive(Debug)]
pub(crate) struct Counts(BTreeMap<CampaignId, Mutex<CampaignCounts>>);

/// Counts as a transaction sees them.
///
/// Nearly every session moves them and hardly one reads them: so they are moved by a difference,
/// which takes no reading and puts nobody's reading out of date but that of those who look.
pub(crate) struct CountsTx<'s> {
    counts: &'s Counts,
    seen: RefCell<BTreeMap<CampaignId, CampaignCounts>>,
    moved: BTreeMap<CampaignId, CampaignCounts>,
}

/// Counts that a transaction has to do with, locked.
pub(super) type LockedCounts<'s> = BTreeMap<CampaignId, MutexGuard<'s, CampaignCounts>>;

impl AddAssign<&Self> for CampaignCounts {
    fn add_assign(&mut self, other: &Self) {
        // A snapshot may say of any of them that it is as high as can be.
        let add = |count: &mut i64, more: i64| *count = count.saturating_add(more);
        add(&mut self.coupon_redemptions, other.coupon_redemptions);
        add(&mut self.referral_redemptions, other.referral_redemptions);
        self.discount += other.discount;
        add(&mut self.discount_effects, other.discount_effects);
        add(&mut self.coupon_creations, other.coupon_creations);
        add(&mut self.referral_creations, other.referral_creations);
    }
}

impl Counts {
    /// The counts of these campaigns, as they were or all 0.
    pub(crate) fn new(
        campaigns: impl Iterator<Item = CampaignId>,
        mut counted: BTreeMap<CampaignId, CampaignCounts>,
    ) -> Self {
        let of = |id| (id, Mutex::new(counted.remove(&id).unwrap_or_default()));
        Self(campaigns.map(of).collect())
    }

    /// Those that are not 0.
    pub(crate) fn counted(&self) -> BTreeMap<CampaignId, CampaignCounts> {
        let all = self.0.iter().map(|(id, counts)| (*id, lock(counts).clone()));
        all.filter(|(_, counts)| *counts != CampaignCounts::default()).collect()
    }

    fn of(&self, id: CampaignId) -> CampaignCounts {
        self.0.get(&id).map(|counts| lock(counts).clone()).unwrap_or_default()
    }
}

impl<'s> CountsTx<'s> {
    pub(super) fn new(counts: &'s Counts) -> Self {
        Self { counts, seen: RefCell::default(), moved: BTreeMap::new() }
    }

    pub(super) fn get(&self, id: CampaignId) -> CampaignCounts {
        let mut seen = self.seen.borrow_mut();
        let mut counts = seen.entry(id).or_insert_with(|| self.counts.of(id)).clone();
        self.moved.get(&id).into_iter().for_each(|moved| counts += moved);
        counts
    }

    /// By how much the counts move: begins with 0.
    pub(super) fn moved(&mut self, id: CampaignId) -> &mut CampaignCounts {
        self.moved.entry(id).or_default()
    }

    /// Leaves what was written out of what is to be applied.
    pub(super) fn drop_changes(&mut self) {
        self.moved.clear();
    }

    pub(super) fn writes(&self) -> bool {
        !self.moved.is_empty()
    }

    /// Locks what was read and moved, in the order of the campaigns.
    pub(super) fn lock(&self) -> LockedCounts<'s> {
        let seen = self.seen.borrow();
        let mine = |id: &CampaignId| seen.contains_key(id) || self.moved.contains_key(id);
        let mine = self.counts.0.iter().filter(|(id, _)| mine(id));
        mine.map(|(id, counts)| (*id, lock(counts))).collect()
    }

    /// Whether everything that was read is still so.
    pub(super) fn validate(&self, locked: &LockedCounts<'_>) -> bool {
        let seen = self.seen.borrow();
        seen.iter().all(|(id, seen)| locked.get(id).is_none_or(|counts| **counts == *seen))
    }

    pub(super) fn apply(self, locked: &mut LockedCounts<'_>) {
        for (id, moved) in &self.moved {
            locked.get_mut(id).into_iter().for_each(|counts| **counts += moved);
        }
    }
}

fn lock(counts: &Mutex<CampaignCounts>) -> MutexGuard<'_, CampaignCounts> {
    counts.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_only_counts_is_in_nobodys_way() {
        let counts = Counts::new([1.into()].into_iter(), BTreeMap::new());
        let (mut one, mut other) = (CountsTx::new(&counts), CountsTx::new(&counts));
        let looks = CountsTx::new(&counts);
        assert_eq!(looks.get(1.into()).coupon_redemptions, 0);
        one.moved(1.into()).coupon_redemptions += 1;
        other.moved(1.into()).coupon_redemptions += 2;

        for view in [one, other] {
            let mut locked = view.lock();
            assert!(view.validate(&locked));
            view.apply(&mut locked);
        }

        assert_eq!(counts.of(1.into()).coupon_redemptions, 3);
        assert!(!looks.validate(&looks.lock()));
    }
}
