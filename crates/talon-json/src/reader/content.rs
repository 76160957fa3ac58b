//! How a speculative reader answers.

use serde::de::{DeserializeSeed, EnumAccess, IntoDeserializer as _, VariantAccess, Visitor};

use crate::cursor::Cursor;
use crate::fallback::{Fallback, Result};

/// The answer to [`SPECULATIVE`](crate::protocol::SPECULATIVE): the reader, as the content of a variant.
pub(super) struct Content<'a, 'de>(pub(super) &'a mut Cursor<'de>);

impl<'de> EnumAccess<'de> for Content<'_, 'de> {
    type Error = Fallback;
    type Variant = Self;

    #[inline]
    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self)> {
        seed.deserialize(().into_deserializer()).map(|variant| (variant, self))
    }
}

impl<'de> VariantAccess<'de> for Content<'_, 'de> {
    type Error = Fallback;

    #[inline]
    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value> {
        seed.deserialize(self.0)
    }

    fn unit_variant(self) -> Result {
        Err(Fallback)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value> {
        Err(Fallback)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], _: V) -> Result<V::Value> {
        Err(Fallback)
    }
}
