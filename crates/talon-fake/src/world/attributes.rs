//! Attributes and event types that exist.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use talon_core::Timestamp;

use super::World;

/// Attributes that exist, by entity. `None` accepts any attribute of any type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Schema {
    /// Attributes of profiles.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<BTreeMap<String, AttributeType>>,
    /// Attributes of sessions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<BTreeMap<String, AttributeType>>,
    /// Attributes of cart items.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cart_item: Option<BTreeMap<String, AttributeType>>,
}

/// Type of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum AttributeType {
    /// Text.
    String,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// An RFC 3339 timestamp.
    Time,
    /// A location: `{"lat": …, "lon": …}` in degrees, or text.
    Location,
    /// A list of texts.
    StringList,
    /// A list of numbers.
    NumberList,
}

impl Schema {
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl AttributeType {
    pub(crate) fn fits(self, value: &Value) -> bool {
        match self {
            Self::String => value.is_string(),
            Self::Number => value.is_number(),
            Self::Boolean => value.is_boolean(),
            Self::Time => value.as_str().is_some_and(|text| Timestamp::from_rfc3339(text).is_ok()),
            Self::Location => value.is_object() || value.is_string(),
            Self::StringList => list_of(value, Value::is_string),
            Self::NumberList => list_of(value, Value::is_number),
        }
    }

    pub(crate) fn article_and_name(self) -> &'static str {
        match self {
            Self::String => "a string",
            Self::Number => "a number",
            Self::Boolean => "a boolean",
            Self::Time => "a time in RFC 3339, such as 2020-06-10T09:05:27Z",
            Self::Location => "a location",
            Self::StringList => "a list of strings",
            Self::NumberList => "a list of numbers",
        }
    }
}

fn list_of(value: &Value, fits: impl Fn(&Value) -> bool) -> bool {
    value.as_array().is_some_and(|list| list.iter().all(fits))
}

impl World {
    /// Declares the attributes of profiles; others are refused.
    #[must_use]
    pub fn profile_attributes(mut self, types: &[(&str, AttributeType)]) -> Self {
        self.attributes.profile = Some(declared(types));
        self
    }

    /// Declares the attributes of sessions; others are refused.
    #[must_use]
    pub fn session_attributes(mut self, types: &[(&str, AttributeType)]) -> Self {
        self.attributes.session = Some(declared(types));
        self
    }

    /// Declares the attributes of cart items; others are refused.
    #[must_use]
    pub fn cart_item_attributes(mut self, types: &[(&str, AttributeType)]) -> Self {
        self.attributes.cart_item = Some(declared(types));
        self
    }

    /// Declares an event type; one that is not declared is refused.
    #[must_use]
    pub fn event_type(mut self, name: &str, types: &[(&str, AttributeType)]) -> Self {
        self.event_types.get_or_insert_default().insert(name.to_owned(), declared(types));
        self
    }
}

fn declared(types: &[(&str, AttributeType)]) -> BTreeMap<String, AttributeType> {
    types.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect()
}
