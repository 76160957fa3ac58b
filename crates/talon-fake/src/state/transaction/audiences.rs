//! Audiences and their memberships, in both directions.

use std::borrow::Cow;

use talon_core::model::{Audience, AudienceMembership, CustomerProfile};
use talon_core::{ApiError, AudienceId, ProfileId};

use super::{Transaction, not_found};
use crate::state::{AudienceMembers, Membership, StoredAudience, StoredProfile};

impl Transaction<'_> {
    pub(crate) fn audience(&self, id: AudienceId) -> Option<&StoredAudience> {
        self.tables.audiences.get(&id)
    }

    /// The audience, or the refusal that there is none.
    pub(crate) fn expect_audience(&self, id: AudienceId) -> Result<&StoredAudience, ApiError> {
        self.audience(id).ok_or_else(|| not_found("audience"))
    }

    /// The audience as replies show it.
    pub(crate) fn audience_reply(&self, id: AudienceId) -> Result<Audience, ApiError> {
        let audience = self.expect_audience(id)?.audience.clone();
        let last_update = self.members(id).changed.or(audience.last_update);
        Ok(Audience { last_update, ..audience })
    }

    /// The members of an audience. Reads one row.
    pub(crate) fn members(&self, id: AudienceId) -> AudienceMembers {
        self.tables.audience_members.get(&id)
    }

    /// The audience of a membership, unless the membership has ended.
    pub(crate) fn audience_of(&self, membership: Membership) -> Option<&StoredAudience> {
        let audience = self.audience(membership.audience)?;
        (audience.generation == membership.generation).then_some(audience)
    }

    /// A profile with its memberships. Reads the rows of its audiences alone.
    pub(crate) fn with_memberships<'p>(
        &self,
        stored: &'p StoredProfile,
    ) -> Cow<'p, CustomerProfile> {
        let profile = stored.shown(self.now);
        if stored.memberships.is_empty() {
            return profile;
        }
        let audiences = stored.memberships.iter().filter_map(|it| self.audience_of(*it));
        let memberships = audiences
            .map(|it| AudienceMembership { id: it.audience.id, name: it.audience.name.clone() });
        let audience_memberships = Some(memberships.collect());
        Cow::Owned(CustomerProfile { audience_memberships, ..profile.into_owned() })
    }

    /// The profile, created when there is none; applications do not find it then.
    pub(crate) fn profile_or_hidden(&mut self, id: &ProfileId) -> &mut StoredProfile {
        if self.profile(id).is_none() {
            let profile = StoredProfile::new(id.clone(), self.ids.number(), self.now);
            return self.tables.profiles.put(StoredProfile { is_hidden: true, ..profile });
        }
        self.tables.profiles.get_mut(id).expect("it was read just now")
    }

    /// A profile as replies show it.
    pub(crate) fn profile_reply(&self, id: &ProfileId) -> Option<CustomerProfile> {
        self.profile(id).map(|stored| self.with_memberships(stored).into_owned())
    }
}
