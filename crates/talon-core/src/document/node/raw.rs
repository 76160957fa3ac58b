//! Raw parts of a document: strings, and the members of objects.

use std::borrow::Cow;
use std::fmt;
use std::iter;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::{DocumentError, Result};

/// Decodes a JSON string. A lone surrogate becomes U+FFFD, as in the service.
pub(super) fn unescape(json: &str) -> Result<Cow<'_, str>> {
    if let Ok(text) = serde_json::from_str::<&str>(json) {
        return Ok(Cow::Borrowed(text));
    }
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let text = deserializer.deserialize_bytes(LossyText).map_err(DocumentError::custom)?;
    Ok(Cow::Owned(text))
}

struct LossyText;

impl Visitor<'_> for LossyText {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_bytes<E: serde::de::Error>(self, bytes: &[u8]) -> std::result::Result<String, E> {
        Ok(String::from_utf8_lossy(bytes).into_owned())
    }
}

/// Raw names and values of an object.
pub(super) struct RawMembers<'de>(pub(super) Vec<(&'de RawValue, &'de RawValue)>);

impl<'de> Deserialize<'de> for RawMembers<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        deserializer.deserialize_map(RawMembersVisitor)
    }
}

struct RawMembersVisitor;

impl<'de> Visitor<'de> for RawMembersVisitor {
    type Value = RawMembers<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(
        self,
        mut map: A,
    ) -> std::result::Result<Self::Value, A::Error> {
        iter::from_fn(|| map.next_entry().transpose())
            .collect::<std::result::Result<_, _>>()
            .map(RawMembers)
    }
}
