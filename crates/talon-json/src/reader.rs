//! The fast path of reading.

use std::iter;

use serde::de::value::{BorrowedStrDeserializer, MapDeserializer};
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, IntoDeserializer as _, MapAccess, SeqAccess,
    Visitor,
};

use crate::cursor::{Cursor, Parts};
use crate::fallback::{Fallback, Result};
use crate::protocol::{DIGITS, DIRECT, RAW_VALUE, SPECULATIVE, STRICT, VALUE};

mod content;

use content::Content;

/// Reads what serde_json reads, or nothing.
#[inline]
pub(crate) fn read<'de, T: Deserialize<'de>>(text: &'de str, is_strict: bool) -> Option<T> {
    let mut cursor = Cursor::new(text, is_strict);
    let value = T::deserialize(&mut cursor).ok()?;
    cursor.next().is_none().then_some(value)
}

impl<'de> SeqAccess<'de> for &mut Parts<'_, 'de> {
    type Error = Fallback;

    #[inline]
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        if !self.has_next(b']')? {
            return Ok(None);
        }
        seed.deserialize(&mut *self.cursor).map(Some)
    }
}

impl<'de> MapAccess<'de> for &mut Parts<'_, 'de> {
    type Error = Fallback;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>> {
        match self.plain_name() {
            Some(name) => seed.deserialize(Name(name)).map(Some),
            None => other_key(self, seed),
        }
    }

    #[inline]
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value> {
        seed.deserialize(&mut *self.cursor)
    }
}

/// Reads the name of the next member, if there is one, when [`Parts::plain_name`] has not.
fn other_key<'de, K: DeserializeSeed<'de>>(
    members: &mut Parts<'_, 'de>,
    seed: K,
) -> Result<Option<K::Value>> {
    match members.escaped_name()? {
        Some(name) => seed.deserialize(name.into_deserializer()).map(Some),
        None => Ok(None),
    }
}

/// The name of a member: a string, whatever type is asked for.
struct Name<'de>(&'de str);

impl<'de> Deserializer<'de> for Name<'de> {
    type Error = Fallback;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_borrowed_str(self.0)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// Reads a number that is no short integer as serde_json does, which depends on its features.
macro_rules! as_serde_json {
    ($method:ident) => {
        |text, visitor| {
            let mut json = serde_json::Deserializer::from_str(text);
            json.$method(visitor).map_err(|_| Fallback)
        }
    };
}

/// Numbers of any width.
macro_rules! numbers {
    ($( $method:ident )+) => {
        $(
            #[inline]
            fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
                self.number(visitor, as_serde_json!($method))
            }
        )+
    };
}

impl<'de> Cursor<'de> {
    /// Reads the next number; `other` reads the text of one that is no short integer.
    #[inline]
    fn number<V: Visitor<'de>>(
        &mut self,
        visitor: V,
        other: impl FnOnce(&'de str, V) -> Result<V::Value>,
    ) -> Result<V::Value> {
        match self.short_integer() {
            Some(number) => match u64::try_from(number) {
                Ok(number) => visitor.visit_u64(number),
                Err(_) => visitor.visit_i64(number),
            },
            None => other(self.digits()?, visitor),
        }
    }

    /// The answer to [`VALUE`].
    #[inline]
    fn value<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value> {
        match self.next() {
            Some(b'-' | b'0'..=b'9') => {
                self.number(visitor, |text, visitor| visitor.visit_borrowed_bytes(text.as_bytes()))
            }
            _ => self.deserialize_any(visitor),
        }
    }
}

impl<'de> Deserializer<'de> for &mut Cursor<'de> {
    type Error = Fallback;

    numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_f64
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.next() {
            Some(b'"') => self.deserialize_str(visitor),
            Some(b'n') => self.deserialize_unit(visitor),
            Some(b't' | b'f') => self.deserialize_bool(visitor),
            Some(b'[') => self.deserialize_seq(visitor),
            Some(b'{') => self.deserialize_map(visitor),
            _ => self.number(visitor, as_serde_json!(deserialize_any)),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if self.next() == Some(b't') {
            self.word("true")?;
            visitor.visit_bool(true)
        } else {
            self.word("false")?;
            visitor.visit_bool(false)
        }
    }

    #[inline]
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.plain_str() {
            Some(text) => visitor.visit_borrowed_str(text),
            None => visitor.visit_string(self.escaped_str()?),
        }
    }

    #[inline]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if self.next() == Some(b'n') {
            self.word("null")?;
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.next();
        self.word("null")?;
        visitor.visit_unit()
    }

    #[inline]
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        match name {
            VALUE => self.value(visitor),
            DIGITS => visitor.visit_borrowed_str(self.digits()?),
            RAW_VALUE => {
                let text = BorrowedStrDeserializer::new(self.raw_value()?);
                // Borrowed, so that the visitor does not copy it.
                let name = BorrowedStrDeserializer::new(name);
                visitor.visit_map(MapDeserializer::new(iter::once((name, text))))
            }
            SPECULATIVE => visitor.visit_enum(Content(self)),
            DIRECT => visitor.visit_some(self),
            STRICT if self.is_strict => visitor.visit_some(self),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    #[inline]
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.next() {
            Some(b'[') => self.within(b']', |items| visitor.visit_seq(items)),
            _ => Err(Fallback),
        }
    }

    #[inline]
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.next() {
            Some(b'{') => self.within(b'}', |members| visitor.visit_map(members)),
            _ => Err(Fallback),
        }
    }

    #[inline]
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        self.deserialize_map(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.skip()?;
        visitor.visit_unit()
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_str(visitor)
    }

    #[inline]
    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_str(visitor)
    }

    /// The nearest `f32` of a text is not that of its nearest `f64`.
    fn deserialize_f32<V: Visitor<'de>>(self, _: V) -> Result<V::Value> {
        Err(Fallback)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, _: V) -> Result<V::Value> {
        Err(Fallback)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, _: V) -> Result<V::Value> {
        Err(Fallback)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        _: V,
    ) -> Result<V::Value> {
        Err(Fallback)
    }

    serde::forward_to_deserialize_any! { char unit_struct tuple_struct }
}
