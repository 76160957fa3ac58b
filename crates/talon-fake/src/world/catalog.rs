//! Catalogs of cart items.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use talon_core::model::NewPriceAdjustment;
use talon_core::{Amount, Attributes, CatalogId};

use super::World;

/// A catalog of cart items.
///
/// Sessions read it when it is the catalog of the application: an item that is sent without a price,
/// without a product or without some of its attributes has those of the catalog.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Catalog {
    /// Its id.
    pub id: CatalogId,
    /// Its name.
    pub name: String,
    /// Its description.
    #[serde(default)]
    pub description: String,
    /// Its version, 1 or more; 1 unless given.
    #[serde(default = "first_version")]
    pub version: i64,
    /// The cart item attributes that its items may have, 100 at most; all that are declared when left
    /// out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attributes: Option<BTreeSet<String>>,
    /// Type of the prices that apply to items that are sent without a price, where an adjustment of
    /// this type is in force; none unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selected_price_type: Option<String>,
    /// Its items.
    #[serde(default)]
    pub items: Vec<CatalogItem>,
}

fn first_version() -> i64 {
    1
}

/// An item of a [`Catalog`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CatalogItem {
    /// Its stock keeping unit, which is unique in the catalog.
    pub sku: String,
    /// Price of one unit in the application's currency, 0 to 10¹⁵.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Amount>,
    /// Its attributes.
    #[serde(default, skip_serializing_if = "Attributes::is_empty")]
    pub attributes: Attributes,
    /// Name of the product that it is a variant of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// Prices of a type that apply for some time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub price_adjustments: Vec<NewPriceAdjustment>,
}

impl Catalog {
    /// A catalog without items.
    pub fn new(id: impl Into<CatalogId>, name: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            description: String::new(),
            version: first_version(),
            attributes: None,
            selected_price_type: None,
            items: Vec::new(),
        }
    }

    /// Sets the description.
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = description.into();
        self
    }

    /// Sets the version, 1 or more.
    #[must_use]
    pub fn version(mut self, version: i64) -> Self {
        self.version = version;
        self
    }

    /// Adds an item.
    #[must_use]
    pub fn item(mut self, item: CatalogItem) -> Self {
        self.items.push(item);
        self
    }

    /// Sets the attributes that its items may have.
    #[must_use]
    pub fn attributes(mut self, names: &[&str]) -> Self {
        self.attributes = Some(names.iter().map(|name| (*name).to_owned()).collect());
        self
    }

    /// Sets the type of the prices that apply to items that are sent without a price.
    #[must_use]
    pub fn selected_price_type(mut self, price_type: impl Into<String>) -> Self {
        self.selected_price_type = Some(price_type.into());
        self
    }
}

impl CatalogItem {
    /// An item without a price.
    pub fn new(sku: impl Into<String>) -> Self {
        Self { sku: sku.into(), ..Self::default() }
    }

    /// Sets the price of one unit.
    #[must_use]
    pub fn price(mut self, price: impl Into<Amount>) -> Self {
        self.price = Some(price.into());
        self
    }

    /// Adds an attribute.
    #[must_use]
    pub fn attribute(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.attributes = self.attributes.with(name, value);
        self
    }

    /// Sets the product that it is a variant of.
    #[must_use]
    pub fn product(mut self, name: impl Into<String>) -> Self {
        self.product = Some(name.into());
        self
    }

    /// Adds a price of a type.
    #[must_use]
    pub fn price_adjustment(mut self, adjustment: NewPriceAdjustment) -> Self {
        self.price_adjustments.push(adjustment);
        self
    }
}

impl World {
    /// Adds a catalog. The first one becomes the catalog of the application, unless it has one.
    #[must_use]
    pub fn catalog(mut self, catalog: Catalog) -> Self {
        self.application.catalog_id.get_or_insert(catalog.id);
        self.catalogs.push(catalog);
        self
    }
}
