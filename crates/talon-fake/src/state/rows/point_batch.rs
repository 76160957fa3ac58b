//! Batches of points: what is left of points that were added at once.

use serde::{Deserialize, Serialize};
use talon_core::model::{PointsExpiryDate, PointsStartDate};
use talon_core::{Amount, Timestamp};

use super::TransactionId;

/// When points can be spent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct PointsDates {
    /// At once when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) start: Option<Timestamp>,
    /// Whether they wait for an action, and for no date.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) awaits_activation: bool,
    /// When they can no longer be spent; never when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) expiry: Option<Timestamp>,
}

/// What is left of points that were added at once.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Batch {
    /// The transaction that added them.
    pub(crate) transaction: TransactionId,
    pub(crate) created: Timestamp,
    pub(crate) left: Amount,
    pub(crate) dates: PointsDates,
}

/// Points of one batch that a transaction deducted or gave back.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Deduction {
    /// The transaction that added the batch.
    pub(crate) batch: TransactionId,
    /// When it did.
    pub(crate) created: Timestamp,
    pub(crate) points: Amount,
}

impl Batch {
    pub(super) fn deduction(&self, points: Amount) -> Deduction {
        Deduction { batch: self.transaction, created: self.created, points }
    }

    /// All that is left of it.
    pub(crate) fn rest(&self) -> Deduction {
        self.deduction(self.left)
    }
}

impl PointsDates {
    pub(crate) fn new(start: &PointsStartDate, expiry: &PointsExpiryDate) -> Self {
        let awaits_activation = *start == PointsStartDate::OnAction;
        Self { start: start.at(), awaits_activation, expiry: expiry.at() }
    }

    pub(crate) fn is_pending(&self, now: Timestamp) -> bool {
        !self.is_expired(now)
            && (self.awaits_activation || self.start.is_some_and(|start| start > now))
    }

    pub(crate) fn is_expired(&self, now: Timestamp) -> bool {
        self.expiry.is_some_and(|expiry| expiry <= now)
    }

    pub(crate) fn is_active(&self, now: Timestamp) -> bool {
        !self.is_pending(now) && !self.is_expired(now)
    }

    pub(crate) fn start_date(&self) -> PointsStartDate {
        match self.start {
            _ if self.awaits_activation => PointsStartDate::OnAction,
            Some(start) => start.into(),
            None => PointsStartDate::Immediate,
        }
    }

    pub(crate) fn expiry_date(&self) -> PointsExpiryDate {
        self.expiry.map_or(PointsExpiryDate::Unlimited, PointsExpiryDate::from)
    }
}
