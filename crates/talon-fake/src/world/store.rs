//! Stores of the application.

use serde::{Deserialize, Serialize};

use super::World;

/// A store, which sessions and events name by its integration id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Store {
    /// Its id in the service.
    pub id: i64,
    /// Its id in the shop, which requests send as `storeIntegrationId`; 1 to 1000 characters.
    pub integration_id: String,
    /// Its name.
    pub name: String,
}

impl World {
    /// Declares a store. Requests that name an undeclared store are then refused.
    #[must_use]
    pub fn store(
        mut self,
        id: i64,
        integration_id: impl Into<String>,
        name: impl Into<String>,
    ) -> Self {
        let store = Store { id, integration_id: integration_id.into(), name: name.into() };
        self.stores.get_or_insert_default().push(store);
        self
    }
}
