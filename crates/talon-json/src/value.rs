//! Any JSON as a [`Value`] in which no name is special.
//!
//! The types of serde_json pass raw text and long numbers to each other as an object of one member
//! with a private name. `Value` reads every object that begins with such a name in that way, also
//! one from a customer: its text becomes structure, or an error. Here a name is a name.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{
    self, Deserialize, DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor,
};
use serde_json::{Map, Number, Value};

use crate::protocol::{NUMBER, RAW_VALUE, VALUE, raw_text};

/// Reads JSON values for `#[serde(deserialize_with = "…")]`, in which no name is special.
///
/// An object that begins with `$serde_json::private::RawValue`, the name by which types of
/// serde_json know each other, is read by [`Value`] as what the text of that member says. Use this
/// function for every `Value` that holds data of others.
///
/// ```
/// use serde::Deserialize;
/// use serde_json::Value;
///
/// #[derive(Deserialize)]
/// struct Note {
///     #[serde(deserialize_with = "talon_json::deserialize_value")]
///     content: Value,
/// }
///
/// let text = br#"{"content":{"$serde_json::private::RawValue":"[1]"}}"#;
/// let note: Note = talon_json::from_slice(text)?;
/// assert!(note.content.is_object());
/// # Ok::<(), talon_json::DecodeError>(())
/// ```
///
/// # Errors
/// Those of the deserializer.
pub fn deserialize_value<'de, D: Deserializer<'de>, T: Values>(
    deserializer: D,
) -> Result<T, D::Error> {
    T::deserialize_values(deserializer)
}

/// What [`deserialize_value`] reads: values, alone, optional, in lists and by name.
pub trait Values: Sized {
    /// Reads it.
    ///
    /// # Errors
    /// Those of the deserializer.
    fn deserialize_values<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

/// [`Values`] where serde requires `Deserialize`.
pub(crate) struct AsValues<T>(pub(crate) T);

impl<'de, T: Values> Deserialize<'de> for AsValues<T> {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize_values(deserializer).map(Self)
    }
}

impl Values for Value {
    #[inline]
    fn deserialize_values<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(VALUE, ValueVisitor { is_foreign: false })
    }
}

impl<T: Values> Values for Option<T> {
    fn deserialize_values<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::<AsValues<T>>::deserialize(deserializer).map(|value| value.map(|value| value.0))
    }
}

impl<T: Values> Values for Vec<T> {
    fn deserialize_values<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let items = Vec::<AsValues<T>>::deserialize(deserializer)?;
        Ok(items.into_iter().map(|value| value.0).collect())
    }
}

impl<T: Values> Values for BTreeMap<String, T> {
    #[inline]
    fn deserialize_values<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor(PhantomData))
    }
}

struct MembersVisitor<T>(PhantomData<T>);

impl<'de, T: Values> Visitor<'de> for MembersVisitor<T> {
    type Value = BTreeMap<String, T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = BTreeMap::new();
        while let Some((name, AsValues(value))) = map.next_entry()? {
            members.insert(name, value);
        }
        Ok(members)
    }
}

struct ValueVisitor {
    /// Whether the reader does not know [`VALUE`] and may pass on a number as an object.
    is_foreign: bool,
}

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any valid JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i128<E: de::Error>(self, value: i128) -> Result<Value, E> {
        number(Number::from_i128(value))
    }

    fn visit_u128<E: de::Error>(self, value: u128) -> Result<Value, E> {
        number(Number::from_u128(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    /// The text of a number, from a reader that knows [`VALUE`].
    fn visit_bytes<E: de::Error>(self, text: &[u8]) -> Result<Value, E> {
        number(str::from_utf8(text).ok().and_then(|text| text.parse().ok()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        Value::deserialize_values(deserializer)
    }

    /// From a reader that does not know [`VALUE`].
    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Value, D::Error> {
        deserializer.deserialize_any(Self { is_foreign: true })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(AsValues(item)) = seq.next_element()? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut members = Map::new();
        let mut may_be_number = false;
        if self.is_foreign
            && let Some(first) = map.next_key_seed(FirstName)?
        {
            may_be_number = first.may_be_of_serde_json && first.name == NUMBER;
            let AsValues(value) = map.next_value()?;
            members.insert(first.name, value);
        }
        while let Some((name, AsValues(value))) = map.next_entry()? {
            members.insert(name, value);
        }
        let number = if may_be_number { number_of(&members) } else { None };
        Ok(number.map_or(Value::Object(members), Value::Number))
    }
}

fn number<E: de::Error>(number: Option<Number>) -> Result<Value, E> {
    number.map(Value::Number).ok_or_else(|| E::custom("number out of range"))
}

/// The number that serde_json passes on as these members; only with `arbitrary_precision`, which
/// has numbers of any size.
fn number_of(members: &Map<String, Value>) -> Option<Number> {
    let has_any_size = "1e400".parse::<Number>().is_ok();
    let text = members.get(NUMBER).filter(|_| has_any_size && members.len() == 1)?;
    text.as_str()?.parse().ok()
}

/// Reads the name of an object's first member in a way that tells the name of serde_json's numbers
/// from the same name in data.
///
/// Asked for raw text, serde_json gives a name in data with its quotes, and its own name without.
/// Other readers leave it open.
struct FirstName;

struct Name {
    name: String,
    may_be_of_serde_json: bool,
}

impl<'de> DeserializeSeed<'de> for FirstName {
    type Value = Name;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Name, D::Error> {
        deserializer.deserialize_newtype_struct(RAW_VALUE, self)
    }
}

impl<'de> Visitor<'de> for FirstName {
    type Value = Name;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string key")
    }

    fn visit_str<E>(self, name: &str) -> Result<Name, E> {
        Ok(Name { name: name.to_owned(), may_be_of_serde_json: true })
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Name, D::Error> {
        let name = String::deserialize(deserializer)?;
        Ok(Name { name, may_be_of_serde_json: true })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Name, A::Error> {
        let quoted = raw_text(map, &self)?;
        let name = serde_json::from_str(&quoted).map_err(A::Error::custom)?;
        Ok(Name { name, may_be_of_serde_json: false })
    }
}
