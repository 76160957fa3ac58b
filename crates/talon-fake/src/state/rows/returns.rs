//! Returns of items of closed sessions.

use serde::{Deserialize, Serialize};
use talon_core::{SessionId, Timestamp};

use crate::store::Row;

/// Items of a closed session that the customer returned at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct StoredReturn {
    pub(crate) id: i64,
    pub(crate) created: Timestamp,
    pub(crate) session: SessionId,
    pub(crate) items: Vec<ReturnedItem>,
    /// The return before this one of the same session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) before: Option<i64>,
}

/// Units of a line of the cart that were returned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ReturnedItem {
    /// The position of the line, counted from 0.
    pub(crate) position: i64,
    pub(crate) quantity: i64,
}

impl Row for StoredReturn {
    type Key = i64;
    type Stored = Self;

    fn key(&self) -> &i64 {
        &self.id
    }
}
