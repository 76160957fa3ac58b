//! Custom attributes of sessions, profiles, items, events, coupons and campaigns.

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Amount, Timestamp};

/// Custom attributes: a map from names to JSON values, ordered by name.
///
/// In a request, `null` removes an attribute, and an absent name keeps it. Names are case-sensitive.
///
/// ```
/// use talon_core::Attributes;
///
/// let attributes = Attributes::new().with("ShippingCity", "Berlin").with("Priority", true);
/// assert_eq!(attributes.text("ShippingCity"), Some("Berlin"));
/// assert_eq!(attributes.flag("Priority"), Some(true));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Attributes(
    #[serde(deserialize_with = "crate::json::deserialize_value")] BTreeMap<String, Value>,
);

impl Attributes {
    /// An empty map.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds or replaces one attribute.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.0.insert(name.into(), value.into());
        self
    }

    /// A text attribute; `None` when absent or of another type.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str()
    }

    /// A boolean attribute; `None` when absent or of another type.
    pub fn flag(&self, name: &str) -> Option<bool> {
        self.0.get(name)?.as_bool()
    }

    /// A number attribute; `None` when absent or of another type.
    pub fn number(&self, name: &str) -> Option<Amount> {
        serde_json::from_value(self.0.get(name)?.clone()).ok()
    }

    /// A time attribute; `None` when absent or not an RFC 3339 timestamp.
    pub fn time(&self, name: &str) -> Option<Timestamp> {
        self.text(name)?.parse().ok()
    }

    /// Applies an update as the service does: `null` removes an attribute, any other value adds or
    /// replaces it.
    pub fn merge(&mut self, update: &Self) {
        for (name, value) in &update.0 {
            if value.is_null() {
                self.0.remove(name);
            } else {
                self.0.insert(name.clone(), value.clone());
            }
        }
    }
}

impl Deref for Attributes {
    type Target = BTreeMap<String, Value>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for Attributes {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl<N: Into<String>, V: Into<Value>> FromIterator<(N, V)> for Attributes {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        Self(pairs.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}

impl IntoIterator for Attributes {
    type Item = (String, Value);
    type IntoIter = std::collections::btree_map::IntoIter<String, Value>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

#[cfg(feature = "proptest")]
crate::arbitrary::from_strategy!(Attributes: proptest::strategy::Strategy::prop_map(
    crate::arbitrary::members(),
    Attributes::from_iter
));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merging_null_removes_and_absence_keeps() {
        let mut attributes = Attributes::new().with("City", "Berlin").with("Age", 30);

        attributes.merge(&Attributes::new().with("Age", Value::Null).with("Vip", true));

        assert_eq!(attributes, Attributes::new().with("City", "Berlin").with("Vip", true));
    }
}
