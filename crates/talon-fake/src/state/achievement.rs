//! Achievements of a world.

use std::collections::BTreeMap;

use talon_core::model::{AchievementAvailability, CampaignFrontendState};
use talon_core::{AchievementId, CampaignId, Timestamp};

use super::StoredCampaign;
use crate::world::{Achievement, World};
use crate::zone::Zone;

/// An achievement with the campaigns that use it; never changes.
#[derive(Debug)]
pub(crate) struct StoredAchievement {
    pub(crate) definition: Achievement,
    zone: Zone,
    /// By ascending id.
    pub(crate) campaigns: Vec<CampaignId>,
    /// Whether a condition asks for its completion.
    pub(crate) is_asked_for: bool,
}

impl StoredAchievement {
    /// The achievements of a world. A campaign uses those that it declares or its rules name.
    pub(super) fn all(
        world: &World,
        campaigns: &[StoredCampaign],
        zone: &Zone,
    ) -> BTreeMap<AchievementId, Self> {
        let stored = |definition: &Achievement| {
            let id = definition.id;
            let uses = |campaign: &&StoredCampaign| {
                definition.campaign_ids.contains(&campaign.id())
                    || campaign.rules.iter().any(|rule| rule.names_achievement(|it| it == id))
            };
            let mut used_by: Vec<_> =
                campaigns.iter().filter(uses).map(StoredCampaign::id).collect();
            used_by.sort_unstable();
            let mut rules = campaigns.iter().flat_map(|campaign| &campaign.rules);
            let is_asked_for = rules.any(|rule| rule.when.asks_for_achievement(|it| it == id));
            let zone = definition.own_zone().unwrap_or_else(|| zone.clone());
            (id, Self { definition: definition.clone(), zone, campaigns: used_by, is_asked_for })
        };
        world.achievements.iter().map(stored).collect()
    }

    pub(crate) fn id(&self) -> AchievementId {
        self.definition.id
    }

    /// Start and end of a progress tracker that is opened now; `None` when none can be.
    pub(crate) fn period_at(&self, now: Timestamp) -> Option<(Timestamp, Option<Timestamp>)> {
        self.definition.period_at(now, &self.zone)
    }

    /// Whether customers can take part now or later: a campaign that uses it runs or is scheduled, and
    /// it is not over.
    pub(crate) fn availability(
        &self,
        campaigns: &[StoredCampaign],
        now: Timestamp,
    ) -> Option<AchievementAvailability> {
        let users = campaigns.iter().filter(|campaign| self.campaigns.contains(&campaign.id()));
        let states: Vec<_> = users.map(|campaign| campaign.frontend_state_at(now)).collect();
        let is_ahead = self.definition.fixed_start_date.is_some_and(|start| now < start);
        let runs = states.contains(&CampaignFrontendState::Running);
        if self.definition.is_over(now) {
            None
        } else if runs && !is_ahead {
            Some(AchievementAvailability::Active)
        } else if runs || states.contains(&CampaignFrontendState::Scheduled) {
            Some(AchievementAvailability::Scheduled)
        } else {
            None
        }
    }
}
