//! The campaigns of a world.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;

use talon_core::model::{Campaign, CampaignFrontendState, CampaignState};
use talon_core::{AudienceId, CampaignId, RulesetId, Timestamp};

use crate::rules::Rule;
use crate::world::Experiment;

/// The campaigns of a world, in the order of their evaluation; never changes.
#[derive(Debug)]
pub(crate) struct Campaigns {
    in_order: Vec<StoredCampaign>,
    by_id: BTreeMap<CampaignId, usize>,
}

impl Campaigns {
    pub(crate) fn get(&self, id: CampaignId) -> Option<&StoredCampaign> {
        self.in_order.get(*self.by_id.get(&id)?)
    }
}

impl FromIterator<StoredCampaign> for Campaigns {
    fn from_iter<I: IntoIterator<Item = StoredCampaign>>(campaigns: I) -> Self {
        let in_order: Vec<_> = campaigns.into_iter().collect();
        let ids = in_order.iter().map(StoredCampaign::id);
        Self { by_id: ids.zip(0..).collect(), in_order }
    }
}

impl Deref for Campaigns {
    type Target = [StoredCampaign];

    fn deref(&self) -> &[StoredCampaign] {
        &self.in_order
    }
}

/// A campaign with its rules; never changes.
#[derive(Debug)]
pub(crate) struct StoredCampaign {
    pub(crate) campaign: Campaign,
    pub(crate) ruleset_id: RulesetId,
    pub(crate) rules: Vec<Rule>,
    pub(crate) partial_rewards: bool,
    /// Whether a return of items may evaluate it again.
    pub(crate) reevaluate_on_return: bool,
    /// Audiences that it is limited to; everybody's where there are none.
    pub(crate) audiences: BTreeSet<AudienceId>,
    /// Integration ids of the stores that it is limited to; everywhere where there are none.
    pub(crate) stores: BTreeSet<String>,
    /// The experiment that it is part of.
    pub(crate) experiment: Option<Experiment>,
}

impl StoredCampaign {
    pub(crate) fn id(&self) -> CampaignId {
        self.campaign.id
    }

    /// Whether it is enabled and `now` is within its dates.
    pub(crate) fn runs_at(&self, now: Timestamp) -> bool {
        self.campaign.state == CampaignState::Enabled
            && self.campaign.start_time.is_none_or(|start| start <= now)
            && self.campaign.end_time.is_none_or(|end| now < end)
    }

    pub(crate) fn is_archived(&self) -> bool {
        self.campaign.state == CampaignState::Archived
    }

    /// Its state in the user interface of the service.
    pub(crate) fn frontend_state_at(&self, now: Timestamp) -> CampaignFrontendState {
        match self.campaign.state {
            CampaignState::Archived => CampaignFrontendState::Archived,
            CampaignState::Enabled if self.runs_at(now) => CampaignFrontendState::Running,
            CampaignState::Enabled if self.campaign.start_time.is_some_and(|start| now < start) => {
                CampaignFrontendState::Scheduled
            }
            CampaignState::Enabled => CampaignFrontendState::Expired,
            _ => CampaignFrontendState::Disabled,
        }
    }
}
