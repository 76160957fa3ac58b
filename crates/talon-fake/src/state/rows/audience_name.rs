//! Ids of audiences in the integrations that they come from.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use talon_core::AudienceId;

use crate::state::key_text::{self, text_key};
use crate::store::Row;

/// An id of an audience in an integration. Its text is such as `mparticle/1234`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct AudienceNameKey {
    /// In lower case: integrations are spelled in several ways. Empty for none.
    integration: String,
    id: String,
}

impl AudienceNameKey {
    pub(crate) fn new(integration: Option<&str>, id: &str) -> Self {
        let integration = integration.unwrap_or_default().to_lowercase();
        Self { integration, id: id.to_owned() }
    }
}

/// Which audience has an id in an integration; no other audience may have it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct AudienceName {
    pub(crate) name: AudienceNameKey,
    pub(crate) audience: AudienceId,
}

impl Row for AudienceName {
    type Key = AudienceNameKey;
    type Stored = Self;

    fn key(&self) -> &AudienceNameKey {
        &self.name
    }
}

impl fmt::Display for AudienceNameKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        key_text::write(f, [&*self.integration, &*self.id])
    }
}

impl FromStr for AudienceNameKey {
    type Err = key_text::ParseKeyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = key_text::parts(text);
        match (parts.next(), parts.next(), parts.next()) {
            (Some(integration), Some(id), None) => Ok(Self { integration, id }),
            _ => Err(key_text::ParseKeyError),
        }
    }
}

text_key!(AudienceNameKey);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_a_key_is_read_back() {
        for (integration, id) in [(Some("mParticle"), "1/2%"), (None, "7")] {
            let key = AudienceNameKey::new(integration, id);
            assert_eq!(key.to_string().parse::<AudienceNameKey>(), Ok(key));
        }
        for text in ["", "mparticle", "mparticle/7/8"] {
            assert!(text.parse::<AudienceNameKey>().is_err(), "{text}");
        }
    }
}
