//! Campaigns and how they make codes.

use talon_core::model::{CampaignFeature, CampaignState, CodeGeneratorSettings};

use super::{Seen, must_be_one_of};
use crate::world::{Campaign, WorldError};

/// Checks name, id, state and settings.
pub(super) fn check(place: &str, campaign: &Campaign, seen: &mut Seen) -> Result<(), WorldError> {
    if campaign.name.is_empty() {
        return Err(WorldError::at(format!("{place}.name"), "must not be empty"));
    }
    if campaign.id.is_some_and(|id| id.get() < 1) {
        return Err(WorldError::at(format!("{place}.id"), "must be 1 or more"));
    }
    if campaign.id.is_some_and(|id| !seen.campaigns.insert(id)) {
        return Err(WorldError::at(format!("{place}.id"), "another campaign has this id"));
    }
    if let Some(state) = campaign.state.as_ref().filter(|state| !state.is_known()) {
        let reason = must_be_one_of(state.as_str(), CampaignState::KNOWN);
        return Err(WorldError::at(format!("{place}.state"), reason));
    }
    let mut features = campaign.features.iter();
    if let Some(index) = features.position(|feature| !feature.is_known()) {
        let place = format!("{place}.features[{index}]");
        let reason = must_be_one_of(campaign.features[index].as_str(), CampaignFeature::KNOWN);
        return Err(WorldError::at(place, reason));
    }
    check_characters(&format!("{place}.referralSettings"), campaign.referral_settings.as_ref())?;
    check_characters(&format!("{place}.couponSettings"), campaign.coupon_settings.as_ref())
}

/// Without a character to choose, a code would be its pattern.
pub(super) fn check_characters(
    place: &str,
    settings: Option<&CodeGeneratorSettings>,
) -> Result<(), WorldError> {
    let Some(CodeGeneratorSettings { valid_characters, coupon_pattern }) = settings else {
        return Ok(());
    };
    if valid_characters.is_empty() && coupon_pattern.contains('#') {
        let reason = "must not be empty; without it, letters and digits are taken";
        return Err(WorldError::at(format!("{place}.validCharacters"), reason));
    }
    match valid_characters.iter().position(|character| character.chars().count() != 1) {
        None => Ok(()),
        Some(index) => {
            let place = format!("{place}.validCharacters[{index}]");
            Err(WorldError::at(place, "must be one character"))
        }
    }
}
