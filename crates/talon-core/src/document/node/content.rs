//! What a value is, before its type is known.

use std::borrow::Cow;

use serde::de::Visitor;

use super::{DocumentError, Items, Members, Node, Result, unescape};

/// The content of a value. Finding it is compiled once; only the dispatch to a visitor is compiled
/// for each type.
pub(super) enum Content<'a, 'de> {
    Object(Members<'a, 'de>),
    Array(Items<'a, 'de>),
    Text(Cow<'de, str>),
    Bool(bool),
    Null,
    Unsigned(u64),
    Signed(i64),
    Double(f64),
}

impl<'a, 'de> Node<'a, 'de> {
    /// The content; the known members of an object are `fields` if given.
    pub(super) fn content(
        &self,
        fields: Option<&'static [&'static str]>,
    ) -> Result<Content<'a, 'de>> {
        Ok(match self.text.as_bytes().first() {
            Some(b'{') => Content::Object(self.object(fields)?),
            Some(b'[') => Content::Array(Items(self.items()?.into_iter())),
            Some(b'"') => Content::Text(unescape(self.text)?),
            Some(b't') => Content::Bool(true),
            Some(b'f') => Content::Bool(false),
            Some(b'n') => Content::Null,
            _ => self.number()?,
        })
    }

    fn number(&self) -> Result<Content<'a, 'de>> {
        if let Ok(number) = self.text.parse() {
            return Ok(Content::Unsigned(number));
        }
        match (self.text.parse::<i64>(), self.text.parse::<f64>()) {
            (Ok(number), _) if number < 0 => Ok(Content::Signed(number)),
            (_, Ok(number)) if number.is_finite() => Ok(Content::Double(number)),
            _ => Err(DocumentError::new(format!("{} is beyond all numbers", self.text))),
        }
    }
}

impl<'de> Content<'_, 'de> {
    pub(super) fn visit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self {
            Self::Object(members) => visitor.visit_map(members),
            Self::Array(items) => visitor.visit_seq(items),
            Self::Text(Cow::Borrowed(text)) => visitor.visit_borrowed_str(text),
            Self::Text(Cow::Owned(text)) => visitor.visit_string(text),
            Self::Bool(value) => visitor.visit_bool(value),
            Self::Null => visitor.visit_unit(),
            Self::Unsigned(number) => visitor.visit_u64(number),
            Self::Signed(number) => visitor.visit_i64(number),
            Self::Double(number) => visitor.visit_f64(number),
        }
    }
}
