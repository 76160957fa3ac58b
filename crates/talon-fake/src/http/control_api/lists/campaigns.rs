//! Campaigns.

use schemars::JsonSchema;
use serde::Serialize;
use talon_core::CampaignId;
use talon_core::model::Campaign;

use super::{ApiModel, ControlRequest, Reply, list as page, number, row};
use crate::state::{StoredCampaign, Transaction};
use crate::world;

/// A campaign.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct CampaignRow {
    /// As replies show it, with its counters.
    #[schemars(with = "ApiModel")]
    campaign: Campaign,
    /// As a world file has it, without its coupons and referrals.
    definition: world::Campaign,
}

pub(in super::super) fn list(call: &ControlRequest<'_>) -> Reply {
    let (request, state) = (call.page()?, call.world()?.state());
    let tx = Transaction::new(&state);
    let ids = state.campaigns.iter().map(StoredCampaign::id).collect();
    Ok(page(request, ids, |id| CampaignRow::new(&tx, *id)))
}

pub(in super::super) fn show(call: &ControlRequest<'_>) -> Reply {
    let state = call.world()?.state();
    let tx = Transaction::new(&state);
    row(number(call).and_then(|id| CampaignRow::new(&tx, id)))
}

impl CampaignRow {
    fn new(tx: &Transaction<'_>, id: CampaignId) -> Option<Self> {
        let index = tx.state.campaigns.iter().position(|stored| stored.id() == id)?;
        let definition = world::Campaign {
            id: Some(id),
            coupons: Vec::new(),
            referrals: Vec::new(),
            ..tx.state.world.campaigns.get(index)?.clone()
        };
        Some(Self { campaign: tx.campaign_reply(id)?, definition })
    }
}
