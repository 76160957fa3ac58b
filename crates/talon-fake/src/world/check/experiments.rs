//! Experiments and their variants.

use super::check_ids;
use crate::world::{World, WorldError};

/// Checks ids, weights, and that the campaigns exist.
pub(super) fn check(world: &World) -> Result<(), WorldError> {
    let experiments = world.experiments.as_deref().unwrap_or_default();
    check_ids("experiments", experiments.iter().map(|experiment| experiment.id))?;
    for (index, experiment) in experiments.iter().enumerate() {
        let place = format!("experiments[{index}]");
        let id = experiment.campaign_id;
        if !world.campaigns.iter().any(|campaign| campaign.id == Some(id)) {
            let reason = format!("there is no campaign {id}");
            return Err(WorldError::at(format!("{place}.campaignId"), reason));
        }
        if experiments[..index].iter().any(|earlier| earlier.campaign_id == id) {
            let reason = "the campaign is part of another experiment";
            return Err(WorldError::at(format!("{place}.campaignId"), reason));
        }
        let variants = &experiment.variants;
        check_ids(&format!("{place}.variants"), variants.iter().map(|variant| variant.id))?;
        if let Some(index) = variants.iter().position(|variant| variant.weight > 100) {
            let place = format!("{place}.variants[{index}].weight");
            return Err(WorldError::at(place, "must be 0 to 100"));
        }
    }
    Ok(())
}
