//! Checks of changes of a catalog.

use std::collections::{BTreeMap, BTreeSet};

use talon_core::Attributes;
use talon_core::model::{
    CatalogAction, CatalogFilter, CatalogFilterOperator, CatalogSync, NewPriceAdjustment,
    UnrecognizedCatalogAction,
};

use super::{Problems, escape};
use crate::engine::catalogs;
use crate::world::AttributeType;

const MAX_ACTIONS: usize = 1000;
const MAX_ADJUSTMENTS: usize = 100;

impl Problems {
    /// Checks changes of a catalog as far as that needs no catalog.
    pub(crate) fn catalog_sync(&mut self, sync: &CatalogSync) {
        let actions = &sync.actions;
        if actions.is_empty() {
            self.add("/actions", "minItems", "at least 1 action");
        }
        if actions.len() > MAX_ACTIONS {
            self.add("/actions", "maxItems", format!("at most {MAX_ACTIONS} actions"));
        }
        if sync.version.is_some_and(|version| version < 1) {
            self.add("/version", "minimum", "version must be 1 or more");
        }
        let mut skus = BTreeSet::new();
        for (index, action) in actions.iter().enumerate() {
            let pointer = format!("/actions/{index}");
            if action.action_type() != actions[0].action_type() {
                let details = "all actions of a request must be of the same type";
                self.add(format!("{pointer}/type"), "Invalid", details);
            }
            if let Some(sku) = sku(action) {
                self.catalog_sku(&pointer, sku, skus.insert(sku));
            }
            self.catalog_action(&pointer, action);
        }
    }

    fn catalog_sku(&mut self, pointer: &str, sku: &str, is_new: bool) {
        let pointer = format!("{pointer}/payload/sku");
        if sku.is_empty() {
            self.add(pointer, "minLength", "sku must not be empty");
        } else if !is_new {
            let details = format!("the SKU \"{sku}\" stands in the request twice");
            self.add(pointer, "Duplicate", details);
        }
    }

    fn catalog_action(&mut self, pointer: &str, action: &CatalogAction) {
        let price = match action {
            CatalogAction::Add(add) => add.price,
            CatalogAction::Patch(patch) => patch.price,
            CatalogAction::PatchMany(patch) => patch.price,
            CatalogAction::AddPriceAdjustment(adjust) => {
                let pointer = format!("{pointer}/payload/adjustments");
                return self.price_adjustments(&pointer, &adjust.adjustments);
            }
            CatalogAction::Unrecognized(action) => {
                self.unrecognized_action(pointer, action);
                None
            }
            _ => None,
        };
        self.amount(|| format!("{pointer}/payload/price"), price);
    }

    fn unrecognized_action(&mut self, pointer: &str, action: &UnrecognizedCatalogAction) {
        if let Some(mismatch) = action.mismatch() {
            return self.add(format!("{pointer}/payload"), "Invalid type", mismatch);
        }
        self.one_of(format!("{pointer}/type"), "type", CatalogAction::TYPES);
    }

    fn price_adjustments(&mut self, pointer: &str, adjustments: &[NewPriceAdjustment]) {
        if adjustments.is_empty() {
            self.add(pointer, "minItems", "at least 1 adjustment");
        }
        if adjustments.len() > MAX_ADJUSTMENTS {
            self.add(pointer, "maxItems", format!("at most {MAX_ADJUSTMENTS} adjustments"));
        }
        for (index, adjustment) in adjustments.iter().enumerate() {
            let at = |member: &str| format!("{pointer}/{index}/{member}");
            if adjustment.price_type.is_empty() {
                self.add(at("priceType"), "minLength", "priceType must not be empty");
            }
            if adjustment.reference_id.is_empty() {
                self.add(at("referenceId"), "minLength", "referenceId must not be empty");
            }
            let period = adjustment.effective_from.zip(adjustment.effective_until);
            if period.is_some_and(|(from, until)| until <= from) {
                let details = "effectiveUntil must be later than effectiveFrom";
                self.add(at("effectiveUntil"), "Invalid", details);
            }
            self.amount(|| at("price"), adjustment.price);
        }
    }

    /// Checks the attributes that changes of a catalog set or compare: they have to be declared, and
    /// the catalog has to have them.
    pub(crate) fn catalog_attributes(
        &mut self,
        sync: &CatalogSync,
        declared: Option<&BTreeMap<String, AttributeType>>,
        names: Option<&BTreeSet<String>>,
    ) {
        for (index, action) in sync.actions.iter().enumerate() {
            let (attributes, filters) = match action {
                CatalogAction::Add(add) => (add.attributes.as_ref(), None),
                CatalogAction::Patch(patch) => (patch.attributes.as_ref(), None),
                CatalogAction::PatchMany(patch) => {
                    (patch.attributes.as_ref(), patch.filters.as_deref())
                }
                CatalogAction::RemoveMany(remove) => (None, remove.filters.as_deref()),
                _ => (None, None),
            };
            let pointer = || format!("/actions/{index}/payload/attributes");
            self.attributes(pointer, "CartItem", declared, attributes);
            self.names_of_catalog(pointer, attributes, names);
            for (filter_index, filter) in filters.unwrap_or_default().iter().enumerate() {
                let pointer = format!("/actions/{index}/payload/filters/{filter_index}");
                self.catalog_filter(&pointer, filter, declared, names);
            }
        }
    }

    fn names_of_catalog(
        &mut self,
        pointer: impl Fn() -> String,
        attributes: Option<&Attributes>,
        names: Option<&BTreeSet<String>>,
    ) {
        let Some(names) = names else { return };
        for name in attributes.into_iter().flat_map(|attributes| attributes.keys()) {
            if !names.contains(name) {
                let details = format!("The catalog does not have the attribute \"{name}\".");
                self.add(format!("{}/{}", pointer(), escape(name)), "Unknown", details);
            }
        }
    }

    fn catalog_filter(
        &mut self,
        pointer: &str,
        filter: &CatalogFilter,
        declared: Option<&BTreeMap<String, AttributeType>>,
        names: Option<&BTreeSet<String>>,
    ) {
        use CatalogFilterOperator::{Equal, In};
        let name = &filter.attr;
        let is_known = declared.is_none_or(|types| types.contains_key(name))
            && names.is_none_or(|names| names.contains(name));
        if !is_known {
            let details = format!("The catalog does not have the attribute \"{name}\".");
            self.add(format!("{pointer}/attr"), "Unknown", details);
        }
        let at_value = format!("{pointer}/value");
        match &filter.op {
            op if !op.is_known() => {
                self.one_of(format!("{pointer}/op"), "op", CatalogFilterOperator::KNOWN);
            }
            Equal => {}
            In if filter.value.is_string() => {}
            In => self.add(at_value, "Invalid type", "IN needs a text of values between commas"),
            _ if catalogs::number(&filter.value).is_some() => {}
            op => self.add(at_value, "Invalid type", format!("{op} needs a number")),
        }
    }
}

/// The item that a change names.
fn sku(action: &CatalogAction) -> Option<&str> {
    match action {
        CatalogAction::Add(add) => Some(&add.sku),
        CatalogAction::Patch(patch) => Some(&patch.sku),
        CatalogAction::Remove(remove) => Some(&remove.sku),
        CatalogAction::AddPriceAdjustment(adjust) => Some(&adjust.sku),
        _ => None,
    }
}
