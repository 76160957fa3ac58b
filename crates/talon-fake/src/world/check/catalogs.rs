//! Catalogs and the history of prices.

use std::collections::BTreeSet;

use talon_core::model::NewPriceAdjustment;

use super::{LARGEST_AMOUNT, check_amount, check_ids, declared, periods};
use crate::world::{Catalog, CatalogItem, PriceObservation, World, WorldError};

/// Maximum number of attributes of a catalog.
const MAX_ATTRIBUTES: usize = 100;

/// Checks ids, names, prices and attributes, and that what is referred to exists.
pub(super) fn check(world: &World) -> Result<(), WorldError> {
    check_ids("catalogs", world.catalogs.iter().map(|catalog| catalog.id))?;
    if let Some(id) = world.application.catalog_id {
        let known = world.catalogs.iter().map(|catalog| catalog.id);
        declared::has_id("application.catalogId", "catalog", id, known)?;
    }
    for (index, catalog) in world.catalogs.iter().enumerate() {
        check_catalog(world, &format!("catalogs[{index}]"), catalog)?;
    }
    for (index, observation) in world.price_history.iter().enumerate() {
        check_observation(world, &format!("priceHistory[{index}]"), observation)?;
    }
    Ok(())
}

fn check_catalog(world: &World, place: &str, catalog: &Catalog) -> Result<(), WorldError> {
    if catalog.version < 1 {
        return Err(at(&format!("{place}.version"), "must be 1 or more"));
    }
    let types = world.attributes.cart_item.as_ref();
    let attributes = catalog.attributes.as_ref();
    if attributes.is_some_and(|names| names.len() > MAX_ATTRIBUTES) {
        let reason = format!("a catalog has {MAX_ATTRIBUTES} attributes at most");
        return Err(WorldError::at(format!("{place}.attributes"), reason));
    }
    for (index, name) in attributes.into_iter().flatten().enumerate() {
        let place = format!("{place}.attributes[{index}]");
        declared::check_name(&place, "cart item", types, name)?;
    }
    let mut skus = BTreeSet::new();
    for (index, item) in catalog.items.iter().enumerate() {
        let place = || format!("{place}.items[{index}]");
        if !skus.insert(&item.sku) {
            return Err(at(&format!("{}.sku", place()), "another one has this sku"));
        }
        check_item(world, place, catalog, item)?;
    }
    Ok(())
}

fn check_item(
    world: &World,
    place: impl Fn() -> String,
    catalog: &Catalog,
    item: &CatalogItem,
) -> Result<(), WorldError> {
    check_text(|| place() + ".sku", &item.sku)?;
    if let Some(price) = item.price {
        check_amount(&format!("{}.price", place()), price, LARGEST_AMOUNT)?;
    }
    if let Some(product) = &item.product {
        check_text(|| place() + ".product", product)?;
    }
    if !item.attributes.is_empty() {
        let place = place() + ".attributes";
        let types = world.attributes.cart_item.as_ref();
        declared::check_values(&place, "cart item", types, &item.attributes)?;
        let names = catalog.attributes.as_ref();
        let unknown =
            names.and_then(|names| item.attributes.keys().find(|it| !names.contains(*it)));
        if let Some(name) = unknown {
            return Err(at(&format!("{place}.{name}"), "the catalog does not have this attribute"));
        }
    }
    for (index, adjustment) in item.price_adjustments.iter().enumerate() {
        check_adjustment(&format!("{}.priceAdjustments[{index}]", place()), adjustment)?;
    }
    Ok(())
}

fn check_adjustment(place: &str, adjustment: &NewPriceAdjustment) -> Result<(), WorldError> {
    check_text(|| format!("{place}.priceType"), &adjustment.price_type)?;
    check_text(|| format!("{place}.referenceId"), &adjustment.reference_id)?;
    if let Some(price) = adjustment.price {
        check_amount(&format!("{place}.price"), price, LARGEST_AMOUNT)?;
    }
    let from = ("effectiveFrom", adjustment.effective_from);
    periods::in_order(place, from, ("effectiveUntil", adjustment.effective_until))
}

fn check_observation(
    world: &World,
    place: &str,
    observation: &PriceObservation,
) -> Result<(), WorldError> {
    if !world.application.enable_best_prior_price {
        return Err(at(place, "the application does not record prices: enableBestPriorPrice"));
    }
    check_text(|| format!("{place}.sku"), &observation.sku)?;
    check_amount(&format!("{place}.price"), observation.price, LARGEST_AMOUNT)?;
    observation
        .audience_id
        .map_or(Ok(()), |id| declared::check_audience(world, &format!("{place}.audienceId"), id))
}

fn check_text(place: impl FnOnce() -> String, text: &str) -> Result<(), WorldError> {
    if text.is_empty() {
        return Err(at(&place(), "must not be empty"));
    }
    Ok(())
}

fn at(place: &str, reason: &str) -> WorldError {
    WorldError::at(place, reason)
}
