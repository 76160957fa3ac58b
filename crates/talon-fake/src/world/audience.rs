//! Audiences.

use serde::{Deserialize, Serialize};
use talon_core::{ApplicationId, AudienceId, ProfileId};

use super::World;

/// An audience, which profiles join by rules and requests.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Audience {
    /// Its id, 1 or more.
    pub id: AudienceId,
    /// Its name, 1 character or more.
    pub name: String,
    /// The integration that it comes from, such as `mparticle`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub integration: Option<String>,
    /// Its id in the integration, which no other audience of it has; 1 to 1000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub integration_id: Option<String>,
    /// Profiles that are its members from the start; they are created where the world has none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<ProfileId>,
    /// Applications that it is for. Replies show them; rules of any application may name it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subscribed_applications_ids: Vec<ApplicationId>,
}

impl Audience {
    /// An audience without members.
    pub fn new(id: impl Into<AudienceId>, name: impl Into<String>) -> Self {
        Self { id: id.into(), name: name.into(), ..Self::default() }
    }

    /// Sets the integration that it comes from, and its id there.
    #[must_use]
    pub fn integration(mut self, name: impl Into<String>, id: impl Into<String>) -> Self {
        self.integration = Some(name.into());
        self.integration_id = Some(id.into());
        self
    }

    /// Adds members.
    #[must_use]
    pub fn members<Id: Into<ProfileId>>(mut self, ids: impl IntoIterator<Item = Id>) -> Self {
        self.members.extend(ids.into_iter().map(Into::into));
        self
    }

    /// Adds applications that it is for.
    #[must_use]
    pub fn applications<Id: Into<ApplicationId>>(
        mut self,
        ids: impl IntoIterator<Item = Id>,
    ) -> Self {
        self.subscribed_applications_ids.extend(ids.into_iter().map(Into::into));
        self
    }
}

impl World {
    /// Adds an audience without members.
    #[must_use]
    pub fn audience(self, id: impl Into<AudienceId>, name: impl Into<String>) -> Self {
        self.add_audience(Audience::new(id, name))
    }

    /// Adds an audience, with whatever it has.
    #[must_use]
    pub fn add_audience(mut self, audience: Audience) -> Self {
        self.audiences.push(audience);
        self
    }
}
