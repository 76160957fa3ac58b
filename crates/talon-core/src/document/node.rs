//! Values of a document, and their deserialization.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::iter;

use serde::de::value::MapDeserializer;
use serde::de::{DeserializeSeed, Deserializer, Error as _, Unexpected, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};
use serde_json::value::RawValue;
use talon_json::protocol::RAW_VALUE;

use super::error::Location;
use super::{Document, DocumentError, Position, UnknownMember, did_you_mean};

mod access;
mod raw;
mod variant;

use access::{Items, Members};
use raw::{RawMembers, unescape};
use variant::Variant;

type Result<T> = std::result::Result<T, DocumentError>;

/// Maximum depth of nesting, which is the limit of serde_json.
const MAX_LEVELS: usize = 128;

/// A value of a document.
#[derive(Clone)]
pub(super) struct Node<'a, 'de> {
    document: &'a Document<'de>,
    text: &'de str,
    pointer: String,
    level: usize,
}

/// A member of an object: location of its name, name, and value.
struct Member<'a, 'de> {
    location: Location,
    name: Cow<'de, str>,
    value: Node<'a, 'de>,
}

impl<'a, 'de> Node<'a, 'de> {
    pub(super) fn root(document: &'a Document<'de>) -> Self {
        Self { document, text: document.root.get(), pointer: String::new(), level: 0 }
    }

    pub(super) fn position(&self) -> Position {
        self.position_of(self.text)
    }

    /// Position of a part of the text.
    fn position_of(&self, part: &str) -> Position {
        let start = self.document.text.as_ptr().addr();
        Position::from_offset(self.document.text, part.as_ptr().addr().saturating_sub(start))
    }

    fn location(&self) -> Location {
        Location { pointer: self.pointer.clone(), position: self.position() }
    }

    /// The value at `path`, or the last existing value on the way.
    pub(super) fn descendant(self, path: &str) -> Self {
        let rest = path.strip_prefix('.').unwrap_or(path);
        if rest.is_empty() {
            return self;
        }
        if let Some((index, rest)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            let items = self.items().unwrap_or_default();
            let item = index.parse().ok().and_then(|index: usize| items.into_iter().nth(index));
            return item.map_or(self, |item| item.descendant(rest));
        }
        // A name may contain dots: the longest match is used.
        let is_next = |member: &Member<'_, '_>| {
            rest.strip_prefix(&*member.name)
                .is_some_and(|r| r.is_empty() || r.starts_with(['.', '[']))
        };
        let members = self.members().unwrap_or_default();
        let next = members.into_iter().filter(is_next).max_by_key(|member| member.name.len());
        next.map_or(self, |next| next.value.descendant(&rest[next.name.len()..]))
    }

    fn child(&self, raw: &'de RawValue, segment: &str) -> Self {
        let segment = segment.replace('~', "~0").replace('/', "~1");
        Self {
            document: self.document,
            text: raw.get(),
            pointer: format!("{}/{segment}", self.pointer),
            level: self.level + 1,
        }
    }

    /// Deserializes the value, and adds its location to errors.
    fn deserialize_into<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value> {
        let location = self.clone();
        seed.deserialize(self).map_err(|error| error.at(|| location.location()))
    }

    fn is_null(&self) -> bool {
        self.text == "null"
    }

    fn is_object(&self) -> bool {
        self.text.starts_with('{')
    }

    fn items(&self) -> Result<Vec<Self>> {
        let items: Vec<&'de RawValue> = self.read()?;
        let children = items.into_iter().enumerate();
        Ok(children.map(|(index, raw)| self.child(raw, &index.to_string())).collect())
    }

    fn members(&self) -> Result<Vec<Member<'a, 'de>>> {
        let RawMembers(members) = self.read()?;
        let members = members.into_iter().map(|(key, value)| {
            let name = unescape(key.get()).map_err(|error| error.at(|| self.location()))?;
            let value = self.child(value, &name);
            let pointer = value.pointer.clone();
            let location = Location { pointer, position: self.position_of(key.get()) };
            Ok(Member { location, name, value })
        });
        members.collect()
    }

    /// The members, without duplicates.
    fn distinct_members(&self) -> Result<Vec<Member<'a, 'de>>> {
        let members = self.members()?;
        let mut seen = BTreeSet::new();
        match members.iter().find(|member| !seen.insert(&member.name)) {
            None => Ok(members),
            Some(twice) => {
                let error = DocumentError::new("stands twice in its object");
                Err(error.at(|| twice.location.clone()))
            }
        }
    }

