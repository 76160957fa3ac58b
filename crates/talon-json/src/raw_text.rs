//! The text of a value that is not read yet.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeStruct as _, Serializer};
use serde_json::value::RawValue;

use crate::protocol::{RAW_VALUE, raw_text};
use crate::value::AsValues;

/// The text of a JSON value, borrowed where the input allows.
///
/// The types of serde_json either always borrow that text or always copy it. A reader that has no
/// text, as where serde has buffered a value in memory, gives a value; its text is written anew.
///
/// ```
/// use talon_json::RawText;
///
/// let text: RawText = serde_json::from_str("[1.50, 2 ]")?;
/// assert_eq!(text.get(), "[1.50, 2 ]");
/// assert_eq!(text.decode::<Vec<f64>>()?, [1.5, 2.0]);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct RawText<'a>(Cow<'a, str>);

impl RawText<'_> {
    /// The JSON text.
    pub fn get(&self) -> &str {
        &self.0
    }

    /// The JSON text, copied if it is borrowed.
    pub fn into_owned(self) -> String {
        self.0.into_owned()
    }

    /// Reads the text as a `T`, by serde_json and without the options of the reader it comes from.
    ///
    /// # Errors
    /// When the text does not fit `T`.
    pub fn decode<'t, T: Deserialize<'t>>(&'t self) -> serde_json::Result<T> {
        serde_json::from_str(&self.0)
    }
}

/// `null`.
impl Default for RawText<'_> {
    fn default() -> Self {
        Self("null".into())
    }
}

impl<'a> From<&'a RawValue> for RawText<'a> {
    fn from(raw: &'a RawValue) -> Self {
        Self(raw.get().into())
    }
}

/// The text is written as it is: it has to be valid JSON.
impl<'a> From<&'a str> for RawText<'a> {
    fn from(json: &'a str) -> Self {
        Self(json.into())
    }
}

/// The text is written as it is: it has to be valid JSON.
impl From<String> for RawText<'_> {
    fn from(json: String) -> Self {
        Self(json.into())
    }
}

/// Writers of JSON text, ours and serde_json's, write the text; others see a struct with it.
impl Serialize for RawText<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut raw = serializer.serialize_struct(RAW_VALUE, 1)?;
        raw.serialize_field(RAW_VALUE, &*self.0)?;
        raw.end()
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for RawText<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(RAW_VALUE, RawTextVisitor).map(Self)
    }
}

struct RawTextVisitor;

impl<'de> Visitor<'de> for RawTextVisitor {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any valid JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        raw_text(map, &self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Self::Value, D::Error> {
        let AsValues(value) = AsValues::<serde_json::Value>::deserialize(deserializer)?;
        Ok(value.to_string().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serde_json_knows_the_name() {
        let text: RawText<'_> = serde_json::from_str(" {\"a\" : 1.50} ").unwrap();

        assert!(matches!(text.0, Cow::Borrowed("{\"a\" : 1.50}")));
    }

    #[test]
    fn a_reader_without_text_gives_a_value() {
        #[derive(Debug, serde::Deserialize)]
        #[serde(untagged)]
        enum Either<'a> {
            Number(u8),
            #[serde(borrow)]
            Raw(RawText<'a>),
        }
        let json = "[7, {\"b\": [null, \"x\"], \"a\": -1.5}]";

        let either: [Either<'_>; 2] = serde_json::from_str(json).unwrap();

        let [Either::Number(7), Either::Raw(raw)] = &either else { panic!("{either:?}") };
        let value: serde_json::Value = serde_json::from_str(json).unwrap();
        assert_eq!(raw.get(), value[1].to_string());
    }
}
