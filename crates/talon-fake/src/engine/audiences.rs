//! Memberships of profiles in audiences.

use talon_core::model::AudienceMembership;
use talon_core::{AudienceId, ProfileId};

use crate::state::Transaction;

/// Makes the profile a member; returns the audience's name, or `None` when there is no such
/// audience.
pub(crate) fn join(
    tx: &mut Transaction<'_>,
    profile: &ProfileId,
    id: AudienceId,
) -> Option<String> {
    let name = tx.tables.audiences.get(&id)?.name.clone();
    let memberships = &mut tx.profile_mut(profile)?.profile.audience_memberships;
    let memberships = memberships.get_or_insert_default();
    if !memberships.iter().any(|membership| membership.id == id) {
        memberships.push(AudienceMembership { id, name: name.clone() });
        tx.tables.audience_members.delta(id).insert(profile.clone(), true);
    }
    Some(name)
}

/// Ends the membership; returns the audience's name, or `None` when there is no such audience.
pub(crate) fn leave(
    tx: &mut Transaction<'_>,
    profile: &ProfileId,
    id: AudienceId,
) -> Option<String> {
    let name = tx.tables.audiences.get(&id)?.name.clone();
    if let Some(memberships) = &mut tx.profile_mut(profile)?.profile.audience_memberships {
        memberships.retain(|membership| membership.id != id);
        tx.tables.audience_members.delta(id).insert(profile.clone(), false);
    }
    Some(name)
}
