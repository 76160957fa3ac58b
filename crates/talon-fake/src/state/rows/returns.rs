//! Returns of items of closed sessions.

use serde::{Deserialize, Serialize};
use talon_core::model::{ItemReturn, ReturnedCartItem};
use talon_core::{EventId, SessionId, Timestamp};

use super::StoredSession;
use crate::state::ACCOUNT;
use crate::store::Row;

/// Items of a closed session that the customer returned at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct StoredReturn {
    pub(crate) id: i64,
    pub(crate) created: Timestamp,
    pub(crate) session: SessionId,
    /// The event that it raised.
    pub(crate) event: EventId,
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

impl StoredReturn {
    /// The return as replies have it.
    pub(crate) fn reply(&self, stored: &StoredSession, profile: Option<i64>) -> ItemReturn {
        let session = &stored.session;
        let items = self.items.iter().map(|item| ReturnedCartItem {
            position: Some(item.position),
            quantity: Some(item.quantity),
            sku: None,
        });
        ItemReturn {
            id: self.id,
            created: self.created,
            application_id: session.application_id,
            account_id: ACCOUNT.into(),
            returned_cart_items: items.collect(),
            event_id: self.event,
            session_id: session.id.unwrap_or_default(),
            session_integration_id: session.integration_id.clone(),
            profile_id: profile,
            profile_integration_id: Some(session.profile_id.clone()).filter(|id| !id.is_empty()),
            created_by: None,
        }
    }
}

impl Row for StoredReturn {
    type Key = i64;
    type Stored = Self;

    fn key(&self) -> &i64 {
        &self.id
    }
}
