//! Values that other readers than ours read from their text.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeOwned, Deserializer, Error, MapAccess, Visitor};

use crate::decode::Options;
use crate::protocol::{DIRECT, FlagSeed, RAW_VALUE, SomeVisitor, raw_text};

/// A large value, which serde_json decodes in less time if it only finds the end of its text, and
/// [`from_slice`](crate::from_slice) decodes the text.
///
/// ```
/// use serde::de::{Deserialize, Deserializer};
/// use talon_json::{ByText, deserialize_by_text};
///
/// /// `remote` keeps the derived code as a function of the type.
/// #[derive(Debug, PartialEq, serde::Deserialize)]
/// #[serde(remote = "Self")]
/// struct Reply {
///     codes: Vec<String>,
/// }
///
/// impl ByText for Reply {
///     fn deserialize_directly<'de, D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
///         Self::deserialize(reader)
///     }
/// }
///
/// impl<'de> Deserialize<'de> for Reply {
///     fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
///         deserialize_by_text(reader)
///     }
/// }
///
/// let reply: Reply = serde_json::from_str(r#"{"codes": ["SPRING"]}"#)?;
/// assert_eq!(reply, Reply { codes: vec!["SPRING".to_owned()] });
/// # Ok::<(), serde_json::Error>(())
/// ```
pub trait ByText: DeserializeOwned {
    /// Decodes the value member by member, as derived code does.
    ///
    /// # Errors
    /// Those of the deserializer.
    fn deserialize_directly<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

/// Decodes a value directly from the readers of this crate and from those without text, and by its
/// text from serde_json.
///
/// # Errors
/// Those of the deserializer.
#[inline]
pub fn deserialize_by_text<'de, D: Deserializer<'de>, T: ByText>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_newtype_struct(DIRECT, SomeVisitor(Seed(PhantomData)))
}

struct Seed<T>(PhantomData<T>);

impl<'de, T: ByText> FlagSeed<'de> for Seed<T> {
    type Value = T;

    #[inline]
    fn read_set<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::deserialize_directly(deserializer)
    }

    fn read_unset<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_newtype_struct(RAW_VALUE, TextVisitor(self.0))
    }
}

struct TextVisitor<T>(PhantomData<T>);

impl<'de, T: ByText> Visitor<'de> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any valid JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        let text = raw_text(map, &self)?;
        // The error of serde_json has a position, and no path.
        let read = Options::new().max_located(0).from_slice(text.as_bytes());
        read.map_err(|error| A::Error::custom(error.into_cause()))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::deserialize_directly(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use serde::de::Deserialize;
    use serde_json::json;

    use super::*;
    use crate::from_slice;

    #[derive(Debug, PartialEq, serde::Deserialize)]
    #[serde(remote = "Self")]
    struct Reply {
        codes: Vec<String>,
        count: u8,
    }

    impl ByText for Reply {
        fn deserialize_directly<'de, D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
            Self::deserialize(reader)
        }
    }

    impl<'de> Deserialize<'de> for Reply {
        fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
            deserialize_by_text(reader)
        }
    }

    fn reply() -> Reply {
        Reply { codes: vec!["A".to_owned()], count: 2 }
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a reader that gives copies of text")]
    fn every_reader_reads_it() {
        #[derive(serde::Deserialize)]
        struct Outer {
            #[serde(flatten)]
            reply: Reply,
        }
        let text = r#"{"codes":["A"],"count":2}"#;

        assert_eq!(from_slice::<Reply>(text.as_bytes()).unwrap(), reply());
        assert_eq!(serde_json::from_str::<Reply>(text).unwrap(), reply());
        assert_eq!(serde_json::from_reader::<_, Reply>(text.as_bytes()).unwrap(), reply());
        assert_eq!(
            serde_json::from_value::<Reply>(json!({"codes": ["A"], "count": 2})).unwrap(),
            reply()
        );
        assert_eq!(serde_json::from_str::<Outer>(text).unwrap().reply, reply());
        assert_eq!(from_slice::<Outer>(text.as_bytes()).unwrap().reply, reply());
    }

    #[test]
    fn the_errors_are_those_of_serde_json() {
        let text = "{\"codes\":[],\n\"count\":256}";
        let said = serde_json::from_str::<Reply>(text).unwrap_err();

        assert_eq!(
            said.to_string(),
            "invalid value: integer `256`, expected u8 at line 2 column 11"
        );
        assert_eq!((said.line(), said.column(), said.is_data()), (2, 11, true));
        assert_eq!(from_slice::<Reply>(text.as_bytes()).unwrap_err().path(), "count");
        assert!(serde_json::from_str::<Reply>("{\"codes\":[").unwrap_err().is_eof());
    }
}
