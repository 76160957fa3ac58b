//! A reader around another one, which carries a context down to each value.
//!
//! serde_json takes no options and tells no paths. Both are added here around it, so that there is
//! one reader to compile for each type in addition to the fast path, which has the options built in.

use serde::de::{Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Unexpected, Visitor};

use crate::protocol::{DIRECT, STRICT};
use crate::trail::Trail;

mod access;

use access::Items;

/// Makes any deserializer strict, as [`Options::strict`](crate::Options::strict) makes the readers
/// of this crate: values that ask ([`ask_strict`](crate::protocol::ask_strict)) are told so, and a list
/// does not stand for a struct.
pub fn strict<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> impl Deserializer<'de, Error = D::Error> {
    Contextual::new(deserializer, Context { is_strict: true, trail: None })
}

/// What is demanded of each value.
#[derive(Clone, Copy)]
pub(crate) struct Context<'t> {
    /// Whether values are read strictly.
    pub(crate) is_strict: bool,
    /// Where the path to each value is recorded, if it is.
    pub(crate) trail: Option<&'t Trail>,
}

/// Where a value stands.
#[derive(Clone, Copy, PartialEq)]
enum Role {
    Value,
    /// The name of a member, or of a variant.
    Name,
    /// The JSON text of a name.
    RawName,
    Struct,
}

/// A deserializer, visitor, seed or access of serde, with the context around it.
pub(crate) struct Contextual<'t, T> {
    inner: T,
    context: Context<'t>,
    role: Role,
}

impl<'t, T> Contextual<'t, T> {
    pub(crate) fn new(inner: T, context: Context<'t>) -> Self {
        Self { inner, context, role: Role::Value }
    }

    /// The same around another part of the value.
    fn around<U>(&self, inner: U) -> Contextual<'t, U> {
        Contextual { inner, context: self.context, role: self.role }
    }

    fn name(&self, name: impl FnOnce() -> Option<String>) {
        if let (Role::Name | Role::RawName, Some(trail)) = (self.role, self.context.trail)
            && let Some(name) = name()
        {
            trail.set_name(name);
        }
    }

    /// Notes the text of a name.
    fn name_is(&self, text: &str) {
        self.name(|| match self.role {
            Role::RawName => serde_json::from_str(text).ok(),
            _ => Some(text.to_owned()),
        });
    }
}

macro_rules! deserialize {
    ($( $method:ident($( $argument:ident: $type:ty ),*) )+) => {
        $(
            fn $method<V: Visitor<'de>>(self, $( $argument: $type, )* visitor: V) -> Result<V::Value, D::Error> {
                let visitor = self.around(visitor);
                self.inner.$method($( $argument, )* visitor)
            }
        )+
    };
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Contextual<'_, D> {
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
        if name == DIRECT || name == STRICT && self.context.is_strict {
            return visitor.visit_some(self);
        }
        let visitor = self.around(visitor);
        self.inner.deserialize_newtype_struct(name, visitor)
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

impl<'de, V: Visitor<'de>> Visitor<'de> for Contextual<'_, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.inner.expecting(f)
    }

    visit! {
        visit_bool(bool) visit_i8(i8) visit_i16(i16) visit_i32(i32) visit_i128(i128)
        visit_u8(u8) visit_u16(u16) visit_u32(u32) visit_u128(u128)
        visit_f32(f32) visit_f64(f64) visit_char(char)
        visit_bytes(&[u8]) visit_borrowed_bytes(&'de [u8]) visit_byte_buf(Vec<u8>)
        visit_none() visit_unit()
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<V::Value, E> {
        self.name(|| Some(number.to_string()));
        self.inner.visit_i64(number)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<V::Value, E> {
        self.name(|| Some(number.to_string()));
        self.inner.visit_u64(number)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<V::Value, E> {
        self.name_is(text);
        self.inner.visit_str(text)
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<V::Value, E> {
        self.name_is(text);
        self.inner.visit_borrowed_str(text)
    }

    fn visit_string<E: Error>(self, text: String) -> Result<V::Value, E> {
        self.name_is(&text);
        self.inner.visit_string(text)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        let deserializer = self.around(deserializer);
        self.inner.visit_some(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<V::Value, D::Error> {
        let deserializer = self.around(deserializer);
        self.inner.visit_newtype_struct(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<V::Value, A::Error> {
        if self.context.is_strict && self.role == Role::Struct {
            return Err(A::Error::invalid_type(Unexpected::Seq, &"an object"));
        }
        self.inner.visit_seq(Items::new(seq, self.context))
    }

    /// The map of a name is the answer to who asks for its text.
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        let role = if self.role == Role::Name { Role::RawName } else { Role::Value };
        self.inner.visit_map(Contextual { inner: map, context: self.context, role })
    }

    fn visit_enum<A: EnumAccess<'de>>(self, variant: A) -> Result<V::Value, A::Error> {
        self.inner.visit_enum(Contextual::new(variant, self.context))
    }
}
