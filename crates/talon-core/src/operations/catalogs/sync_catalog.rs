//! `PUT /v1/catalogs/{catalogId}/sync`

use crate::CatalogId;
use crate::model::{Catalog, CatalogSync};
use crate::operation::operation;

/// Applies up to 1000 changes to a catalog of cart items, all or none of them.
///
/// All changes of a request have the same type, and each item is named once. The version of the
/// catalog increases by 1.
///
/// ```
/// use talon_core::prelude::*;
///
/// let mug = AddCatalogItem { sku: "MUG".into(), price: Some(12.into()), ..Default::default() };
/// let http = SyncCatalog::new(2, [mug]).to_http()?;
/// assert_eq!(http.body(), r#"{"actions":[{"type":"ADD","payload":{"sku":"MUG","price":12}}]}"#);
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// 400 for changes of several types, for an item that is named twice, for an attribute that the
/// catalog does not have, and for an item that exists or does not exist where the change requires the
/// opposite; 404 for an unknown catalog.
///
/// Not in the API of June 2020.
/// Upstream: [syncCatalog](https://docs.talon.one/integration-api#operation/syncCatalog).
#[derive(Clone, Debug, PartialEq)]
pub struct SyncCatalog {
    /// The catalog.
    pub catalog_id: CatalogId,
    /// The changes.
    pub sync: CatalogSync,
}

impl SyncCatalog {
    /// Applies these changes to `catalog_id`, in this order.
    pub fn new(catalog_id: impl Into<CatalogId>, sync: impl Into<CatalogSync>) -> Self {
        Self { catalog_id: catalog_id.into(), sync: sync.into() }
    }
}

operation! { SyncCatalog -> Catalog {
    id: "syncCatalog",
    request: PUT "/v1/catalogs/{catalogId}/sync",
    path: { catalog_id = "catalogId" },
    body: sync,
    success: [OK],
    auth: [ApiKey],
    retry: Unsafe,
} }
