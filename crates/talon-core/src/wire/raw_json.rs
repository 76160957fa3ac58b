//! JSON kept as it came.

use std::borrow::Cow;
use std::fmt;

use serde::de::{
    DeserializeOwned, Error, Expected, IntoDeserializer, MapAccess, Unexpected, Visitor,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::wire::lenient::Whole;

/// A JSON value kept byte for byte, for what this version cannot type.
///
/// Two are equal when their texts are. In a request or reply, lone halves of characters are
/// replaced before it is read, see [`json::from_slice`](crate::json::from_slice).
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
        serde_json::value::to_raw_value(value).map(Self)
    }

    /// Reads the text as a `T`.
    ///
    /// # Errors
    /// When the text does not fit `T`.
    pub fn decode<'a, T: Deserialize<'a>>(&'a self) -> Result<T, serde_json::Error> {
        serde_json::from_str(self.get())
    }

    pub(crate) fn unread(&self) -> Unread<'_> {
        Unread(self.get().into())
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
        Box::<RawValue>::deserialize(deserializer).map(Self)
    }
}

/// A JSON value that was passed over and not yet read; its text is borrowed where the input allows.
pub(crate) struct Unread<'de>(Cow<'de, str>);

impl Unread<'_> {
    pub(crate) fn null() -> Self {
        Self("null".into())
    }

    pub(crate) fn text(&self) -> &str {
        &self.0
    }

    /// Reads the text as a `T`, if it fits.
    pub(crate) fn fit<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_str(&self.0).ok()
    }

    /// Reads the text as a `T`, also one that is written as another type: a number as `"7"` or
    /// `7.0`, a text as any JSON. `None` for `null` and for what cannot be read at all.
    pub(crate) fn fit_loosely<T: DeserializeOwned>(&self) -> Option<T> {
        if self.0 == "null" {
            return None;
        }
        self.fit().or_else(|| {
            let unquoted = self.fit::<String>().map_or(Cow::Borrowed(&*self.0), Cow::Owned);
            let whole = Unread(unquoted.clone()).fit().map(|Whole(number)| number.to_string());
            let text = IntoDeserializer::<serde_json::Error>::into_deserializer(&*self.0);
            let number = serde_json::from_str(&unquoted).ok();
            let number = number.or_else(|| serde_json::from_str(&whole?).ok());
            number.or_else(|| T::deserialize(text).ok())
        })
    }

    /// Keeps the text.
    pub(crate) fn keep<E: Error>(self) -> Result<RawJson, E> {
        RawValue::from_string(self.0.into_owned()).map(RawJson).map_err(E::custom)
    }
}

/// Name by which serde_json is asked for text as it stands.
///
/// Its own types either always borrow that text or always copy it. Were the name to change, text
/// would be copied.
pub(crate) const AS_IT_STANDS: &str = "$serde_json::private::RawValue";

/// What the names begin with by which the types of serde_json know each other.
pub(crate) const PRIVATE: &str = "$serde_json::private::";

impl<'de> Deserialize<'de> for Unread<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(AS_IT_STANDS, UnreadVisitor)
    }
}

struct UnreadVisitor;

impl<'de> Visitor<'de> for UnreadVisitor {
    type Value = Unread<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any valid JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        text(map, &self).map(Unread)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Self::Value, D::Error> {
        let text = Box::<RawValue>::deserialize(deserializer)?;
        Ok(Unread(Cow::Owned(text.get().to_owned())))
    }
}

/// What a deserializer gives who asked for the text as it stands.
pub(crate) fn text<'de, A: MapAccess<'de>>(
    mut map: A,
    expected: &dyn Expected,
) -> Result<Cow<'de, str>, A::Error> {
    match map.next_key::<Text>()? {
        Some(Text(name)) if name.starts_with(PRIVATE) => map.next_value().map(|Text(text)| text),
        _ => Err(A::Error::invalid_type(Unexpected::Map, expected)),
    }
}

/// Text, borrowed where the input allows.
#[derive(PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(transparent)]
pub(crate) struct Text<'a>(#[serde(borrow)] pub(crate) Cow<'a, str>);
