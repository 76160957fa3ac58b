//! Loyalty cards.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use talon_core::model::{LoyaltyCardProfileRegistration, LoyaltyCardStatus};
use talon_core::{LoyaltyCardIdentifier, LoyaltyProgramId, ProfileId, Timestamp};

use crate::state::key_text::{self, text_key};
use crate::store::Row;

/// A card of a program, by its identifier.
///
/// Its text is such as `2/family-1`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct LoyaltyCardKey {
    pub(crate) program: LoyaltyProgramId,
    pub(crate) identifier: LoyaltyCardIdentifier,
}

/// A loyalty card. Its points are in the account of the card.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct StoredCard {
    pub(crate) key: LoyaltyCardKey,
    pub(crate) id: i64,
    pub(crate) created: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) modified: Option<Timestamp>,
    pub(crate) status: LoyaltyCardStatus,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) block_reason: Option<String>,
    /// In the order of their registration. The cards of a profile are in its row too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) profiles: Vec<LoyaltyCardProfileRegistration>,
    /// The card that was transferred to this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) old_identifier: Option<LoyaltyCardIdentifier>,
    /// The card that this one was transferred to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) new_identifier: Option<LoyaltyCardIdentifier>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) batch_id: Option<String>,
}

impl Row for StoredCard {
    type Key = LoyaltyCardKey;
    type Stored = Self;

    fn key(&self) -> &LoyaltyCardKey {
        &self.key
    }
}

impl StoredCard {
    /// An active card without customers.
    pub(crate) fn new(key: LoyaltyCardKey, id: i64, now: Timestamp) -> Self {
        Self {
            key,
            id,
            created: now,
            modified: None,
            status: LoyaltyCardStatus::Active,
            block_reason: None,
            profiles: Vec::new(),
            old_identifier: None,
            new_identifier: None,
            batch_id: None,
        }
    }

    /// Whether points can be earned and spent with it.
    pub(crate) fn is_active(&self) -> bool {
        self.status == LoyaltyCardStatus::Active && !self.is_transferred()
    }

    /// Whether another card took over its customers and points; it is blocked for good then.
    pub(crate) fn is_transferred(&self) -> bool {
        self.new_identifier.is_some()
    }

    pub(crate) fn has_profile(&self, id: &ProfileId) -> bool {
        self.profiles.iter().any(|registration| registration.integration_id == *id)
    }
}

impl LoyaltyCardKey {
    pub(crate) fn new(program: LoyaltyProgramId, identifier: &LoyaltyCardIdentifier) -> Self {
        Self { program, identifier: identifier.clone() }
    }
}

impl fmt::Display for LoyaltyCardKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/", self.program)?;
        key_text::write(f, [self.identifier.as_str()])
    }
}

impl FromStr for LoyaltyCardKey {
    type Err = key_text::ParseKeyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = key_text::parts(text);
        let program = key_text::number::<i64>(parts.next())?.into();
        match (parts.next(), parts.next()) {
            (Some(identifier), None) => Ok(Self { program, identifier: identifier.into() }),
            _ => Err(key_text::ParseKeyError),
        }
    }
}

text_key!(LoyaltyCardKey);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_a_key_is_read_back() {
        for identifier in ["family-1", "100%", "a+b@c"] {
            let key = LoyaltyCardKey::new(2.into(), &identifier.into());
            assert_eq!(key.to_string().parse::<LoyaltyCardKey>(), Ok(key));
        }
        for text in ["", "2", "x/family-1", "2/family/1"] {
            assert!(text.parse::<LoyaltyCardKey>().is_err(), "{text}");
        }
    }
}
