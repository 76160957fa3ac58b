//! Catalogs and their items.

use schemars::JsonSchema;
use serde::Serialize;
use talon_core::model::{Catalog, Product};
use talon_core::{Amount, Attributes, CatalogId};

use super::{ApiModel, ControlRequest, Reply, list as page, number, row};
use crate::state::{CatalogItemKey, State, StoredCatalogItem, StoredPriceAdjustment};

/// A catalog.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct CatalogRow {
    #[schemars(with = "ApiModel")]
    catalog: Catalog,
    item_count: usize,
}

/// An item of a catalog.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct CatalogItemRow {
    catalog_id: CatalogId,
    sku: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    price: Option<Amount>,
    attributes: Attributes,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<ApiModel>")]
    product: Option<Product>,
    /// Adjustments of its price that are in force now or later.
    #[schemars(with = "Vec<ApiModel>")]
    adjustments: Vec<StoredPriceAdjustment>,
}

pub(in super::super) fn list(call: &ControlRequest<'_>) -> Reply {
    let (request, state) = (call.page()?, call.world()?.state());
    let items = state.tables.catalog_items.keys();
    Ok(page(request, state.tables.catalogs.keys(), |id| CatalogRow::new(&state, *id, &items)))
}

pub(in super::super) fn show(call: &ControlRequest<'_>) -> Reply {
    let state = call.world()?.state();
    let items = state.tables.catalog_items.keys();
    row(number(call).and_then(|id| CatalogRow::new(&state, id, &items)))
}

pub(in super::super) fn items(call: &ControlRequest<'_>) -> Reply {
    let catalog = call.number("catalogId")?.map(CatalogId::from);
    let (request, state) = (call.page()?, call.world()?.state());
    let mut keys = state.tables.catalog_items.keys();
    keys.retain(|key| catalog.is_none_or(|id| key.catalog == id));
    Ok(page(request, keys, |key| state.tables.catalog_items.get(key).map(CatalogItemRow::from)))
}

impl CatalogRow {
    fn new(state: &State, id: CatalogId, items: &[CatalogItemKey]) -> Option<Self> {
        let catalog = state.tables.catalogs.get(&id)?.catalog;
        Some(Self { catalog, item_count: items.iter().filter(|key| key.catalog == id).count() })
    }
}

impl From<StoredCatalogItem> for CatalogItemRow {
    fn from(stored: StoredCatalogItem) -> Self {
        let StoredCatalogItem { key, price, attributes, product, adjustments, .. } = stored;
        let CatalogItemKey { catalog: catalog_id, sku } = key;
        Self { catalog_id, sku, price, attributes, product, adjustments }
    }
}
