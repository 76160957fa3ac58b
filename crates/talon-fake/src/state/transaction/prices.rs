//! Prices of items that were observed.

use talon_core::model::PriceAdjustmentDetails;
use talon_core::{Amount, CatalogId, Timestamp};

use super::Transaction;
use crate::state::{PriceChange, PriceHistory, StoredPriceAdjustment, StoredPriceObservation};

impl Transaction<'_> {
    /// Whether changes of prices in a catalog are recorded.
    pub(crate) fn records_prices_of(&self, catalog: CatalogId) -> bool {
        let application = &self.state.world.application;
        application.enable_best_prior_price && application.catalog_id == Some(catalog)
    }

    /// Records that a catalog has another price for an item from now on.
    pub(crate) fn record_price(&mut self, sku: &str, price: Amount) {
        let observation = self.new_observation(sku, self.now, PriceChange::Price(price));
        self.put_observation(observation);
    }

    /// Records when an adjustment begins to apply, and when it no longer does.
    pub(crate) fn record_adjustment(&mut self, sku: &str, adjustment: &StoredPriceAdjustment) {
        let StoredPriceAdjustment { reference_id, price_type, .. } = adjustment;
        let start = adjustment.effective_from.max(self.now);
        let Some(value) = adjustment.price else {
            let change = PriceChange::PriceTypeEnd(price_type.clone());
            let end = self.new_observation(sku, start, change);
            return self.put_observation(end);
        };
        let change = PriceChange::Price(value);
        let observation = StoredPriceObservation {
            context_ids: adjustment.context_id.iter().cloned().collect(),
            adjustment: Some(PriceAdjustmentDetails {
                reference_id: reference_id.clone(),
                selected_price_type: price_type.clone(),
                value,
            }),
            ..self.new_observation(sku, start, change)
        };
        let id = observation.id;
        self.put_observation(observation);
        if let Some(until) = adjustment.effective_until {
            let change = PriceChange::AdjustmentEnd(id);
            let end = self.new_observation(sku, until, change);
            self.put_observation(end);
        }
    }

    /// An observation for all customers, without a context.
    pub(crate) fn new_observation(
        &mut self,
        sku: &str,
        observed_at: Timestamp,
        change: PriceChange,
    ) -> StoredPriceObservation {
        StoredPriceObservation {
            id: self.ids().number(),
            sku: sku.to_owned(),
            observed_at,
            change,
            context_ids: Vec::new(),
            audience: None,
            campaigns: Vec::new(),
            adjustment: None,
            excluded: false,
            before: None,
        }
    }

    /// Stores an observation of a price, as the latest of its item.
    pub(crate) fn put_observation(&mut self, mut observation: StoredPriceObservation) {
        let sku = observation.sku.clone();
        observation.before = self.tables.price_histories.get(&sku).map(|history| history.latest);
        self.tables.price_histories.put(PriceHistory { sku, latest: observation.id });
        self.tables.price_observations.put(observation);
    }

    /// The observed prices of an item, the one that was recorded last first.
    pub(crate) fn observations_of(
        &self,
        sku: &str,
    ) -> impl Iterator<Item = &StoredPriceObservation> {
        let row = |id: i64| self.tables.price_observations.get(&id);
        let history = self.tables.price_histories.get(&sku.to_owned());
        let latest = history.and_then(|history| row(history.latest));
        std::iter::successors(latest, move |observation| observation.before.and_then(row))
    }
}
