//! Lists of points that are left.

use std::cmp::Ordering;

use talon_core::model::LoyaltyPointsStatus;
use talon_core::{SessionId, Timestamp};

use super::history::account_at;
use crate::page::{Page, PageRequest};
use crate::state::{Batch, LoyaltyAccountKey, PointTransaction, Transaction, TransactionId};

/// Which points are listed: those that fit every part that is given.
#[derive(Clone, Debug)]
pub(crate) struct PointsFilter<'f> {
    pub(crate) status: LoyaltyPointsStatus,
    /// In one of these subledgers; any when empty.
    pub(crate) subledgers: &'f [String],
    /// Of one of these sessions; any when empty.
    pub(crate) sessions: &'f [SessionId],
    /// Added by one of these transactions; any when empty.
    pub(crate) uuids: &'f [String],
}

/// The order of points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum PointsOrder {
    /// Points that were active at once are sorted by the time when they were added.
    #[default]
    StartDate,
    StartDateDescending,
    /// Points without an expiry are last.
    ExpiryDate,
    /// Points without an expiry are first.
    ExpiryDateDescending,
}

/// A page of what is left of added points, with the transactions that added them.
pub(crate) fn list_points(
    tx: &Transaction<'_>,
    key: &LoyaltyAccountKey,
    filter: &PointsFilter<'_>,
    order: PointsOrder,
    page: PageRequest,
) -> Page<(Batch, PointTransaction)> {
    let account = account_at(tx, key, tx.now);
    let named: Vec<_> =
        filter.uuids.iter().filter_map(|uuid| TransactionId::from_uuid(Some(uuid))).collect();
    let ledgers = account.ledgers();
    let ledgers = ledgers.filter(|(id, _)| {
        filter.subledgers.is_empty() || filter.subledgers.iter().any(|wanted| wanted == id)
    });
    let batches = ledgers.flat_map(|(_, ledger)| ledger.batches().iter());
    let batches = batches.filter(|batch| {
        has_status(batch, &filter.status, tx.now)
            && !batch.left.is_zero()
            && (filter.uuids.is_empty() || named.contains(&batch.transaction))
    });
    let mut batches: Vec<Batch> = batches.copied().collect();
    batches.sort_by(|one, other| order.compare(one, other));
    let rows = batches.into_iter().filter_map(|batch| {
        let row = tx.logged_transaction(batch.transaction)?;
        let is_its = row.session.as_ref().is_some_and(|session| filter.sessions.contains(session));
        (filter.sessions.is_empty() || is_its).then_some((batch, row))
    });
    page.page(rows)
}

fn has_status(batch: &Batch, status: &LoyaltyPointsStatus, now: Timestamp) -> bool {
    match status {
        LoyaltyPointsStatus::Active => batch.dates.is_active(now),
        LoyaltyPointsStatus::Pending => batch.dates.is_pending(now),
        LoyaltyPointsStatus::Expired => batch.dates.is_expired(now),
        _ => false,
    }
}

impl PointsOrder {
    fn compare(self, one: &Batch, other: &Batch) -> Ordering {
        // Points that wait for an action have no start yet: they are last.
        let start = |batch: &Batch| {
            let dates = batch.dates;
            (dates.awaits_activation, dates.start.unwrap_or(batch.created), batch.transaction)
        };
        let expiry = |batch: &Batch| {
            let expiry = batch.dates.expiry;
            (expiry.is_none(), expiry, batch.transaction)
        };
        match self {
            Self::StartDate => start(one).cmp(&start(other)),
            Self::StartDateDescending => start(other).cmp(&start(one)),
            Self::ExpiryDate => expiry(one).cmp(&expiry(other)),
            Self::ExpiryDateDescending => expiry(other).cmp(&expiry(one)),
        }
    }
}
