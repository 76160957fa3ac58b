//! Audiences and their members, for tests.

use talon_core::model::Audience;
use talon_core::{AudienceId, ProfileId};

use super::Fake;
use crate::state::Transaction;

impl Fake {
    /// The stored audience.
    pub fn audience(&self, id: impl Into<AudienceId>) -> Option<Audience> {
        Transaction::new(&self.state()).audience_reply(id.into()).ok()
    }

    /// The members of an audience, in the order of their ids; none when there is no such audience.
    ///
    /// ```
    /// use talon_fake::world::Audience;
    /// use talon_fake::{Fake, World};
    ///
    /// let vip = Audience::new(5, "VIP").members(["ben", "anna"]);
    /// let talon = Fake::new(World::new().add_audience(vip))?;
    ///
    /// assert_eq!(talon.members_of(5), ["anna", "ben"]);
    /// # Ok::<(), talon_fake::WorldError>(())
    /// ```
    pub fn members_of(&self, audience: impl Into<AudienceId>) -> Vec<ProfileId> {
        let members = Transaction::new(&self.state()).members(audience.into());
        members.profiles.iter().cloned().collect()
    }

    /// How many members an audience has; takes the same time for any number of them.
    pub fn member_count(&self, audience: impl Into<AudienceId>) -> usize {
        Transaction::new(&self.state()).members(audience.into()).profiles.size()
    }
}
