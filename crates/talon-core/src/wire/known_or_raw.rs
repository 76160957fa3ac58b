//! Members that may not have their specified form.

use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use talon_json::RawText;

use crate::RawJson;

/// A `T`, or the raw JSON of a member that is no `T`.
///
/// Used where replies of the service are known to differ from its specification, so that one such
/// member does not make the reply unreadable.
///
/// ```
/// use talon_core::{Timestamp, KnownOrRaw};
///
/// let dates: [KnownOrRaw<Timestamp>; 2] =
///     serde_json::from_str(r#"["2020-06-10T09:05:27Z", "2020-06-31"]"#)?;
/// assert_eq!(dates[0].known(), Some(&"2020-06-10T09:05:27Z".parse().unwrap()));
/// let KnownOrRaw::Raw(odd) = &dates[1] else { panic!("June has 30 days") };
/// assert_eq!(odd.get(), r#""2020-06-31""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KnownOrRaw<T> {
    /// A value as specified.
    Known(T),
    /// Any other JSON; encodes unchanged.
    Raw(RawJson),
}

impl<T> KnownOrRaw<T> {
    /// The value, when it had its specified form.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Raw(_) => None,
        }
    }
}

impl<T> From<T> for KnownOrRaw<T> {
    fn from(value: T) -> Self {
        Self::Known(value)
    }
}

impl<T: Serialize> Serialize for KnownOrRaw<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Known(value) => value.serialize(serializer),
            Self::Raw(raw) => raw.serialize(serializer),
        }
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for KnownOrRaw<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = RawText::deserialize(deserializer)?;
        match text.decode() {
            Ok(value) => Ok(Self::Known(value)),
            Err(_) => text.try_into().map(Self::Raw).map_err(D::Error::custom),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Timestamp;

    #[test]
    fn a_value_of_another_form_survives() {
        let text = r#""2022-10-97T35:00:00Z""#;

        let value: KnownOrRaw<Timestamp> = serde_json::from_str(text).unwrap();

        assert_eq!(value.known(), None);
        assert_eq!(serde_json::to_string(&value).unwrap(), text);
    }
}
