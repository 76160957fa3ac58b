//! A value within a row, as text.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use talon_core::json;
use talon_json::RawText;

/// A member of a row that most requests write and few read.
///
/// It is encoded once, from a reference. Encoding the row copies its text, and decoding the row does
/// not decode it.
#[derive(Clone, Debug)]
pub(crate) enum EncodedValue<T> {
    Json(RawText<'static>),
    /// A value without JSON form.
    Decoded(T),
}

impl<T: Clone + DeserializeOwned + Serialize> EncodedValue<T> {
    pub(crate) fn encode(value: &T) -> Self {
        let json = json::to_vec(value).ok().and_then(|json| String::from_utf8(json).ok());
        json.map_or_else(|| Self::Decoded(value.clone()), |json| Self::Json(RawText::from(json)))
    }

    /// # Errors
    /// When the text is not that of a `T`, as after a restore from another snapshot than ours.
    pub(crate) fn decode(&self) -> talon_core::Result<T> {
        match self {
            Self::Json(text) => json::from_slice(text.get().as_bytes()),
            Self::Decoded(value) => Ok(value.clone()),
        }
    }
}

/// Equal texts: the same value always has the same one.
impl<T: PartialEq> PartialEq for EncodedValue<T> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Json(one), Self::Json(other)) => one.get() == other.get(),
            (Self::Decoded(one), Self::Decoded(other)) => one == other,
            _ => false,
        }
    }
}

impl<T: Serialize> Serialize for EncodedValue<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Json(text) => text.serialize(serializer),
            Self::Decoded(value) => value.serialize(serializer),
        }
    }
}

impl<'de, T> Deserialize<'de> for EncodedValue<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = RawText::deserialize(deserializer)?;
        Ok(Self::Json(RawText::from(text.into_owned())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_copied_into_that_of_the_row() {
        let value = EncodedValue::encode(&vec![1.5, 2.0]);

        let json = json::to_vec(&[&value]).unwrap();

        assert_eq!(json, b"[[1.5,2.0]]");
        assert_eq!(serde_json::to_vec(&[&value]).unwrap(), json);
        let [read] = json::from_slice::<[EncodedValue<Vec<f64>>; 1]>(&json).unwrap();
        assert_eq!(read, value);
        assert_eq!(read.decode().unwrap(), [1.5, 2.0]);
    }

    #[test]
    fn a_text_of_another_type_is_an_error() {
        let value: EncodedValue<Vec<f64>> = json::from_slice(b"{\"a\":1}").unwrap();

        assert!(value.decode().is_err());
    }
}
