//! Worlds and calls of the cases about catalogs.

use talon_core::model::{
    AddCatalogItem, BestPriorPriceRequest, CartItem, CatalogAction, CatalogSync,
    NewCustomerSessionV2, PatchCatalogItem, PriorPrice, Product, RemoveCatalogItem,
};
use talon_core::prelude::*;
use talon_core::{Amount, ApiError};
use talon_fake::world::{Catalog, CatalogItem};

use super::read::ReadState;
use super::world::refusal;
use crate::{Seed, World};

/// Id of the catalog of the application.
pub(crate) const CATALOG: i64 = 17;

/// A catalog with a mug for 12, red, of the product `Mug`, and shoes for 60 of size 42.
pub(crate) fn shop() -> Seed {
    Seed::new().catalog(shop_catalog())
}

pub(crate) fn shop_catalog() -> Catalog {
    let mug = CatalogItem::new("MUG").price(12).attribute("Colour", "red").product("Mug");
    let shoes = CatalogItem::new("SHOES").price(60).attribute("Size", 42);
    Catalog::new(CATALOG, "Shop").item(mug).item(shoes)
}

pub(crate) fn add(sku: &str, price: impl Into<Amount>) -> AddCatalogItem {
    let price = Some(price.into());
    AddCatalogItem { sku: sku.into(), price, ..AddCatalogItem::default() }
}

pub(crate) fn patch(sku: &str) -> PatchCatalogItem {
    PatchCatalogItem { sku: sku.into(), ..PatchCatalogItem::default() }
}

pub(crate) fn remove(sku: &str) -> RemoveCatalogItem {
    RemoveCatalogItem { sku: sku.into() }
}

pub(crate) fn product(name: &str) -> Product {
    Product { name: name.into() }
}

/// A line without a price.
pub(crate) fn line(sku: &str) -> CartItem {
    CartItem::new(sku, 1)
}

impl World {
    /// Applies changes to the catalog.
    pub(crate) async fn sync(
        &self,
        actions: impl IntoIterator<Item: Into<CatalogAction>>,
    ) -> talon_core::model::Catalog {
        let request = SyncCatalog::new(CATALOG, CatalogSync::new(actions));
        self.api.sync_catalog(request).await.expect("the changes are accepted")
    }

    /// Applies changes to the catalog, which must be refused.
    pub(crate) async fn sync_refused(
        &self,
        actions: impl IntoIterator<Item: Into<CatalogAction>>,
    ) -> ApiError {
        let request = SyncCatalog::new(CATALOG, CatalogSync::new(actions));
        refusal(self.api.sync_catalog(request).await)
    }

    /// Lines of a new cart as the reply has them.
    pub(crate) async fn lines(&self, items: impl IntoIterator<Item = CartItem>) -> Vec<CartItem> {
        let session = NewCustomerSessionV2::default().cart_items(items);
        self.put("cart-of-lines", session).await.session().cart_items.clone()
    }

    /// The line of a cart of one unit without a price.
    pub(crate) async fn line_of(&self, sku: &str) -> CartItem {
        self.lines([line(sku)]).await.remove(0)
    }

    /// The price of such a line.
    pub(crate) async fn price_of(&self, sku: &str) -> Amount {
        self.line_of(sku).await.price.expect("every reply has a price")
    }

    /// Whether the catalog has an item.
    pub(crate) async fn has_item(&self, sku: &str) -> bool {
        self.lines([line(sku).price(1)]).await[0].catalog_item_id.is_some()
    }

    /// Asks for the best prior prices of items.
    pub(crate) async fn prior(&self, request: BestPriorPriceRequest) -> Vec<PriorPrice> {
        let request = BestPriorPrice::new(request);
        self.api.best_prior_price(request).await.expect("the request is accepted")
    }
}
