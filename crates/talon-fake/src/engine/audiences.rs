//! Memberships of profiles in audiences.

use std::collections::BTreeSet;

use talon_core::model::AudienceMembership;
use talon_core::{AudienceId, ProfileId};

use crate::rules::AudienceChanges;
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
    if let Err(place) = memberships.binary_search_by_key(&id, |membership| membership.id) {
        memberships.insert(place, AudienceMembership { id, name: name.clone() });
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

/// Audiences that the profile is a member of.
pub(crate) fn of(tx: &Transaction<'_>, profile: &ProfileId) -> BTreeSet<AudienceId> {
    let memberships = tx.profile(profile).and_then(|it| it.profile.audience_memberships.as_ref());
    memberships.into_iter().flatten().map(|membership| membership.id).collect()
}

/// How the memberships of the profile differ from those before.
pub(crate) fn changes_since(
    tx: &Transaction<'_>,
    profile: &ProfileId,
    before: &BTreeSet<AudienceId>,
) -> AudienceChanges {
    let now = of(tx, profile);
    AudienceChanges { joined: &now - before, left: before - &now }
}
