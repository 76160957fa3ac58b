//! Stores and audiences that a campaign is limited to, and how it is found.

use talon_core::AudienceId;
use talon_core::model::CampaignFeature;

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

    /// Sets what it is for.
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = description.into();
        self
    }

    /// Adds words that it is found by.
    #[must_use]
    pub fn tags<T: Into<String>>(mut self, tags: impl IntoIterator<Item = T>) -> Self {
        self.tags.extend(tags.into_iter().map(Into::into));
        self
    }

    /// Switches a feature on that its codes and rules do not need.
    #[must_use]
    pub fn feature(mut self, feature: CampaignFeature) -> Self {
        self.features.push(feature);
        self
    }
}
