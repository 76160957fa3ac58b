//! Stores and audiences that a campaign is limited to.

use talon_core::AudienceId;

use super::Campaign;

impl Campaign {
    /// Limits it to sessions and events of stores, by their ids in the service.
    #[must_use]
    pub fn stores(mut self, ids: impl IntoIterator<Item = i64>) -> Self {
        self.linked_store_ids.extend(ids);
        self
    }

    /// Limits it to members of one of these audiences.
    #[must_use]
    pub fn audiences<Id: Into<AudienceId>>(mut self, ids: impl IntoIterator<Item = Id>) -> Self {
        self.linked_audience_ids.extend(ids.into_iter().map(Into::into));
        self
    }
}
