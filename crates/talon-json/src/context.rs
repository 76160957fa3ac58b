//! A reader around another one, which carries a context down to each value.
//!
//! serde_json takes no options. What a strict reading demands, and what the search for a path
//! needs, is added here around it; the fast path has both built in.

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Unexpected,
    VariantAccess, Visitor,
};

use crate::protocol::{RAW_VALUE, STRICT};

/// Makes any deserializer strict, as [`Options::strict`](crate::Options::strict) makes the readers
/// of this crate: [`Flag::STRICT`](crate::protocol::Flag::STRICT) is set, and a list does not stand
/// for a struct.
pub fn strict<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> impl Deserializer<'de, Error = D::Error> {
    Contextual::new(deserializer, Context { is_strict: true, has_text_names: false })
}

/// What is demanded of each value.
#[derive(Clone, Copy)]
pub(crate) struct Context {
    /// Whether values are read strictly.
    pub(crate) is_strict: bool,
    /// Whether names of members are given as text, also to those who ask for raw text. The record
    /// of a path sees text alone.
    pub(crate) has_text_names: bool,
}

/// Where a value stands.
#[derive(Clone, Copy, PartialEq)]
enum Role {
    Value,
    Name,
    Struct,
}

/// A deserializer, visitor, seed or access of serde, with the context around it.
pub(crate) struct Contextual<T> {
    inner: T,
    context: Context,
    role: Role,
}

impl<T> Contextual<T> {
    pub(crate) fn new(inner: T, context: Context) -> Self {
        Self { inner, context, role: Role::Value }
    }
}

macro_rules! deserialize {
    ($( $method:ident($( $argument:ident: $type:ty ),*) )+) => {
        $(
            fn $method<V: Visitor<'de>>(self, $( $argument: $type, )* visitor: V) -> Result<V::Value, D::Error> {
                self.inner.$method($( $argument, )* Contextual::new(visitor, self.context))
            }
        )+
    };
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Contextual<D> {
    type Error = D::Error;

    deserialize! {
        deserialize_any() deserialize_bool()
        deserialize_i8() deserialize_i16() deserialize_i32() deserialize_i64() deserialize_i128()
        deserialize_u8() deserialize_u16() deserialize_u32() deserialize_u64() deserialize_u128()
        deserialize_f32() deserialize_f64() deserialize_char() deserialize_str() deserialize_string()
        deserialize_bytes() deserialize_byte_buf() deserialize_option() deserialize_unit()
        deserialize_unit_struct(name: &'static str) deserialize_seq() deserialize_tuple(len: usize)
        deserialize_tuple_struct(name: &'static str, len: usize) deserialize_map()
        deserialize_enum(name: &'static str, variants: &'static [&'static str])
        deserialize_identifier() deserialize_ignored_any()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        let is_text = self.role == Role::Name && self.context.has_text_names;
        match name {
            STRICT if self.context.is_strict => visitor.visit_some(self),
            RAW_VALUE if is_text => self.deserialize_str(visitor),
            _ => {
                let visitor = Contextual::new(visitor, self.context);
                self.inner.deserialize_newtype_struct(name, visitor)
            }
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        let visitor = Contextual { inner: visitor, context: self.context, role: Role::Struct };
        self.inner.deserialize_struct(name, fields, visitor)
    }

    fn is_human_readable(&self) -> bool {
        self.inner.is_human_readable()
    }
}

macro_rules! visit {
    ($( $method:ident($( $type:ty )?) )+) => {
        $( visit! { @one $method $( value: $type )? } )+
    };
    (@one $method:ident $( $value:ident: $type:ty )?) => {
        fn $method<E: Error>(self $(, $value: $type )?) -> Result<V::Value, E> {
            self.inner.$method($( $value )?)
        }
    };
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Contextual<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.inner.expecting(f)
    }

    visit! {
        visit_bool(bool) visit_i8(i8) visit_i16(i16) visit_i32(i32) visit_i64(i64) visit_i128(i128)
        visit_u8(u8) visit_u16(u16) visit_u32(u32) visit_u64(u64) visit_u128(u128)
        visit_f32(f32) visit_f64(f64) visit_char(char)
        visit_str(&str) visit_borrowed_str(&'de str) visit_string(String)
        visit_bytes(&[u8]) visit_borrowed_bytes(&'de [u8]) visit_byte_buf(Vec<u8>)
        visit_none() visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        self.inner.visit_some(Contextual::new(deserializer, self.context))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<V::Value, D::Error> {
        self.inner.visit_newtype_struct(Contextual::new(deserializer, self.context))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<V::Value, A::Error> {
        if self.context.is_strict && self.role == Role::Struct {
            return Err(A::Error::invalid_type(Unexpected::Seq, &"an object"));
        }
        self.inner.visit_seq(Contextual::new(seq, self.context))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        self.inner.visit_map(Contextual::new(map, self.context))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, variant: A) -> Result<V::Value, A::Error> {
        self.inner.visit_enum(Contextual::new(variant, self.context))
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Contextual<S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        let Self { inner, context, role } = self;
        inner.deserialize(Contextual { inner: deserializer, context, role })
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Contextual<A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        self.inner.next_element_seed(Contextual::new(seed, self.context))
    }

    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint()
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Contextual<A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        let context = self.context;
        self.inner.next_key_seed(Contextual { inner: seed, context, role: Role::Name })
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.inner.next_value_seed(Contextual::new(seed, self.context))
    }

    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint()
    }
}

impl<'de, A: EnumAccess<'de>> EnumAccess<'de> for Contextual<A> {
    type Error = A::Error;
    type Variant = Contextual<A::Variant>;

    fn variant_seed<S: DeserializeSeed<'de>>(
        self,
        seed: S,
    ) -> Result<(S::Value, Self::Variant), A::Error> {
        let Self { inner, context, .. } = self;
        let (value, variant) = inner.variant_seed(Contextual::new(seed, context))?;
        Ok((value, Contextual::new(variant, context)))
    }
}

impl<'de, A: VariantAccess<'de>> VariantAccess<'de> for Contextual<A> {
    type Error = A::Error;

    fn unit_variant(self) -> Result<(), A::Error> {
        self.inner.unit_variant()
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, A::Error> {
        self.inner.newtype_variant_seed(Contextual::new(seed, self.context))
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, A::Error> {
        self.inner.tuple_variant(len, Contextual::new(visitor, self.context))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        let Self { inner, context, .. } = self;
        inner.struct_variant(fields, Contextual { inner: visitor, context, role: Role::Struct })
    }
}
