//! Elements of arrays and members of objects, one after another.

use std::vec;

use serde::de::value::CowStrDeserializer;
use serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess};

use super::{DocumentError, Member, Node, Result};

/// Elements of an array.
pub(super) struct Items<'a, 'de>(pub(super) vec::IntoIter<Node<'a, 'de>>);

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = DocumentError;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>> {
        match self.0.next() {
            Some(item) => item.deserialize_into(seed).map(Some),
            None => Ok(None),
        }
    }
}

/// Members of an object.
pub(super) struct Members<'a, 'de> {
    pub(super) rest: vec::IntoIter<Member<'a, 'de>>,
    pub(super) value: Option<Node<'a, 'de>>,
}

impl<'de> MapAccess<'de> for Members<'_, 'de> {
    type Error = DocumentError;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>> {
        let Some(Member { location, name, value }) = self.rest.next() else { return Ok(None) };
        self.value = Some(value);
        match seed.deserialize(CowStrDeserializer::<DocumentError>::new(name)) {
            Ok(key) => Ok(Some(key)),
            Err(error) => Err(error.at(location)),
        }
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value> {
        match self.value.take() {
            Some(value) => value.deserialize_into(seed),
            None => Err(DocumentError::custom("a name has no value")),
        }
    }
}
