//! Catalogs of cart items, and requests to change them.

use super::CatalogAction;
use crate::model::{body_of_list, model};
use crate::{AccountId, ApplicationId, CatalogId, Timestamp};

model! {
    /// A catalog of cart items.
    ///
    /// Not in the API of June 2020. Schema `Catalog`.
    pub struct Catalog {
        /// Id that the service assigned.
        pub id: CatalogId,
        /// Instant of its creation.
        pub created: Timestamp,
        /// Account that it belongs to.
        pub account_id: AccountId,
        /// Instant of its latest change.
        pub modified: Timestamp,
        /// Its name.
        pub name: String,
        /// Its description.
        pub description: String,
        /// Applications that use it.
        pub subscribed_applications_ids: Option<Vec<ApplicationId>>,
        /// Its version, from 1; each synchronization increases it by 1.
        pub version: i64,
        /// User who created it.
        pub created_by: i64,
    }
}

model! {
    /// Changes of a catalog.
    ///
    /// Not in the API of June 2020. Schema `CatalogSyncRequest`.
    pub struct CatalogSync {
        /// The changes: 1 to 1000, all of one type, and at most one for each item.
        pub actions: Vec<CatalogAction>,
        /// Version of the catalog that they are for, at least 1.
        pub version: Option<i64>,
    }
    setters
}

impl CatalogSync {
    /// These changes, in this order.
    pub fn new(actions: impl IntoIterator<Item: Into<CatalogAction>>) -> Self {
        Self { actions: actions.into_iter().map(Into::into).collect(), version: None }
    }
}

body_of_list!(CatalogSync, CatalogAction);
