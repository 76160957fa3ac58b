//! Catalogs: what the items of a cart take from them, and how requests change them.

use std::collections::BTreeMap;

use http::StatusCode;
use talon_core::model::{CartItem, PriceDetail};
use talon_core::{ApiError, Problem, Timestamp};

use crate::state::{CatalogItemKey, StoredCatalogItem, StoredPriceAdjustment, Transaction};

mod filter;
mod sync;

pub(crate) use filter::number;
pub(crate) use sync::sync;

/// Adds what the catalog of the application has of the items of a cart: price, attributes and product.
/// What was sent overrides the catalog.
///
/// # Errors
/// A refusal of every item that has no price and is not in the catalog.
pub(super) fn complete(
    tx: &Transaction<'_>,
    items: &mut [CartItem],
    prefix: &str,
) -> Result<(), ApiError> {
    let world = &tx.state.world;
    let Some(id) = world.application.catalog_id else { return Ok(()) };
    let catalog = world.catalogs.iter().find(|catalog| catalog.id == id);
    let selected = catalog.and_then(|catalog| catalog.selected_price_type.as_deref());
    let mut problems = Vec::new();
    for (index, item) in items.iter_mut().enumerate() {
        clear_read_only(item);
        match tx.catalog_item(&CatalogItemKey::new(id, &*item.sku)) {
            Some(known) => complete_item(item, known, selected, tx.now),
            None if item.price.is_none() => {
                let pointer = format!("{prefix}/cartItems/{index}/price");
                let details = "price is required of an item that is not in the catalog";
                problems.push(Problem::at(pointer, "required", details));
            }
            None => {}
        }
    }
    refuse(problems)
}

fn refuse(problems: Vec<Problem>) -> Result<(), ApiError> {
    if problems.is_empty() {
        return Ok(());
    }
    let message = "The submitted data was invalid";
    Err(ApiError::with_problems(StatusCode::BAD_REQUEST, message, problems))
}

/// Removes members that only replies have.
fn clear_read_only(item: &mut CartItem) {
    item.catalog_item_id = None;
    item.selected_price_type = None;
    item.adjustment_reference_id = None;
    item.adjustment_effective_from = None;
    item.adjustment_effective_until = None;
    item.prices = None;
}

fn complete_item(
    item: &mut CartItem,
    known: &StoredCatalogItem,
    selected: Option<&str>,
    now: Timestamp,
) {
    item.catalog_item_id = Some(known.id);
    item.product = item.product.take().or_else(|| known.product.clone());
    if !known.attributes.is_empty() {
        let sent = item.attributes.replace(known.attributes.clone());
        let attributes = item.attributes.get_or_insert_default();
        if let Some(sent) = &sent {
            attributes.merge(sent);
        }
    }
    let adjustments = adjustments_in_force(known, now);
    if !adjustments.is_empty() {
        let prices = adjustments.iter().map(|(name, it)| ((*name).to_owned(), detail(it)));
        item.prices = Some(prices.collect());
    }
    if item.price.is_some() {
        return;
    }
    match selected.and_then(|selected| adjustments.get(selected)) {
        Some(adjustment) => select(item, adjustment),
        None => item.price = known.price,
    }
}

/// The adjustment of each type that applies: of those that are in force, the one that was calculated
/// last. A type whose price was ended is left out.
fn adjustments_in_force(
    item: &StoredCatalogItem,
    now: Timestamp,
) -> BTreeMap<&str, &StoredPriceAdjustment> {
    let mut latest = BTreeMap::<&str, &StoredPriceAdjustment>::new();
    for adjustment in item.adjustments.iter().filter(|it| it.is_in_force(now)) {
        let known = latest.entry(&adjustment.price_type).or_insert(adjustment);
        if known.calculated_at <= adjustment.calculated_at {
            *known = adjustment;
        }
    }
    latest.retain(|_, adjustment| adjustment.price.is_some());
    latest
}

/// Gives the item the price of an adjustment.
fn select(item: &mut CartItem, adjustment: &StoredPriceAdjustment) {
    item.price = adjustment.price;
    item.selected_price_type = Some(adjustment.price_type.clone());
    item.adjustment_reference_id = Some(adjustment.reference_id.clone());
    item.adjustment_effective_from = Some(adjustment.effective_from);
    item.adjustment_effective_until = adjustment.effective_until;
}

fn detail(adjustment: &StoredPriceAdjustment) -> PriceDetail {
    PriceDetail {
        price: adjustment.price,
        adjustment_context_id: adjustment.context_id.clone(),
        adjustment_reference_id: Some(adjustment.reference_id.clone()),
        adjustment_effective_from: Some(adjustment.effective_from),
        adjustment_effective_until: adjustment.effective_until,
        ..PriceDetail::default()
    }
}
