//! Catalogs and their items.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use talon_core::model::{Catalog, NewPriceAdjustment, Product};
use talon_core::{Amount, Attributes, CatalogId, Timestamp};

use crate::state::key_text::{self, text_key};
use crate::store::{EncodableRow, EncodedRow, Row};

/// A catalog.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct StoredCatalog {
    pub(crate) catalog: Catalog,
    /// The item that was created last, the first of the list of all items.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) latest_item: Option<String>,
}

/// An item of a catalog. The items of a catalog are a list that is linked in both directions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct StoredCatalogItem {
    pub(crate) key: CatalogItemKey,
    pub(crate) id: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) price: Option<Amount>,
    #[serde(default, skip_serializing_if = "Attributes::is_empty")]
    pub(crate) attributes: Attributes,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) product: Option<Product>,
    /// Adjustments of its price that are in force now or later.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) adjustments: Vec<StoredPriceAdjustment>,
    /// The item that was created before this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) before: Option<String>,
    /// The item that was created after this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) after: Option<String>,
}

/// A price of a type that applies for some time; without a price, the end of another one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct StoredPriceAdjustment {
    pub(crate) price_type: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) price: Option<Amount>,
    pub(crate) reference_id: String,
    pub(crate) calculated_at: Timestamp,
    pub(crate) effective_from: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) effective_until: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) context_id: Option<String>,
}

impl StoredCatalogItem {
    /// An item with a key and an id alone.
    pub(crate) fn new(key: CatalogItemKey, id: i64) -> Self {
        Self {
            key,
            id,
            price: None,
            attributes: Attributes::default(),
            product: None,
            adjustments: Vec::new(),
            before: None,
            after: None,
        }
    }

    /// Adds an adjustment, in place of those that it ends or replaces; one that is over is not
    /// added. Returns whether it applies when it begins.
    pub(crate) fn add_adjustment(
        &mut self,
        adjustment: StoredPriceAdjustment,
        now: Timestamp,
    ) -> bool {
        self.adjustments.retain(|known| {
            known.effective_until.is_none_or(|until| now < until)
                && !adjustment.replaces(known, now)
        });
        if adjustment.effective_until.is_some_and(|until| until <= now) {
            return false;
        }
        let applies = self.applies_at_first(&adjustment, now);
        self.adjustments.push(adjustment);
        applies
    }

    /// Its adjustments that apply when they begin.
    pub(crate) fn applicable_adjustments(
        &self,
        now: Timestamp,
    ) -> impl Iterator<Item = &StoredPriceAdjustment> {
        self.adjustments.iter().filter(move |it| self.applies_at_first(it, now))
    }

    /// Whether an adjustment applies when it begins: one that was calculated later may be in force
    /// then.
    fn applies_at_first(&self, adjustment: &StoredPriceAdjustment, now: Timestamp) -> bool {
        let start = adjustment.effective_from.max(now);
        self.adjustments.iter().all(|known| {
            known.price_type != adjustment.price_type
                || !known.is_in_force(start)
                || known.calculated_at <= adjustment.calculated_at
        })
    }
}

impl StoredPriceAdjustment {
    /// An adjustment that a request at `now` asks for.
    pub(crate) fn new(sent: &NewPriceAdjustment, now: Timestamp) -> Self {
        Self {
            price_type: sent.price_type.clone(),
            price: sent.price,
            reference_id: sent.reference_id.clone(),
            calculated_at: sent.calculated_at.unwrap_or(now),
            effective_from: sent.effective_from.unwrap_or(now),
            effective_until: sent.effective_until,
            context_id: sent.context_id.clone(),
        }
    }

    /// Whether nothing of `known` can apply from `now` on: it has the same id, or this adjustment
    /// was not calculated earlier and covers all of it.
    fn replaces(&self, known: &Self, now: Timestamp) -> bool {
        let starts_before = self.effective_from <= known.effective_from.max(now);
        let ends_after = match (self.effective_until, known.effective_until) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(end), Some(known)) => known <= end,
        };
        let covers = starts_before && ends_after && known.calculated_at <= self.calculated_at;
        self.price_type == known.price_type && (self.reference_id == known.reference_id || covers)
    }

    pub(crate) fn is_in_force(&self, now: Timestamp) -> bool {
        self.effective_from <= now && self.effective_until.is_none_or(|until| now < until)
    }
}

impl Row for StoredCatalog {
    type Key = CatalogId;
    type Stored = Self;

    fn key(&self) -> &CatalogId {
        &self.catalog.id
    }
}

impl Row for StoredCatalogItem {
    type Key = CatalogItemKey;
    type Stored = EncodedRow<Self>;

    fn key(&self) -> &CatalogItemKey {
        &self.key
    }
}

impl EncodableRow for StoredCatalogItem {}

/// A stock keeping unit in a catalog. Its text is such as `1/MUG`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct CatalogItemKey {
    pub(crate) catalog: CatalogId,
    pub(crate) sku: String,
}

impl CatalogItemKey {
    pub(crate) fn new(catalog: CatalogId, sku: impl Into<String>) -> Self {
        Self { catalog, sku: sku.into() }
    }
}

impl fmt::Display for CatalogItemKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/", self.catalog)?;
        key_text::write(f, [&*self.sku])
    }
}

impl FromStr for CatalogItemKey {
    type Err = key_text::ParseKeyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = key_text::parts(text);
        let catalog = key_text::number::<i64>(parts.next())?.into();
        match (parts.next(), parts.next()) {
            (Some(sku), None) => Ok(Self { catalog, sku }),
            _ => Err(key_text::ParseKeyError),
        }
    }
}

text_key!(CatalogItemKey);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_a_key_is_read_back() {
        for sku in ["MUG", "a/b%", ""] {
            let key = CatalogItemKey::new(7.into(), sku);
            assert_eq!(key.to_string().parse::<CatalogItemKey>(), Ok(key));
        }
        for text in ["", "7", "MUG/7", "7/a/b", "+7/MUG", "07/MUG"] {
            assert!(text.parse::<CatalogItemKey>().is_err(), "{text}");
        }
    }
}
