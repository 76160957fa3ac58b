//! Audiences and stores that a campaign is limited to.

use crate::rules::Facts;
use crate::state::StoredCampaign;

impl StoredCampaign {
    /// Whether it may be evaluated for the customer and the store.
    pub(super) fn is_open_to(&self, facts: &Facts<'_>) -> bool {
        self.is_for_audience(facts) && self.is_for_store(facts)
    }

    /// Whether the customer is a member of an audience that it is limited to.
    pub(super) fn is_for_audience(&self, facts: &Facts<'_>) -> bool {
        let memberships = facts.profile.and_then(|profile| profile.audience_memberships.as_ref());
        let mut memberships = memberships.into_iter().flatten();
        self.audiences.is_empty() || memberships.any(|it| self.audiences.contains(&it.id))
    }

    fn is_for_store(&self, facts: &Facts<'_>) -> bool {
        let store = facts.session.store_integration_id.as_ref();
        self.stores.is_empty() || store.is_some_and(|store| self.stores.contains(store))
    }
}
