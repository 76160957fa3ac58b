//! Any JSON as a [`Value`], without taking data for code.
//!
//! The types of serde_json hand raw text and long numbers to each other as an object of one member
//! with a private name. `Value` reads every object that begins with such a name in that way, also
//! one that a customer typed: its text would become structure, or cost the whole document. Here a
//! name is a name.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{
    self, Deserialize, DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor,
};
use serde_json::{Map, Number, Value};

use crate::error::Located;
use crate::wire::raw_json::{self, AS_IT_STANDS};

/// Name by which our own reader is asked for a value: it gives numbers that are no short integers
/// as bytes, their text.
pub(super) const VALUE: &str = "$talon::json::Value";

/// Name of the member in which serde_json with the feature `arbitrary_precision` hands on numbers.
pub(super) const NUMBER: &str = "$serde_json::private::Number";

/// Reads JSON values for `#[serde(deserialize_with = "…")]`, in which no name is special.
///
/// An object that begins with `$serde_json::private::RawValue`, the name by which types of
/// serde_json know each other, is read by [`Value`] as what the text of that member says. Attributes
/// and payloads hold what others typed; the models read it by this function, as should types of
/// your own.
///
/// ```
/// use serde::Deserialize;
/// use serde_json::Value;
///
/// #[derive(Deserialize)]
/// struct Note {
///     #[serde(deserialize_with = "talon_core::json::deserialize_value")]
///     content: Value,
/// }
///
/// let text = br#"{"content":{"$serde_json::private::RawValue":"[1]"}}"#;
/// let note: Note = talon_core::json::from_slice(text)?;
/// assert!(note.content.is_object());
/// # Ok::<(), talon_core::Error>(())
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

/// [`Values`] where serde asks for `Deserialize`.
pub(crate) struct Plain<T>(pub(crate) T);

impl<'de, T: Values> Deserialize<'de> for Plain<T> {
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
        Option::<Plain<T>>::deserialize(deserializer).map(|plain| plain.map(|plain| plain.0))
    }
}

impl<T: Values> Values for Vec<T> {
    fn deserialize_values<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let items = Vec::<Plain<T>>::deserialize(deserializer)?;
        Ok(items.into_iter().map(|plain| plain.0).collect())
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
        while let Some((name, Plain(value))) = map.next_entry()? {
            members.insert(name, value);
        }
        Ok(members)
    }
}

struct ValueVisitor {
    /// Whether the reader is another than ours, and may hand on a number as an object.
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

    /// The text of a number, from our own reader.
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

    /// What a reader does that does not know our name.
    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Value, D::Error> {
        deserializer.deserialize_any(Self { is_foreign: true })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(Plain(item)) = seq.next_element()? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut members = Map::new();
        let mut may_be_number = false;
        if self.is_foreign
            && !Located::is_assumed()
            && let Some(first) = map.next_key_seed(FirstName)?
        {
            may_be_number = first.may_be_of_serde_json && first.name == NUMBER;
            let Plain(value) = map.next_value()?;
            members.insert(first.name, value);
        }
        while let Some((name, Plain(value))) = map.next_entry()? {
            members.insert(name, value);
        }
        let number = if may_be_number { number_of(&members) } else { None };
        Ok(number.map_or(Value::Object(members), Value::Number))
    }
}

fn number<E: de::Error>(number: Option<Number>) -> Result<Value, E> {
    number.map(Value::Number).ok_or_else(|| E::custom("number out of range"))
}

/// The number that serde_json hands on as these members; only with `arbitrary_precision`, which
/// has numbers of any size.
fn number_of(members: &Map<String, Value>) -> Option<Number> {
    let has_any_size = "1e400".parse::<Number>().is_ok();
    let text = members.get(NUMBER).filter(|_| has_any_size && members.len() == 1)?;
    text.as_str()?.parse().ok()
}

/// The name of an object's first member, read so that the name of serde_json's numbers differs
/// from the same name in data.
///
/// Asked for raw text, serde_json shows a name in data with its quotes; to its own name it sticks
/// whatever is asked for. Readers that know neither leave it open.
struct FirstName;

struct Name {
    name: String,
    may_be_of_serde_json: bool,
}

impl<'de> DeserializeSeed<'de> for FirstName {
    type Value = Name;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Name, D::Error> {
        deserializer.deserialize_newtype_struct(AS_IT_STANDS, self)
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
        let quoted = raw_json::text(map, &self)?;
        let name = serde_json::from_str(&quoted).map_err(A::Error::custom)?;
        Ok(Name { name, may_be_of_serde_json: false })
    }
}
