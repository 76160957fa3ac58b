//! Changes of a catalog.

use talon_core::model::{
    AddCatalogItem, AddPriceAdjustment, Catalog, CatalogAction, CatalogFilter, PatchCatalogItem,
    PatchCatalogItems,
};
use talon_core::{ApiError, Attributes, CatalogId, Problem};

use super::filter::passes;
use super::refuse;
use crate::state::{CatalogItemKey, StoredCatalogItem, StoredPriceAdjustment, Transaction};

/// Applies changes to a catalog, and counts its version up.
///
/// # Errors
/// A refusal when the catalog is unknown, and of every change that needs an item to exist, or not to
/// exist, and finds the opposite.
pub(crate) fn sync(
    tx: &mut Transaction<'_>,
    id: CatalogId,
    actions: &[CatalogAction],
) -> Result<Catalog, ApiError> {
    tx.expect_catalog(id)?;
    let mut problems = Vec::new();
    for (index, action) in actions.iter().enumerate() {
        if let Err((title, details)) = apply(tx, id, action) {
            problems.push(Problem::at(format!("/actions/{index}/payload/sku"), title, details));
        }
    }
    refuse(problems)?;
    let now = tx.now;
    if let Some(stored) = tx.tables.catalogs.get_mut(&id) {
        stored.catalog.version += 1;
        stored.catalog.modified = now;
    }
    tx.expect_catalog(id).map(|stored| stored.catalog.clone())
}

/// Title and details of a problem.
type Conflict = (&'static str, String);

fn apply(tx: &mut Transaction<'_>, id: CatalogId, action: &CatalogAction) -> Result<(), Conflict> {
    match action {
        CatalogAction::Add(add) => return self::add(tx, id, add),
        CatalogAction::Patch(patch) => return self::patch(tx, id, patch),
        CatalogAction::PatchMany(patch) => patch_many(tx, id, patch),
        CatalogAction::Remove(remove) => {
            tx.remove_catalog_item(&CatalogItemKey::new(id, &*remove.sku));
        }
        CatalogAction::RemoveMany(remove) => {
            for key in selected(tx, id, remove.filters.as_deref()) {
                tx.remove_catalog_item(&key);
            }
        }
        CatalogAction::AddPriceAdjustment(adjust) => return self::adjust(tx, id, adjust),
        // Checked before: it is of a known type.
        _ => {}
    }
    Ok(())
}

fn add(tx: &mut Transaction<'_>, id: CatalogId, add: &AddCatalogItem) -> Result<(), Conflict> {
    let key = CatalogItemKey::new(id, &*add.sku);
    if tx.catalog_item(&key).is_none() {
        create(tx, &key);
    } else if add.replace_if_exists != Some(true) {
        let details = format!("The catalog already has an item with the SKU \"{}\".", add.sku);
        return Err(("Already exists", details));
    }
    change(tx, &key, |item| {
        item.price = add.price.or(item.price);
        item.attributes = Attributes::new();
        add.attributes.iter().for_each(|attributes| item.attributes.merge(attributes));
        item.product.clone_from(&add.product);
    });
    Ok(())
}

fn patch(
    tx: &mut Transaction<'_>,
    id: CatalogId,
    patch: &PatchCatalogItem,
) -> Result<(), Conflict> {
    let key = CatalogItemKey::new(id, &*patch.sku);
    if tx.catalog_item(&key).is_none() {
        if patch.create_if_not_exists != Some(true) {
            return Err(unknown(&patch.sku));
        }
        create(tx, &key);
    }
    change(tx, &key, |item| {
        item.price = patch.price.or(item.price);
        patch.attributes.iter().for_each(|attributes| item.attributes.merge(attributes));
        item.product.clone_from(&patch.product);
    });
    Ok(())
}

fn patch_many(tx: &mut Transaction<'_>, id: CatalogId, patch: &PatchCatalogItems) {
    for key in selected(tx, id, patch.filters.as_deref()) {
        change(tx, &key, |item| {
            item.price = patch.price.or(item.price);
            patch.attributes.iter().for_each(|attributes| item.attributes.merge(attributes));
        });
    }
}

fn adjust(
    tx: &mut Transaction<'_>,
    id: CatalogId,
    adjust: &AddPriceAdjustment,
) -> Result<(), Conflict> {
    let (key, now) = (CatalogItemKey::new(id, &*adjust.sku), tx.now);
    for sent in &adjust.adjustments {
        let adjustment = StoredPriceAdjustment::new(sent, now);
        let Some(item) = tx.catalog_item_mut(&key) else { return Err(unknown(&adjust.sku)) };
        if item.add_adjustment(adjustment.clone(), now) && tx.records_prices_of(id) {
            tx.record_adjustment(&adjust.sku, &adjustment);
        }
    }
    Ok(())
}

fn unknown(sku: &str) -> Conflict {
    ("Not found", format!("The catalog has no item with the SKU \"{sku}\"."))
}

fn create(tx: &mut Transaction<'_>, key: &CatalogItemKey) {
    let item = StoredCatalogItem::new(key.clone(), tx.ids().number());
    tx.put_catalog_item(item);
}

/// Changes an item, and records its price if that is another one then.
fn change(
    tx: &mut Transaction<'_>,
    key: &CatalogItemKey,
    change: impl FnOnce(&mut StoredCatalogItem),
) {
    let Some(item) = tx.catalog_item_mut(key) else { return };
    let before = item.price;
    change(item);
    let price = item.price.filter(|_| item.price != before);
    if let Some(price) = price.filter(|_| tx.records_prices_of(key.catalog)) {
        tx.record_price(&key.sku, price);
    }
}

/// The items that pass all filters, the latest first.
fn selected(
    tx: &Transaction<'_>,
    id: CatalogId,
    filters: Option<&[CatalogFilter]>,
) -> Vec<CatalogItemKey> {
    let filters = filters.unwrap_or_default();
    let items = tx.catalog_items(id).filter(|item| passes(filters, &item.attributes));
    items.map(|item| item.key.clone()).collect()
}
