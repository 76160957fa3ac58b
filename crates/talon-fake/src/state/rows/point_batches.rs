//! The batches of a ledger, and their sums.

use rpds::{RedBlackTreeMapSync, RedBlackTreeSetSync};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use talon_core::{Amount, Timestamp};

use super::{Batch, PointsDates, TransactionId};

/// The batches of a ledger, by ascending id of the transaction.
///
/// Copies share their memory, and sums follow the batches that start or expire: a change costs about
/// the same however many batches there are.
#[derive(Clone, Debug, Default)]
pub(crate) struct Batches {
    by_id: RedBlackTreeMapSync<TransactionId, Batch>,
    /// Those that are pending until an instant.
    by_start: RedBlackTreeSetSync<(Timestamp, Place<TransactionId>)>,
    /// In the order in which their points are spent: those that expire first, and of these those that
    /// were added first.
    by_expiry: RedBlackTreeSetSync<(Expiry, Place<(Timestamp, TransactionId)>)>,
    sums: Sums,
    /// The instant of the sums; any one while there are no batches.
    summed_at: Option<Timestamp>,
}

/// What is left of batches at an instant.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Sums {
    pub(crate) active: Amount,
    pub(super) pending: Amount,
    pub(super) expired: Amount,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Expiry {
    At(Timestamp),
    Never,
}

/// A place among the batches of an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place<Id> {
    Of(Id),
    /// After all of them.
    Last,
}

impl Batches {
    pub(crate) fn get(&self, id: TransactionId) -> Option<&Batch> {
        self.by_id.get(&id)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Batch> {
        self.by_id.values()
    }

    /// Active batches in the order in which their points are spent.
    pub(super) fn spendable(&self, now: Timestamp) -> impl Iterator<Item = &Batch> {
        let later = self.by_expiry.range((Expiry::At(now), Place::Last)..);
        let batches = later.filter_map(|(_, place)| match place {
            Place::Of((_, id)) => self.get(*id),
            Place::Last => None,
        });
        batches.filter(move |batch| batch.dates.is_active(now))
    }

    /// The first start after an instant.
    pub(crate) fn next_start(&self, now: Timestamp) -> Option<Timestamp> {
        self.by_start.range((now, Place::Last)..).next().map(|(start, _)| *start)
    }

    /// Batches that start or expire after `since` and until `now`.
    pub(crate) fn changing(
        &self,
        since: Timestamp,
        now: Timestamp,
    ) -> impl Iterator<Item = &Batch> {
        let is_within = move |at: &Timestamp| since < *at && *at <= now;
        // An empty range, where time does not pass, must not end before it begins.
        let since = since.min(now);
        let starts = self.by_start.range((since, Place::Last)..=(now, Place::Last));
        let starting = starts.filter_map(|(_, place)| match place {
            Place::Of(id) => self.get(*id),
            Place::Last => None,
        });
        let (from, until) = (Expiry::At(since), Expiry::At(now));
        let expiries = self.by_expiry.range((from, Place::Last)..=(until, Place::Last));
        let expiring = expiries.filter_map(|(_, place)| match place {
            Place::Of((_, id)) => self.get(*id),
            Place::Last => None,
        });
        starting.chain(expiring.filter(move |it| !it.dates.start.as_ref().is_some_and(is_within)))
    }

    /// What is left at an instant.
    pub(crate) fn sums(&self, now: Timestamp) -> Sums {
        let (mut sums, then) = (self.sums, self.summed_at.unwrap_or(now));
        for batch in self.changing(then.min(now), then.max(now)) {
            *sums.of(&batch.dates, then) -= batch.left;
            *sums.of(&batch.dates, now) += batch.left;
        }
        sums
    }

    /// Keeps the sums of an instant, from which those of the instants around it follow.
    pub(super) fn sum_up(&mut self, now: Timestamp) {
        self.sums = self.sums(now);
        self.summed_at = Some(now);
    }

    /// Adds a batch, in place of one with its id.
    pub(super) fn insert(&mut self, batch: Batch) {
        self.remove(batch.transaction);
        let summed_at = *self.summed_at.get_or_insert(batch.created);
        *self.sums.of(&batch.dates, summed_at) += batch.left;
        if let Some(place) = place_of_start(&batch) {
            self.by_start.insert_mut(place);
        }
        self.by_expiry.insert_mut(place_of_expiry(&batch));
        self.by_id.insert_mut(batch.transaction, batch);
    }

    pub(super) fn remove(&mut self, id: TransactionId) {
        let Some(batch) = self.get(id).copied() else { return };
        let summed_at = self.summed_at.unwrap_or(batch.created);
        *self.sums.of(&batch.dates, summed_at) -= batch.left;
        if let Some(place) = place_of_start(&batch) {
            self.by_start.remove_mut(&place);
        }
        self.by_expiry.remove_mut(&place_of_expiry(&batch));
        self.by_id.remove_mut(&id);
        if self.by_id.is_empty() {
            self.sums = Sums::default();
        }
    }
}

impl Sums {
    /// The sum that points with these dates are part of.
    fn of(&mut self, dates: &PointsDates, now: Timestamp) -> &mut Amount {
        if dates.is_expired(now) {
            &mut self.expired
        } else if dates.is_pending(now) {
            &mut self.pending
        } else {
            &mut self.active
        }
    }
}

fn place_of_start(batch: &Batch) -> Option<(Timestamp, Place<TransactionId>)> {
    batch.dates.start.map(|start| (start, Place::Of(batch.transaction)))
}

fn place_of_expiry(batch: &Batch) -> (Expiry, Place<(Timestamp, TransactionId)>) {
    let expiry = batch.dates.expiry.map_or(Expiry::Never, Expiry::At);
    (expiry, Place::Of((batch.created, batch.transaction)))
}

impl FromIterator<Batch> for Batches {
    fn from_iter<I: IntoIterator<Item = Batch>>(batches: I) -> Self {
        let mut all = Self::default();
        batches.into_iter().for_each(|batch| all.insert(batch));
        all
    }
}

/// The same batches have the same sums.
impl PartialEq for Batches {
    fn eq(&self, other: &Self) -> bool {
        self.by_id == other.by_id
    }
}

/// A list.
impl Serialize for Batches {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Batches {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Vec::<Batch>::deserialize(deserializer)?.into_iter().collect())
    }
}

#[cfg(test)]
mod tests;
