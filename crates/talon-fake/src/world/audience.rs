//! Audiences.

use serde::{Deserialize, Serialize};
use talon_core::AudienceId;

use super::World;

/// An audience, which profiles join by rules and requests.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Audience {
    /// Its id.
    pub id: AudienceId,
    /// Its name.
    pub name: String,
}

impl World {
    /// Adds an audience.
    #[must_use]
    pub fn audience(mut self, id: impl Into<AudienceId>, name: impl Into<String>) -> Self {
        self.audiences.push(Audience { id: id.into(), name: name.into() });
        self
    }
}
