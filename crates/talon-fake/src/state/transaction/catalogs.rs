//! Catalogs and their items.

use talon_core::{ApiError, CatalogId};

use super::{Transaction, not_found};
use crate::state::{CatalogItemKey, StoredCatalog, StoredCatalogItem};

impl Transaction<'_> {
    /// The catalog, or the refusal that there is none.
    pub(crate) fn expect_catalog(&self, id: CatalogId) -> Result<&StoredCatalog, ApiError> {
        self.tables.catalogs.get(&id).ok_or_else(|| not_found("catalog"))
    }

    pub(crate) fn catalog_item(&self, key: &CatalogItemKey) -> Option<&StoredCatalogItem> {
        self.tables.catalog_items.get(key)
    }

    pub(crate) fn catalog_item_mut(
        &mut self,
        key: &CatalogItemKey,
    ) -> Option<&mut StoredCatalogItem> {
        self.tables.catalog_items.get_mut(key)
    }

    /// Stores an item that the catalog does not have, as its latest.
    pub(crate) fn put_catalog_item(&mut self, mut item: StoredCatalogItem) {
        let CatalogItemKey { catalog, sku } = item.key.clone();
        let stored = self.tables.catalogs.get_mut(&catalog);
        item.before = stored.and_then(|stored| stored.latest_item.replace(sku.clone()));
        if let Some(before) = self.neighbour(catalog, item.before.as_deref()) {
            before.after = Some(sku);
        }
        self.tables.catalog_items.put(item);
    }

    /// Removes an item, if the catalog has it.
    pub(crate) fn remove_catalog_item(&mut self, key: &CatalogItemKey) {
        let Some(item) = self.catalog_item(key) else { return };
        let (before, after) = (item.before.clone(), item.after.clone());
        if let Some(earlier) = self.neighbour(key.catalog, before.as_deref()) {
            earlier.after.clone_from(&after);
        }
        if let Some(later) = self.neighbour(key.catalog, after.as_deref()) {
            later.before = before;
        } else if let Some(stored) = self.tables.catalogs.get_mut(&key.catalog) {
            stored.latest_item = before;
        }
        self.tables.catalog_items.remove(key);
    }

    fn neighbour(
        &mut self,
        catalog: CatalogId,
        sku: Option<&str>,
    ) -> Option<&mut StoredCatalogItem> {
        self.tables.catalog_items.get_mut(&CatalogItemKey::new(catalog, sku?))
    }

    /// The items of a catalog, the latest first.
    pub(crate) fn catalog_items(
        &self,
        catalog: CatalogId,
    ) -> impl Iterator<Item = &StoredCatalogItem> {
        let item = move |sku: &String| self.catalog_item(&CatalogItemKey::new(catalog, &**sku));
        let stored = self.tables.catalogs.get(&catalog);
        let latest = stored.and_then(|stored| stored.latest_item.as_ref()).and_then(item);
        std::iter::successors(latest, move |it| it.before.as_ref().and_then(item))
    }
}