    fn read<T: Deserialize<'de>>(&self) -> Result<T> {
        if self.level >= MAX_LEVELS {
            let error = DocumentError::new(format!("nests deeper than {MAX_LEVELS} levels"));
            return Err(error.at(|| self.location()));
        }
        serde_json::from_str(self.text)
            .map_err(|error| DocumentError::custom(error).at(|| self.location()))
    }

    /// Visits an object, whose known members are `fields` if given.
    fn object<V: Visitor<'de>>(
        &self,
        fields: Option<&'static [&'static str]>,
        visitor: V,
    ) -> Result<V::Value> {
        let mut members = self.distinct_members()?;
        if let Some(fields) = fields {
            self.take_annotations(fields, &mut members)?;
            let mut unknown =
                members.iter().filter(|member| !fields.contains(&&*member.name)).peekable();
            if let Some(first) = unknown.peek().filter(|_| self.document.is_strict) {
                let error = DocumentError::unknown_field(&first.name, fields);
                return Err(error.at(|| first.location.clone()));
            }
            let unknown = unknown.map(|member| UnknownMember {
                path: super::error::to_path(&member.location.pointer),
                pointer: member.location.pointer.clone(),
                position: member.location.position,
                suggestion: did_you_mean(&member.name, fields.iter().copied()),
            });
            self.document.unknown.borrow_mut().extend(unknown);
        }
        visitor.visit_map(Members { rest: members.into_iter(), value: None })
    }

    fn take_annotations(&self, fields: &[&str], members: &mut Vec<Member<'a, 'de>>) -> Result<()> {
        let is_annotation = |member: &Member<'_, '_>| {
            let name = &*member.name;
            self.level == 0 && self.document.annotations.contains(&name) && !fields.contains(&name)
        };
        for member in members.iter().filter(|member| is_annotation(member)) {
            String::deserialize(member.value.clone())?;
        }
        members.retain(|member| !is_annotation(member));
        Ok(())
    }

    fn number<V: Visitor<'de>>(&self, visitor: V) -> Result<V::Value> {
        if let Ok(number) = self.text.parse::<u64>() {
            return visitor.visit_u64(number);
        }
        match (self.text.parse::<i64>(), self.text.parse::<f64>()) {
            (Ok(number), _) if number < 0 => visitor.visit_i64(number),
            (_, Ok(number)) if number.is_finite() => visitor.visit_f64(number),
            _ => Err(DocumentError::new(format!("{} is beyond all numbers", self.text))),
        }
    }

    fn any<V: Visitor<'de>>(&self, visitor: V) -> Result<V::Value> {
        match self.text.as_bytes().first() {
            Some(b'{') => self.object(None, visitor),
            Some(b'[') => visitor.visit_seq(Items(self.items()?.into_iter())),
            Some(b'"') => match unescape(self.text)? {
                Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
                Cow::Owned(text) => visitor.visit_string(text),
            },
            Some(b't') => visitor.visit_bool(true),
            Some(b'f') => visitor.visit_bool(false),
            Some(b'n') => visitor.visit_unit(),
            _ => self.number(visitor),
        }
    }

    fn variant<V: Visitor<'de>>(&self, visitor: V) -> Result<V::Value> {
        if self.text.starts_with('"') {
            return visitor.visit_enum(Variant {
                location: self.location(),
                name: unescape(self.text)?,
                value: None,
            });
        }
        let members = if self.is_object() { self.distinct_members()? } else { Vec::new() };
        let Ok([Member { location, name, value }]) = <[_; 1]>::try_from(members) else {
            let message = "must be a string or an object of one member";
            return Err(DocumentError::new(message));
        };
        visitor.visit_enum(Variant { location, name, value: Some(value) })
    }
}

impl<'de> Deserializer<'de> for Node<'_, 'de> {
    type Error = DocumentError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.any(visitor).map_err(|error| error.at(|| self.location()))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if self.text == "null" { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        let read = match self.text.as_bytes().first() {
            Some(b'{') => self.object(Some(fields), visitor),
            // Derived implementations accept an array with the members in order.
            Some(b'[') => Err(DocumentError::invalid_type(Unexpected::Seq, &visitor)),
            _ => self.any(visitor),
        };
        read.map_err(|error| error.at(|| self.location()))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        if name != RAW_VALUE {
            return visitor.visit_newtype_struct(self);
        }
        let text = MapDeserializer::new(iter::once((RAW_VALUE, self.text)));
        visitor.visit_map(text).map_err(|error: DocumentError| error.at(|| self.location()))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        self.variant(visitor).map_err(|error| error.at(|| self.location()))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map identifier
    }
}
