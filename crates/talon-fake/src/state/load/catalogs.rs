//! Catalogs and observed prices that a world begins with.

use talon_core::model::{Catalog, Product};

use crate::state::{
    ACCOUNT, CatalogItemKey, PriceChange, State, StoredCatalog, StoredCatalogItem,
    StoredPriceAdjustment, StoredPriceObservation, Transaction,
};
use crate::world::{self, PriceObservation};

impl State {
    pub(super) fn load_catalogs(&self) {
        let mut tx = Transaction::new(self);
        // By time, as if each had been recorded when it was observed.
        let mut history: Vec<_> = self.world.price_history.iter().collect();
        history.sort_by_key(|observation| observation.observed_at);
        for observation in history {
            load_observation(&mut tx, observation);
        }
        for catalog in &self.world.catalogs {
            load_catalog(&mut tx, catalog);
        }
        tx.commit(true, &mut || {}).expect("no other transaction uses a state that is loaded");
    }
}

fn load_catalog(tx: &mut Transaction<'_>, catalog: &world::Catalog) {
    let application = &tx.state.world.application;
    let is_used = application.catalog_id == Some(catalog.id);
    let shown = Catalog {
        id: catalog.id,
        created: tx.now,
        modified: tx.now,
        account_id: ACCOUNT.into(),
        name: catalog.name.clone(),
        description: catalog.description.clone(),
        subscribed_applications_ids: Some(is_used.then_some(application.id).into_iter().collect()),
        version: catalog.version,
        created_by: 1,
    };
    tx.tables.catalogs.put(StoredCatalog { catalog: shown, latest_item: None });
    for item in &catalog.items {
        load_item(tx, catalog, item);
    }
}

/// Adds an item. Its price and those of its adjustments count as observed when the world begins,
/// unless the world has a history of its prices.
fn load_item(tx: &mut Transaction<'_>, catalog: &world::Catalog, item: &world::CatalogItem) {
    let key = CatalogItemKey::new(catalog.id, &*item.sku);
    let mut stored = StoredCatalogItem {
        price: item.price,
        attributes: item.attributes.clone(),
        product: item.product.clone().map(|name| Product { name }),
        ..StoredCatalogItem::new(key, tx.ids().number())
    };
    for adjustment in &item.price_adjustments {
        stored.add_adjustment(StoredPriceAdjustment::new(adjustment, tx.now), tx.now);
    }
    let sku = &*item.sku;
    if tx.records_prices_of(catalog.id) && tx.observations_of(sku).next().is_none() {
        if let Some(price) = item.price {
            tx.record_price(sku, price);
        }
        for adjustment in stored.applicable_adjustments(tx.now) {
            tx.record_adjustment(sku, adjustment);
        }
    }
    tx.put_catalog_item(stored);
}

fn load_observation(tx: &mut Transaction<'_>, observation: &PriceObservation) {
    let change = PriceChange::Price(observation.price);
    let new = tx.new_observation(&observation.sku, observation.observed_at, change);
    tx.put_observation(StoredPriceObservation {
        context_ids: observation.context_ids.clone(),
        audience: observation.audience_id,
        campaigns: observation.campaigns.clone(),
        adjustment: observation.adjustment.clone(),
        excluded: observation.excluded,
        ..new
    });
}
