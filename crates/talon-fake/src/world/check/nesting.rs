//! How deep attributes and rules nest.

use talon_core::Attributes;

use crate::nesting::{self, MAX_LEVELS};
use crate::world::{World, WorldError};

/// What nests too deep could be served, and not be read back from a state file.
pub(super) fn check(world: &World) -> Result<(), WorldError> {
    for (index, profile) in world.profiles.iter().enumerate() {
        check_attributes(|| format!("profiles[{index}]"), &profile.attributes)?;
    }
    for (index, catalog) in world.catalogs.iter().enumerate() {
        for (item_index, item) in catalog.items.iter().enumerate() {
            let place = || format!("catalogs[{index}].items[{item_index}]");
            check_attributes(place, &item.attributes)?;
        }
    }
    for (index, campaign) in world.campaigns.iter().enumerate() {
        let place = format!("campaigns[{index}]");
        check_attributes(|| place.clone(), &campaign.attributes)?;
        for (index, coupon) in campaign.coupons.iter().enumerate() {
            check_attributes(|| format!("{place}.coupons[{index}]"), &coupon.attributes)?;
        }
        for (index, rule) in campaign.rules.iter().enumerate() {
            // A rule with a closure has no levels, and its world no file.
            if nesting::levels_of(rule).is_some_and(|levels| levels > MAX_LEVELS) {
                let reason = format!("a rule nests {MAX_LEVELS} levels deep at most");
                return Err(WorldError::at(format!("{place}.rules[{index}]"), reason));
            }
        }
    }
    Ok(())
}

fn check_attributes(
    place: impl FnOnce() -> String,
    attributes: &Attributes,
) -> Result<(), WorldError> {
    let Some(name) = nesting::too_deep(attributes) else { return Ok(()) };
    let reason = format!("an attribute nests {MAX_LEVELS} levels deep at most");
    Err(WorldError::at(format!("{}.attributes.{name}", place()), reason))
}
