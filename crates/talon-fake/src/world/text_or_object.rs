//! Things that a world file has as a text alone, or as an object with their members.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// Reads a text or an object. An untagged enum would lose the path of what is wrong in an object.
pub(super) fn read<'de, D, T, Object>(
    deserializer: D,
    expected: &'static str,
    from_text: fn(String) -> T,
    from_object: fn(Object) -> T,
) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    Object: Deserialize<'de>,
{
    let visitor = TextOrObject { expected, from_text, from_object, lifetime: PhantomData };
    deserializer.deserialize_any(visitor)
}

struct TextOrObject<'de, T, Object> {
    expected: &'static str,
    from_text: fn(String) -> T,
    from_object: fn(Object) -> T,
    lifetime: PhantomData<&'de ()>,
}

impl<'de, T, Object: Deserialize<'de>> Visitor<'de> for TextOrObject<'de, T, Object> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_str<E>(self, text: &str) -> Result<T, E> {
        Ok((self.from_text)(text.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<T, A::Error> {
        Object::deserialize(MapAccessDeserializer::new(members)).map(self.from_object)
    }
}
