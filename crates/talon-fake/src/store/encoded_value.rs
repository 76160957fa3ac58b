//! A value within a row, as text.

use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use talon_core::json;
use talon_json::RawText;

/// A member of a row that most requests write and few read.
///
/// It is encoded with the row that it was made for. Decoding the row does not decode it, and a copy of
/// the row shares it.
#[derive(Clone, Debug)]
pub(crate) enum EncodedValue<T> {
    Json(Arc<RawText<'static>>),
    Decoded(Arc<T>),
}

impl<T: Clone + DeserializeOwned + Serialize> EncodedValue<T> {
    pub(crate) fn new(value: T) -> Self {
        Self::Decoded(Arc::new(value))
    }

    /// # Errors
    /// When the text is not that of a `T`, as after a restore from another snapshot than ours.
    pub(crate) fn decode(&self) -> talon_core::Result<T> {
        match self {
            Self::Json(text) => json::from_slice(text.get().as_bytes()),
            Self::Decoded(value) => Ok(T::clone(value)),
        }
    }
}

/// Equal values, or equal texts: the same value always has the same one.
impl<T: PartialEq + Serialize> PartialEq for EncodedValue<T> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Json(one), Self::Json(other)) => one.get() == other.get(),
            (Self::Decoded(one), Self::Decoded(other)) => one == other,
            (Self::Json(text), Self::Decoded(value)) | (Self::Decoded(value), Self::Json(text)) => {
                json::to_vec(value).is_ok_and(|json| json == text.get().as_bytes())
            }
        }
    }
}

impl<T: Serialize> Serialize for EncodedValue<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Json(text) => text.serialize(serializer),
            // As one text here too, so that it is the same whatever the layout around it.
            Self::Decoded(value) => {
                let json = json::to_vec(value).map_err(S::Error::custom)?;
                let json = String::from_utf8(json).map_err(S::Error::custom)?;
                RawText::from(json).serialize(serializer)
            }
        }
    }
}

impl<'de, T> Deserialize<'de> for EncodedValue<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = RawText::deserialize(deserializer)?;
        Ok(Self::Json(Arc::new(RawText::from(text.into_owned()))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_copied_into_that_of_the_row() {
        let value = EncodedValue::new(vec![1.5, 2.0]);

        let json = json::to_vec(&[&value]).unwrap();

        assert_eq!(json, b"[[1.5,2.0]]");
        assert_eq!(serde_json::to_vec(&[&value]).unwrap(), json);
        let [read] = json::from_slice::<[EncodedValue<Vec<f64>>; 1]>(&json).unwrap();
        assert_eq!(read, value);
        assert_eq!(read.decode().unwrap(), [1.5, 2.0]);
    }

    #[test]
    fn a_value_equals_its_text() {
        let [value, other] = [vec![1.5], vec![2.0]].map(EncodedValue::new);
        let text: EncodedValue<Vec<f64>> =
            json::from_slice(&json::to_vec(&value).unwrap()).unwrap();

        assert_eq!((&text, &value), (&value, &text));
        assert_ne!(text, other);
        assert_ne!(other, text);
    }

    #[test]
    fn a_text_of_another_type_is_an_error() {
        let value: EncodedValue<Vec<f64>> = json::from_slice(b"{\"a\":1}").unwrap();

        assert!(value.decode().is_err());
    }
}
