//! Audiences that a world begins with, and their members.

use talon_core::model::Audience;
use talon_core::{AudienceId, ProfileId};

use crate::state::{ACCOUNT, AudienceMembers, AudienceName, Membership, State, StoredAudience};
use crate::world;

/// The generation of memberships from the start; later ones are numbers of the sequence of ids.
const FIRST_GENERATION: i64 = 0;

impl State {
    pub(super) fn load_audience(&self, seed: &world::Audience) {
        let id = seed.id;
        let applications = seed.subscribed_applications_ids.clone();
        let audience = Audience {
            account_id: ACCOUNT.into(),
            id,
            created: self.world.now,
            name: seed.name.clone(),
            subscribed_applications_ids: Some(applications).filter(|ids| !ids.is_empty()),
            integration: seed.integration.clone(),
            integration_id: seed.integration_id.clone(),
            created_in_3rd_party: Some(seed.integration_id.is_some()),
            last_update: Some(self.world.now),
            ..Audience::default()
        };
        let stored = StoredAudience { audience, generation: FIRST_GENERATION };
        if let Some(name) = stored.name() {
            self.tables.audience_names.put(AudienceName { name, audience: id });
        }
        self.tables.audiences.put(stored);
        if !seed.members.is_empty() {
            seed.members.iter().for_each(|member| self.load_member(member, id));
            let members = AudienceMembers::new(id, seed.members.iter().cloned());
            self.tables.audience_members.put(members);
        }
    }

    fn load_member(&self, member: &ProfileId, audience: AudienceId) {
        self.change_profile(member, |stored| {
            let place = stored.memberships.partition_point(|it| it.audience < audience);
            let membership = Membership { audience, generation: FIRST_GENERATION };
            stored.memberships.insert(place, membership);
        });
    }
}
