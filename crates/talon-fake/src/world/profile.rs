//! Profiles.

use serde::{Deserialize, Serialize};
use talon_core::{Attributes, ProfileId};

use super::World;

/// A profile that exists from the start.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Profile {
    /// Its integration id.
    pub id: ProfileId,
    /// Its attributes.
    #[serde(default)]
    pub attributes: Attributes,
}

impl World {
    /// Adds a profile.
    #[must_use]
    pub fn profile(mut self, id: impl Into<ProfileId>, attributes: Attributes) -> Self {
        self.profiles.push(Profile { id: id.into(), attributes });
        self
    }
}
