//! Values that may not fit their declared shape.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::RawJson;
use crate::wire::raw_json::Unread;

/// A `T`, or the JSON that came instead.
///
/// Used where published replies do not keep to their own specification, so that one odd member
/// does not cost the reply.
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
    /// What the specification says.
    Known(T),
    /// What came instead; encodes unchanged.
    Raw(RawJson),
}

impl<T> KnownOrRaw<T> {
    /// The value, when it had its declared shape.
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
        let json = Unread::deserialize(deserializer)?;
        match json.fit() {
            Some(value) => Ok(Self::Known(value)),
            None => json.keep().map(Self::Raw),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Timestamp;

    #[test]
    fn a_value_of_another_shape_survives() {
        let text = r#""2022-10-97T35:00:00Z""#;

        let value: KnownOrRaw<Timestamp> = serde_json::from_str(text).unwrap();

        assert_eq!(value.known(), None);
        assert_eq!(serde_json::to_string(&value).unwrap(), text);
    }
}
