//! `integrationGetAllCampaigns`.

use talon_core::model::{
    CampaignFeature, IntegrationCampaign, IntegrationCampaignPage, RuleMetadata,
};
use talon_core::operations::IntegrationGetAllCampaigns;
use talon_core::{ApiError, Timestamp};

use super::Execute;
use crate::page::{Page, PageRequest};
use crate::rules::Rule;
use crate::state::{StoredCampaign, Transaction};

impl Execute for IntegrationGetAllCampaigns {
    fn execute(&self, tx: &mut Transaction<'_>) -> Result<IntegrationCampaignPage, ApiError> {
        let page = PageRequest::new(self.page_size, self.skip, PageRequest::SIZE)?;
        let all = tx.state.campaigns.iter();
        let mut matches: Vec<_> = all
            .filter(|campaign| campaign.runs_at(tx.now) && is_asked_for(self, campaign))
            .collect();
        matches.sort_by_key(|campaign| campaign.id());
        let Page { rows, has_more } = page.page(matches);
        Ok(IntegrationCampaignPage { has_more, data: rows.into_iter().map(reply).collect() })
    }
}

/// Whether a campaign passes every filter that the request has.
fn is_asked_for(request: &IntegrationGetAllCampaigns, listed: &StoredCampaign) -> bool {
    let campaign = &listed.campaign;
    let ids = &request.campaign_ids;
    let stores = campaign.linked_store_ids.as_deref().unwrap_or_default();
    (ids.is_empty() || ids.contains(&campaign.id))
        && is_within(campaign.start_time, request.start_after, request.start_before)
        && is_within(campaign.end_time, request.end_after, request.end_before)
        && request.store_id.is_none_or(|id| stores.contains(&id))
        && request.audience_id.is_none_or(|id| listed.audiences.contains(&id))
}

/// Bounds are inclusive. A campaign without the instant is within no bounds.
fn is_within(at: Option<Timestamp>, after: Option<Timestamp>, before: Option<Timestamp>) -> bool {
    let is_unbounded = after.is_none() && before.is_none();
    at.map_or(is_unbounded, |at| {
        after.is_none_or(|after| at >= after) && before.is_none_or(|before| at <= before)
    })
}

fn reply(stored: &StoredCampaign) -> IntegrationCampaign {
    let campaign = stored.campaign.clone();
    // The list has no word for campaigns of events of V3.
    let mut features = campaign.features;
    features.retain(|feature| *feature != CampaignFeature::AdvancedEvents);
    let audiences: Vec<_> = stored.audiences.iter().copied().collect();
    IntegrationCampaign {
        application_id: campaign.application_id,
        id: campaign.id,
        name: campaign.name,
        description: Some(campaign.description).filter(|description| !description.is_empty()),
        start_time: campaign.start_time,
        end_time: campaign.end_time,
        attributes: campaign.attributes,
        state: campaign.state,
        tags: campaign.tags,
        features,
        rules: stored.rules.iter().map(metadata).collect(),
        linked_store_ids: campaign.linked_store_ids,
        linked_audience_ids: Some(audiences).filter(|ids| !ids.is_empty()),
    }
}

fn metadata(rule: &Rule) -> RuleMetadata {
    RuleMetadata {
        title: rule.name.clone(),
        display_name: rule.display_name.clone(),
        display_description: rule.display_description.clone(),
        related_data: rule.related_data.clone(),
    }
}
