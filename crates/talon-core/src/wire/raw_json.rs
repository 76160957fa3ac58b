//! Raw JSON.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer, ser};
use serde_json::Value;
use serde_json::value::RawValue;
use talon_json::RawText;
use talon_json::protocol::RAW_VALUE;

/// A JSON value kept byte for byte, for what this version has no type for.
///
/// Two are equal when their texts are equal. Lone surrogates are replaced before a request or reply
/// is read, see [`json::from_slice`](crate::json::from_slice). Where serde has buffered the value in
/// memory, as for `#[serde(flatten)]`, the text is written anew.
///
/// ```
/// use talon_core::RawJson;
///
/// let raw: RawJson = serde_json::from_str(r#"{"b":1.50,"a":[]}"#)?;
/// assert_eq!(raw.get(), r#"{"b":1.50,"a":[]}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone)]
pub struct RawJson(Box<RawValue>);

impl RawJson {
    /// The JSON text.
    pub fn get(&self) -> &str {
        self.0.get()
    }

    /// The text of `value`.
    ///
    /// # Errors
    /// When `value` has no JSON form, such as a map whose keys are no strings.
    pub fn from_serialize<T: Serialize + ?Sized>(value: &T) -> Result<Self, serde_json::Error> {
        let json = String::from_utf8(talon_json::to_vec(value)?).map_err(ser::Error::custom)?;
        RawValue::from_string(json).map(Self)
    }

    /// Reads the text as a `T`.
    ///
    /// # Errors
    /// When the text does not fit `T`.
    pub fn decode<'a, T: Deserialize<'a>>(&'a self) -> Result<T, serde_json::Error> {
        serde_json::from_str(self.get())
    }

    pub(crate) fn as_text(&self) -> RawText<'_> {
        RawText::from(&*self.0)
    }
}

impl PartialEq for RawJson {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl Eq for RawJson {}

impl fmt::Debug for RawJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.get())
    }
}

impl Serialize for RawJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for RawJson {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(RAW_VALUE, RawJsonVisitor)
    }
}

struct RawJsonVisitor;

impl<'de> Visitor<'de> for RawJsonVisitor {
    type Value = RawJson;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any valid JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RawJson, A::Error> {
        Box::<RawValue>::deserialize(MapAccessDeserializer::new(map)).map(RawJson)
    }

    /// From a reader that has no text.
    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<RawJson, D::Error> {
        let value: Value = talon_json::deserialize_value(deserializer)?;
        RawJson::from_serialize(&value).map_err(Error::custom)
    }
}

impl TryFrom<RawText<'_>> for RawJson {
    type Error = serde_json::Error;

    fn try_from(text: RawText<'_>) -> Result<Self, serde_json::Error> {
        RawValue::from_string(text.into_owned()).map(Self)
    }
}
