//! Transactions of loyalty points.

use serde::{Deserialize, Serialize};
use talon_core::{Amount, CampaignId, SessionId, Timestamp};

use super::{Deduction, LoyaltyAccountKey, TransactionId};
use crate::store::{EncodableRow, EncodedRow, Row};

/// An addition or a deduction of points. Transactions are kept, also when they are rolled back: a
/// rollback is a transaction of the opposite kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct PointTransaction {
    pub(crate) id: TransactionId,
    pub(crate) account: LoyaltyAccountKey,
    pub(crate) subledger: String,
    pub(crate) kind: PointTransactionKind,
    pub(crate) points: Amount,
    /// The reason that the customer is shown.
    pub(crate) name: String,
    pub(crate) created: Timestamp,
    /// When added points can be spent; at once when absent. Whether they are pending, active or
    /// expired follows from the dates and the clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) start: Option<Timestamp>,
    /// When added points can no longer be spent; never when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) expiry: Option<Timestamp>,
    /// The session whose close booked it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) session: Option<SessionId>,
    pub(crate) campaign: CampaignId,
    pub(crate) rule: String,
    /// The transaction that this one rolls back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) rolls_back: Option<TransactionId>,
    /// The batches that a deduction took its points from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) deductions: Vec<Deduction>,
    /// The transaction before this one in the account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) before: Option<TransactionId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum PointTransactionKind {
    Addition,
    Deduction,
}

impl Row for PointTransaction {
    type Key = TransactionId;
    type Stored = EncodedRow<Self>;

    fn key(&self) -> &TransactionId {
        &self.id
    }
}

impl EncodableRow for PointTransaction {}
