//! Memberships of profiles in audiences.

use std::collections::BTreeSet;

use talon_core::model::Audience;
use talon_core::{AudienceId, ProfileId};

use crate::rules::AudienceChanges;
use crate::state::{
    ACCOUNT, AudienceName, Membership, StoredAudience, StoredCampaign, Transaction,
};
use crate::world;

/// Makes the profile a member; returns the audience's name, or `None` when there is no such
/// audience or no such profile.
pub(crate) fn join(
    tx: &mut Transaction<'_>,
    profile: &ProfileId,
    id: AudienceId,
) -> Option<String> {
    let stored = tx.audience(id)?;
    let (name, generation) = (stored.audience.name.clone(), stored.generation);
    let mut memberships = memberships(tx, profile)?;
    if let Err(place) = memberships.binary_search_by_key(&id, |it| it.audience) {
        memberships.insert(place, Membership { audience: id, generation });
        replace(tx, profile, memberships, (id, true));
    }
    Some(name)
}

/// Ends the membership; returns the audience's name, or `None` when there is no such audience or no
/// such profile.
pub(crate) fn leave(
    tx: &mut Transaction<'_>,
    profile: &ProfileId,
    id: AudienceId,
) -> Option<String> {
    let name = tx.audience(id)?.audience.name.clone();
    let mut memberships = memberships(tx, profile)?;
    if let Ok(place) = memberships.binary_search_by_key(&id, |it| it.audience) {
        memberships.remove(place);
        replace(tx, profile, memberships, (id, false));
    }
    Some(name)
}

/// The memberships of the profile, without those that have ended.
fn memberships(tx: &Transaction<'_>, profile: &ProfileId) -> Option<Vec<Membership>> {
    let memberships = tx.profile(profile)?.memberships.iter().copied();
    Some(memberships.filter(|it| tx.audience_of(*it).is_some()).collect())
}

fn replace(
    tx: &mut Transaction<'_>,
    profile: &ProfileId,
    memberships: Vec<Membership>,
    (id, is_member): (AudienceId, bool),
) {
    let now = tx.now;
    if let Some(stored) = tx.profile_mut(profile) {
        stored.memberships = memberships;
        tx.tables.audience_members.delta(id).set(profile.clone(), is_member, now);
    }
}

/// Ends all memberships of an audience; writes two rows, however many they are.
pub(crate) fn end_memberships(tx: &mut Transaction<'_>, id: AudienceId) {
    let (now, generation) = (tx.now, tx.ids().number());
    if let Some(stored) = tx.tables.audiences.get_mut(&id) {
        stored.generation = generation;
        tx.tables.audience_members.delta(id).end_all(Some(now));
    }
}

/// Deletes an audience with its memberships; writes three rows, however many they are.
pub(crate) fn delete(tx: &mut Transaction<'_>, id: AudienceId) {
    let name = tx.audience(id).and_then(StoredAudience::name);
    if let Some(name) = name {
        tx.tables.audience_names.remove(&name);
    }
    if tx.tables.audiences.remove(&id) {
        tx.tables.audience_members.delta(id).end_all(None);
    }
}

/// Stores an audience of a world with its members, in place of the one with its id.
pub(crate) fn put(tx: &mut Transaction<'_>, seed: &world::Audience) {
    let (now, id) = (tx.now, seed.id);
    let created = tx.audience(id).map_or(now, |stored| stored.audience.created);
    delete(tx, id);
    let generation = tx.ids().number();
    let applications = Some(seed.subscribed_applications_ids.clone());
    let audience = Audience {
        account_id: ACCOUNT.into(),
        id,
        created,
        name: seed.name.clone(),
        subscribed_applications_ids: applications.filter(|ids| !ids.is_empty()),
        integration: seed.integration.clone(),
        integration_id: seed.integration_id.clone(),
        created_in_3rd_party: Some(seed.integration_id.is_some()),
        last_update: Some(now),
        ..Audience::default()
    };
    let stored = StoredAudience { audience, generation };
    if let Some(name) = stored.name() {
        tx.tables.audience_names.put(AudienceName { name, audience: id });
    }
    tx.tables.audiences.put(stored);
    for member in &seed.members {
        tx.profile_or_new(member);
        join(tx, member, id);
    }
}

/// Audiences that the profile is a member of.
pub(crate) fn of(tx: &Transaction<'_>, profile: &ProfileId) -> BTreeSet<AudienceId> {
    memberships(tx, profile).into_iter().flatten().map(|it| it.audience).collect()
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

/// A campaign with a rule that names the audience, or that is limited to it.
pub(crate) fn campaign_with<'s>(
    tx: &Transaction<'s>,
    id: AudienceId,
) -> Option<&'s StoredCampaign> {
    tx.state.campaigns.iter().find(|campaign| {
        campaign.audiences.contains(&id) || campaign.rules.iter().any(|it| it.names_audience(id))
    })
}

#[cfg(test)]
mod tests;
