//! API keys of an application.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};
use talon_core::Timestamp;

use super::{World, instant, text_or_object};

/// An API key of the application. A world file has its text alone, or an object with its members.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(from = "KeyInFile", into = "KeyInFile")]
pub struct IntegrationKey {
    /// The key, as requests send it.
    pub key: String,
    /// Instant from which requests with the key are refused, by the clock of the world; never unless
    /// given.
    pub expires: Option<Timestamp>,
    /// What requests with the key may do; everything unless given.
    pub key_type: KeyType,
}

/// What requests with an API key may do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum KeyType {
    /// Everything.
    #[default]
    Production,
    /// Evaluate and read: every request is a dry run, which stores nothing.
    Testing,
}

impl IntegrationKey {
    /// A production key that does not expire.
    pub fn new(key: impl Into<String>) -> Self {
        Self { key: key.into(), expires: None, key_type: KeyType::default() }
    }

    /// Sets the [time](crate::world#times) from which requests with the key are refused.
    #[must_use]
    #[track_caller]
    pub fn expires(mut self, at: impl TryInto<Timestamp, Error: fmt::Display>) -> Self {
        self.expires = Some(instant(at));
        self
    }

    /// Makes every request with the key a dry run.
    #[must_use]
    pub fn testing(mut self) -> Self {
        self.key_type = KeyType::Testing;
        self
    }

    /// Whether requests with the key are accepted at an instant.
    #[cfg(feature = "serve")]
    pub(crate) fn is_valid_at(&self, now: Timestamp) -> bool {
        self.expires.is_none_or(|expires| now < expires)
    }
}

impl From<&str> for IntegrationKey {
    fn from(key: &str) -> Self {
        Self::new(key)
    }
}

impl From<String> for IntegrationKey {
    fn from(key: String) -> Self {
        Self::new(key)
    }
}

impl World {
    /// Sets the API keys that the application accepts, in place of `demo-key`.
    ///
    /// ```
    /// use talon_fake::World;
    /// use talon_fake::world::IntegrationKey;
    ///
    /// let world = World::new().api_keys([
    ///     IntegrationKey::new("shop").expires("2027-01-01T00:00:00Z"),
    ///     IntegrationKey::new("shop-tests").testing(),
    /// ]);
    /// let same = World::from_json(r#"{"application": {"apiKeys": [
    ///     {"key": "shop", "expires": "2027-01-01T00:00:00Z"},
    ///     {"key": "shop-tests", "type": "testing"}]}}"#)?;
    /// assert_eq!(world, same);
    /// # Ok::<(), talon_fake::WorldError>(())
    /// ```
    #[must_use]
    pub fn api_keys<K: Into<IntegrationKey>>(mut self, keys: impl IntoIterator<Item = K>) -> Self {
        self.application.api_keys = keys.into_iter().map(Into::into).collect();
        self
    }
}

/// A key in a world file.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
enum KeyInFile {
    /// A production key that does not expire.
    Text(String),
    /// A key with an expiry or a type.
    Object(KeyObject),
}

/// A key with an expiry or a type.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct KeyObject {
    /// The key, as requests send it.
    key: String,
    /// Instant from which requests with the key are refused, by the clock of the world; never when
    /// left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expires: Option<Timestamp>,
    /// `production`, or `testing`, which makes every request with the key a dry run; `production`
    /// when left out.
    #[serde(default, rename = "type")]
    key_type: KeyType,
}

impl<'de> Deserialize<'de> for KeyInFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let expected = "a key, or an object with `key`, `expires` and `type`";
        text_or_object::read(deserializer, expected, Self::Text, Self::Object)
    }
}

impl From<KeyInFile> for IntegrationKey {
    fn from(key: KeyInFile) -> Self {
        match key {
            KeyInFile::Text(key) => Self::new(key),
            KeyInFile::Object(KeyObject { key, expires, key_type }) => {
                Self { key, expires, key_type }
            }
        }
    }
}

impl From<IntegrationKey> for KeyInFile {
    fn from(key: IntegrationKey) -> Self {
        let IntegrationKey { key, expires, key_type } = key;
        if expires.is_none() && key_type == KeyType::Production {
            return Self::Text(key);
        }
        Self::Object(KeyObject { key, expires, key_type })
    }
}
