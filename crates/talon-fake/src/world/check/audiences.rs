//! Audiences, and the campaigns that are limited to them and to stores.

use std::collections::BTreeSet;

use super::{check_ids, declared};
use crate::world::{Audience, World, WorldError};

/// Maximum number of characters of an integration id.
const MAX_ID: usize = 1000;

pub(super) fn check(world: &World) -> Result<(), WorldError> {
    check_ids("audiences", world.audiences.iter().map(|audience| audience.id))?;
    let mut names = BTreeSet::new();
    for (index, audience) in world.audiences.iter().enumerate() {
        let place = format!("audiences[{index}]");
        check_audience(&place, audience)?;
        let integration = audience.integration.as_deref().unwrap_or_default().to_lowercase();
        let name = audience.integration_id.as_ref().map(|id| (integration, id));
        if name.is_some_and(|name| !names.insert(name)) {
            let reason = "another audience of the integration has this id";
            return Err(WorldError::at(format!("{place}.integrationId"), reason));
        }
    }
    check_links(world)
}

fn check_audience(place: &str, audience: &Audience) -> Result<(), WorldError> {
    if audience.id.get() < 1 {
        return Err(WorldError::at(format!("{place}.id"), "must be 1 or more"));
    }
    if audience.name.is_empty() {
        return Err(WorldError::at(format!("{place}.name"), "must not be empty"));
    }
    let at = |reason| WorldError::at(format!("{place}.integrationId"), reason);
    match &audience.integration_id {
        Some(id) if !(1..=MAX_ID).contains(&id.chars().count()) => {
            return Err(at("must have 1 to 1000 characters"));
        }
        None if audience.integration.is_some() => {
            return Err(at("is missing; an audience of an integration has an id there"));
        }
        _ => {}
    }
    let mut seen = BTreeSet::new();
    for (index, member) in audience.members.iter().enumerate() {
        let place = format!("{place}.members[{index}]");
        if !(1..=MAX_ID).contains(&member.as_str().chars().count()) {
            return Err(WorldError::at(place, "must have 1 to 1000 characters"));
        }
        if !seen.insert(member) {
            return Err(WorldError::at(place, "is listed twice"));
        }
    }
    Ok(())
}

/// What a campaign is limited to exists: otherwise it would never be evaluated.
fn check_links(world: &World) -> Result<(), WorldError> {
    for (index, campaign) in world.campaigns.iter().enumerate() {
        for (position, id) in campaign.linked_store_ids.iter().enumerate() {
            let place = format!("campaigns[{index}].linkedStoreIds[{position}]");
            let known = world.stores.iter().flatten().map(|store| store.id);
            declared::has_id(&place, "store", *id, known)?;
        }
        for (position, id) in campaign.linked_audience_ids.iter().enumerate() {
            let place = format!("campaigns[{index}].linkedAudienceIds[{position}]");
            let known = world.audiences.iter().map(|audience| audience.id);
            declared::has_id(&place, "audience", *id, known)?;
        }
    }
    Ok(())
}
