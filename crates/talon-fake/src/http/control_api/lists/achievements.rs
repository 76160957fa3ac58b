//! Achievements, and the progress of profiles in them.

use schemars::JsonSchema;
use serde::Serialize;
use talon_core::model::{AchievementAvailability, AchievementProgress};
use talon_core::{AchievementId, CampaignId, ProfileId};

use super::{ApiModel, ControlRequest, MAX_LISTED, Reply, list as page, number, row};
use crate::operations::achievement_progress;
use crate::state::{ProgressKey, State, Transaction};
use crate::world::Achievement;

/// An achievement.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct AchievementRow {
    /// As a world file has it.
    definition: Achievement,
    /// Campaigns that use it.
    campaign_ids: Vec<CampaignId>,
    /// Whether customers can take part in it now or later.
    #[schemars(with = "Option<String>")]
    availability: Option<AchievementAvailability>,
    /// Progress of the first 100 profiles by their ids.
    progress: Vec<ProfileProgress>,
}

/// The latest progress of a profile.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct ProfileProgress {
    profile_id: ProfileId,
    #[serde(flatten)]
    #[schemars(with = "ApiModel")]
    progress: AchievementProgress,
}

pub(in super::super) fn list(call: &ControlRequest<'_>) -> Reply {
    let (request, state) = (call.page()?, call.world()?.state());
    let keys = state.tables.latest_trackers.keys();
    let ids = state.achievements.keys().copied().collect();
    Ok(page(request, ids, |id| AchievementRow::new(&state, *id, &keys)))
}

pub(in super::super) fn show(call: &ControlRequest<'_>) -> Reply {
    let state = call.world()?.state();
    let keys = state.tables.latest_trackers.keys();
    row(number(call).and_then(|id| AchievementRow::new(&state, id, &keys)))
}

impl AchievementRow {
    fn new(state: &State, id: AchievementId, keys: &[ProgressKey]) -> Option<Self> {
        let tx = Transaction::new(state);
        let stored = tx.achievement(id)?;
        let progress = keys.iter().filter(|key| key.achievement == id).filter_map(|key| {
            let tracker = tx.trackers(id, &key.profile).next()?;
            let progress = achievement_progress(&tx, stored, tracker);
            Some(ProfileProgress { profile_id: key.profile.clone(), progress })
        });
        Some(Self {
            definition: Achievement { progress: Vec::new(), ..stored.definition.clone() },
            campaign_ids: stored.campaigns.clone(),
            availability: stored.availability(&state.campaigns, tx.now),
            progress: progress.take(MAX_LISTED).collect(),
        })
    }
}
