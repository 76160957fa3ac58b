//! Catalogs and prices.

use std::collections::BTreeMap;

use talon_core::model::{
    AudienceReference, BestPriorPriceRequest, Catalog, PriceTargetType, PriorPrice,
    PriorPriceMetadata, PriorPriceTarget, TimeframeEnd,
};
use talon_core::operations::{BestPriorPrice, SyncCatalog};
use talon_core::{ApiError, AudienceId};

use super::Execute;
use super::validate::Problems;
use crate::engine::catalogs;
use crate::engine::prices::{self, ObservedPrice, Timeframe};
use crate::state::Transaction;

impl Execute for SyncCatalog {
    fn execute(&self, tx: &mut Transaction<'_>) -> Result<Catalog, ApiError> {
        let mut problems = Problems::new();
        problems.catalog_sync(&self.sync);
        problems.finish()?;
        tx.expect_catalog(self.catalog_id)?;
        let world = &tx.state.world;
        let declared = world.catalogs.iter().find(|catalog| catalog.id == self.catalog_id);
        let names = declared.and_then(|catalog| catalog.attributes.as_ref());
        let mut problems = Problems::new();
        problems.catalog_attributes(&self.sync, tx.state.schema.cart_item.as_ref(), names);
        problems.finish()?;
        catalogs::sync(tx, self.catalog_id, &self.sync.actions)
    }
}

impl Execute for BestPriorPrice {
    fn execute(&self, tx: &mut Transaction<'_>) -> Result<Vec<PriorPrice>, ApiError> {
        let mut problems = Problems::new();
        let timeframe = timeframe(&mut problems, &self.request);
        let audience = audience(&mut problems, &self.request);
        problems.finish()?;
        let mut found = BTreeMap::new();
        for sku in &self.request.skus {
            found.entry(sku).or_insert_with(|| prices::best(tx, sku, &timeframe, audience));
        }
        let found = self.request.skus.iter().filter_map(|sku| found.remove(sku).flatten());
        Ok(found.map(|price| reply(tx, price)).collect())
    }
}

fn timeframe(problems: &mut Problems, request: &BestPriorPriceRequest) -> Timeframe {
    if request.skus.is_empty() {
        problems.add("/skus", "minItems", "at least 1 item");
    }
    if let Some(index) = request.skus.iter().position(String::is_empty) {
        problems.add(format!("/skus/{index}"), "minLength", "must not be empty");
    }
    let is_number = request.timeframe.bytes().all(|byte| byte.is_ascii_digit());
    let days = if is_number { request.timeframe.parse().unwrap_or(0) } else { 0 };
    if days == 0 {
        let details = "timeframe must be a number of days, 1 or more";
        problems.add("/timeframe", "Invalid", details);
    }
    Timeframe { end: request.timeframe_end_date, end_type: end_type(problems, request), days }
}

/// What ends the timeframe, as it is asked for since April 2026 or as before.
fn end_type(problems: &mut Problems, request: &BestPriorPriceRequest) -> TimeframeEnd {
    match (&request.timeframe_end_date_type, request.strict_end_date) {
        (Some(end_type), _) if end_type.is_known() => end_type.clone(),
        (None, Some(true)) => TimeframeEnd::Strict,
        (None, Some(false)) => TimeframeEnd::Sale,
        _ => {
            let pointer = "/timeframeEndDateType";
            problems.one_of(pointer, "timeframeEndDateType", TimeframeEnd::KNOWN);
            TimeframeEnd::default()
        }
    }
}

/// The audience whose prices are asked for.
fn audience(problems: &mut Problems, request: &BestPriorPriceRequest) -> Option<AudienceId> {
    let target = request.target.as_ref()?;
    match &target.target_type {
        PriceTargetType::None => None,
        PriceTargetType::Audience => {
            if target.audience_id.is_none() {
                problems.add(
                    "/target/audienceID",
                    "required",
                    "the id of the audience is required",
                );
            }
            target.audience_id
        }
        _ => {
            problems.one_of("/target/targetType", "targetType", PriceTargetType::KNOWN);
            None
        }
    }
}

fn reply(tx: &Transaction<'_>, price: ObservedPrice<'_>) -> PriorPrice {
    let ObservedPrice { observation, price, context_ids } = price;
    let target = match observation.audience {
        None => PriorPriceTarget { target_type: PriceTargetType::None, audience: None },
        Some(id) => PriorPriceTarget {
            target_type: PriceTargetType::Audience,
            audience: Some(audience_reference(tx, id)),
        },
    };
    PriorPrice {
        id: Some(observation.id),
        sku: observation.sku.clone(),
        observed_at: observation.observed_at,
        context_ids,
        // Superseded by the list. Clients from before February 2026 require it.
        context_id: Some(String::new()),
        price,
        metadata: PriorPriceMetadata {
            influencing_campaign_details: observation.campaigns.clone(),
            adjustment_details: observation.adjustment.clone().map(Into::into),
            ..PriorPriceMetadata::default()
        },
        target: Some(target.into()),
    }
}

/// The audience, by its id alone when it was deleted.
fn audience_reference(tx: &Transaction<'_>, id: AudienceId) -> AudienceReference {
    let audience = tx.tables.audiences.get(&id).map(|stored| &stored.audience);
    AudienceReference {
        id,
        integration: audience.and_then(|audience| audience.integration.clone()),
        integration_id: audience.and_then(|audience| audience.integration_id.clone()),
    }
}
