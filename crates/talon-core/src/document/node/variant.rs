//! A value of an enumeration in a document.

use std::borrow::Cow;

use serde::de::value::CowStrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, VariantAccess, Visitor};

use super::{DocumentError, Location, Node, Result};

/// A value of an enumeration: a name alone, or with a value.
pub(super) struct Variant<'a, 'de> {
    pub(super) location: Location,
    pub(super) name: Cow<'de, str>,
    pub(super) value: Option<Node<'a, 'de>>,
}

impl<'a, 'de> Variant<'a, 'de> {
    fn into_value(self) -> Result<Node<'a, 'de>> {
        let Self { location, name, value } = self;
        let message = || format!("needs a value: write {{\"{name}\": …}}");
        value.ok_or_else(|| DocumentError::new(message()).at(location))
    }
}

impl<'de> EnumAccess<'de> for Variant<'_, 'de> {
    type Error = DocumentError;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self)> {
        let name = CowStrDeserializer::<DocumentError>::new(self.name.clone());
        match seed.deserialize(name) {
            Ok(variant) => Ok((variant, self)),
            Err(error) => Err(error.at(self.location)),
        }
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, 'de> {
    type Error = DocumentError;

    fn unit_variant(self) -> Result<()> {
        match self.value {
            Some(value) if !value.is_null() => {
                let message = format!("takes no value: write \"{}\" alone", self.name);
                Err(DocumentError::new(message).at(self.location))
            }
            _ => Ok(()),
        }
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value> {
        self.into_value()?.deserialize_into(seed)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value> {
        self.newtype_variant_seed(Whole(visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        self.newtype_variant_seed(Fields(fields, visitor))
    }
}

struct Whole<V>(V);

impl<'de, V: Visitor<'de>> DeserializeSeed<'de> for Whole<V> {
    type Value = V::Value;

    fn deserialize<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> std::result::Result<V::Value, D::Error> {
        deserializer.deserialize_any(self.0)
    }
}

struct Fields<V>(&'static [&'static str], V);

impl<'de, V: Visitor<'de>> DeserializeSeed<'de> for Fields<V> {
    type Value = V::Value;

    fn deserialize<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> std::result::Result<V::Value, D::Error> {
        deserializer.deserialize_struct("", self.0, self.1)
    }
}
