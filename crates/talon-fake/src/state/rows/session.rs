//! Sessions.

use serde::{Deserialize, Serialize};
use talon_core::effect::Effect;
use talon_core::model::CustomerSessionV2;
use talon_core::{Amount, SessionId};

use super::BudgetKey;
use crate::store::{EncodableRow, EncodedRow, Row};

/// A session and what its close booked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StoredSession {
    pub(crate) session: CustomerSessionV2,
    /// The session that its profile had before this one, itself for the first; `None` while it has
    /// no profile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) before: Option<SessionId>,
    /// The total that the shop computed itself; only V1 sends one.
    pub(crate) own_total: Option<Amount>,
    /// Effects that took force when the session was closed.
    pub(crate) settled: Vec<Effect>,
    /// What they used up of the campaigns' limits.
    pub(crate) spent: Vec<(BudgetKey, Amount)>,
    /// Whether the session is closed and its effects are booked.
    pub(crate) is_booked: bool,
}

impl Row for StoredSession {
    type Key = SessionId;
    type Stored = EncodedRow<Self>;

    fn key(&self) -> &SessionId {
        &self.session.integration_id
    }
}

impl EncodableRow for StoredSession {}
